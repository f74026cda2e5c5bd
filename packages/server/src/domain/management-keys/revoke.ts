// Revokes a management key for ever; its next request is refused. Revoking a revoked one changes nothing and is no error.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { done, operation } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { makerOrTeam } from './rules.ts';

export const revokeManagementKey = operation({
  id: 'management-keys.revoke',
  summary: 'Revoke a management key',
  http: ['POST', '/api/management-keys/{managementKey}/revoke'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ managementKey: publicIdText }),
  output: nothing,
  subject: 'managementKey',
  allow: [makerOrTeam],
  stepUp: true,
  refusals: {},
  async run({ domain, trace }, _input, key) {
    await domain.stores.managementKeys.revoke(key.id, trace());
    return done(undefined);
  },
});
