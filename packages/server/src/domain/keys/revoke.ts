// Revokes an API key for ever. Revoking a revoked one changes nothing and is no error.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { done, operation } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { ownerOfKey } from './rules.ts';

export const revokeKey = operation({
  id: 'keys.revoke',
  summary: 'Revoke an API key',
  http: ['POST', '/api/keys/{key}/revoke'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ key: publicIdText }),
  output: nothing,
  subject: 'key',
  allow: [ownerOfKey],
  stepUp: true,
  refusals: {},
  async run({ domain, trace }, _input, key) {
    await domain.stores.keys.revoke(key.id, trace());
    return done(undefined);
  },
});
