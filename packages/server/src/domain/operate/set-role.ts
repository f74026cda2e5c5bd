// Who reviews and who operates besides the first operator. Never one's own role: the last operator cannot step down, and no
// operator becomes a reviewer by their own hand.
import * as v from 'valibot';
import { roleMail } from '../mail/words/staff.ts';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { byOperator } from './rules.ts';

const roles = v.picklist(['none', 'reviewer', 'operator']);

export const setPersonRole = operation({
  id: 'operate.set-role',
  summary: 'Make a person a reviewer or an operator, or neither',
  http: ['POST', '/api/operate/people/{person}/role'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ person: publicIdText, role: roles }),
  output: v.object({ id: v.string(), role: roles }),
  subject: 'person',
  allow: [byOperator],
  stepUp: true,
  refusals: { yourself: 409, unchanged: 409 },
  async run({ domain, asker, trace }, { role }, user) {
    if (user.id === asker.user.id) return refuse('yourself');
    if (user.platformRole === role) return refuse('unchanged');
    const traced = trace({ before: user.platformRole, after: role }, roleMail(domain, user, role));
    const set = await domain.stores.users.setPlatformRole(user.id, user.platformRole, role, traced);
    return set ? done({ id: user.publicId, role }) : refuse('unchanged');
  },
});
