// Shows a signed key again: it is derived from its row (protocol.md 12). Opaque keys cannot be.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { keyStatus } from './key.ts';
import { ownerOfKey } from './rules.ts';

export const revealKey = operation({
  id: 'keys.reveal',
  summary: 'Show a signed API key again',
  http: ['POST', '/api/keys/{key}/reveal'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ key: publicIdText }),
  output: v.object({ secret: v.string() }),
  subject: 'key',
  allow: [ownerOfKey],
  stepUp: true,
  refusals: { opaque: 409, 'not-active': 409 },
  run({ domain, nowMs }, _input, key) {
    if (key.form !== 'signed') return Promise.resolve(refuse('opaque'));
    if (keyStatus(key, nowMs) !== 'active') return Promise.resolve(refuse('not-active'));
    return Promise.resolve(done({ text: domain.secrets.keyJws.derive(key) }));
  },
  answer: ({ text }) => ({ secret: text }),
});
