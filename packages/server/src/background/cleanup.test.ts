// The clean-up as the service runs it: once a minute, over everything that somebody may have left.
import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { databases } from '../storage/testing/databases.ts';
import { silentLog } from '../telemetry/log.ts';
import { startService } from '../testing/service.ts';
import { startCleanup } from './cleanup.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

it('takes a picture that no app names after a day, and none before', async () => {
  const sqlite = databases.find(({ name }) => name === 'sqlite') ?? assert.fail();
  const service = await startService(sqlite);
  const { logos } = service.domain.stores;
  await logos.put('a0', new Uint8Array([1]), service.domain.now());
  service.pass(DAY_MS - 1);
  await logos.put('b0', new Uint8Array([1]), service.domain.now());
  service.pass(2);
  mock.timers.enable({ apis: ['setInterval'] });
  const stop = startCleanup(service.domain, silentLog);
  mock.timers.tick(MINUTE_MS);
  while ((await logos.find('a0')) !== undefined) await turn();
  assert.ok(await logos.find('b0'));
  stop();
  mock.timers.reset();
  await service.close();
});
