// Every operation given one field more than it takes: refused, and nothing happens. No status, owner or right is set by
// adding it to a request [security 53].
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
const MORE: Readonly<Record<string, unknown>> = {
  status: 'production',
  epoch: 9,
  vendorId: 1,
  userId: 1,
  platformRole: 'operator',
  permissionSetId: 1,
  suspendedAtMs: null,
  rateLimitPerMinute: 1_000_000,
};

describe('a field that an operation does not take', () => {
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
    it(`is refused by ${op.id} [security 53]`, async () => {
      portal.pass(HOUR_MS);
      const { address, body } = requestOf(op, await INPUTS[op.id as OperationId](world));
      const cookie = await talk.cookieOf(world.people[senderOf(op)]);
      const before = await lastWritten();
      for (const [name, value] of Object.entries(MORE)) {
        const refused = await talk.post(address, { ...body, [name]: value }, { cookie });
        assert.deepEqual([refused.status, refused.body['code']], [400, 'invalid_input'], name);
        assert.match(refused.text, new RegExp(`"field":"${name}"`));
        assert.equal(await lastWritten(), before, `${name}: something was written`);
      }
    });
  }
});
