// Disconnect: every active connection of the person with the same app in the same workspace ends (documents 002, 003).
import * as v from 'valibot';
import { done, operation } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { ownerOfConnection } from './rules.ts';

export const disconnect = operation({
  id: 'connections.disconnect',
  summary: 'Disconnect an app',
  http: ['POST', '/api/connections/{connection}/disconnect'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ connection: publicIdText }),
  output: v.object({ ended: v.pipe(v.number(), v.integer(), v.description('How many connections ended.')) }),
  subject: 'connection',
  allow: [ownerOfConnection],
  stepUp: false,
  refusals: {},
  async run({ domain, asker, trace }, _input, { appId, workspaceId }) {
    const active = await domain.stores.connections.activeOf(asker.user.id, appId, workspaceId);
    const ended = await Promise.all(active.map(({ id }) => domain.stores.connections.end(id, trace())));
    return done({ ended: ended.filter(Boolean).length });
  },
});
