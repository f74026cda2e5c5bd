// Every operation that changes something, as a page of another site can have a browser ask for it: with the person's cookie
// and in what forms and scripts may send unasked. Refused, and nothing happens [security 13].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OperationId } from '../domain/operations.ts';
import { startPortal, type TestPortal } from '../portal/routes/testing/portal.ts';
import { databases } from '../storage/testing/databases.ts';
import { apiOperations } from './table.ts';
import { INPUTS } from './testing/inputs.ts';
import { senderOf } from './testing/sender-of.ts';
import { createTalk, requestOf, type Talk } from './testing/talk.ts';
import { makeWorld, type World } from './testing/world.ts';

const HOUR_MS = 3_600_000;
const JSON_BODY = { 'content-type': 'application/json' };

const FORGED: Readonly<Record<string, readonly [status: number, headers: Record<string, string>]>> = {
  'from another site': [403, { ...JSON_BODY, 'sec-fetch-site': 'cross-site' }],
  'from a foreign origin': [403, { ...JSON_BODY, origin: 'https://evil.example' }],
  'as text/plain': [415, { 'content-type': 'text/plain' }],
  'as a form': [415, { 'content-type': 'application/x-www-form-urlencoded' }],
  'as another form': [415, { 'content-type': 'multipart/form-data; boundary=x' }],
  'as nothing': [415, {}],
};

describe('a forged request to the management API', () => {
  let portal: TestPortal;
  let talk: Talk;
  let world: World;
  before(async () => {
    portal = await startPortal(databases);
    talk = createTalk(portal);
    world = await makeWorld(portal);
  });
  after(() => portal.close());

  const lastWritten = async (): Promise<number | undefined> =>
    (await portal.domain.stores.audit.list({}, undefined, 1))[0]?.id;

  for (const op of apiOperations.filter(({ http: [method] }) => method === 'POST')) {
    it(`${op.id} [security 13]`, async () => {
      portal.pass(HOUR_MS);
      const { address, body } = requestOf(op, await INPUTS[op.id as OperationId](world));
      const cookie = await talk.cookieOf(world.people[senderOf(op)]);
      const text = JSON.stringify(body);
      const before = await lastWritten();
      for (const [how, [status, headers]] of Object.entries(FORGED)) {
        const refused = await talk.send('POST', address, text, { cookie, ...headers });
        assert.equal(refused.status, status, how);
        assert.deepEqual(refused.setCookies, [], how);
        assert.equal(await lastWritten(), before, `${how}: something was written`);
      }
    });
  }
});
