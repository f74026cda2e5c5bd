// The owner of a customer key lets an app use it again after a Disconnect: a new connection in place of the tombstone
// (protocol.md 6). What ended stays ended.
import * as v from 'valibot';
import { connectRefusal } from '../apps/may-connect.ts';
import { keyStatus } from '../keys/key.ts';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { newKeyPair } from './grant.ts';
import { ownerOfConnection } from './rules.ts';

export const allowAgain = operation({
  id: 'connections.allow-again',
  summary: 'Let an app use an API key again',
  http: ['POST', '/api/connections/{connection}/allow-again'],
  // It is a consent.
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ connection: publicIdText }),
  output: v.object({ connection: v.string() }),
  subject: 'connection',
  allow: [ownerOfConnection],
  stepUp: false,
  refusals: { 'not-ended': 409, 'key-ended': 409, 'app-unavailable': 409, changed: 409 },
  async run({ domain, asker, nowMs, trace }, _input, ended) {
    if (ended.endedAtMs === undefined || ended.keyId === undefined) return refuse('not-ended');
    const [key, app] = await Promise.all([
      domain.stores.keys.find(ended.keyId),
      domain.stores.apps.find(ended.appId),
    ]);
    if (key === undefined || keyStatus(key, nowMs) !== 'active') return refuse('key-ended');
    if (app === undefined || (await connectRefusal(domain, app, asker.user.id)) !== undefined)
      return refuse('app-unavailable');
    const { connection, grant } = await newKeyPair(domain, app, key);
    const reopened = await domain.stores.connections.reopenKeyPair(
      ended.id,
      connection,
      grant,
      trace({ app: app.clientId }),
    );
    if (!reopened) return refuse('changed');
    return done(connection);
  },
  answer: ({ publicId }) => ({ connection: publicId }),
});
