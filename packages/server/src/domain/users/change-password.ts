// A new password; step-up was the proof of the person. Every other session ends with the old one.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { securityMail } from '../mail/words/security.ts';
import { done, operation, refuseField } from '../operation.ts';
import { newPasswordText, passwordProblem } from './password-rules.ts';

export const changePassword = operation({
  id: 'users.change-password',
  summary: 'Change your password',
  http: ['POST', '/api/me/password'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ password: newPasswordText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: {},
  async run({ domain, asker: { user, session }, caused, trace }, { password }) {
    const problem = passwordProblem(password, [user.email, user.fullName, domain.settings.brand.name]);
    if (problem !== undefined) return refuseField('password', problem);
    const hash = await domain.secrets.passwords.hash(password);
    const mails = securityMail(domain, user, { kind: 'password-changed' }, caused);
    await domain.stores.users.changePassword(user.id, hash, session.id, trace(undefined, mails));
    return done(undefined);
  },
});
