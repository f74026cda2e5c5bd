// A forgotten password: a mailed link, good once and for an hour. Whatever address is asked for, the answer is the same and
// a mail goes out [security 59]; the new password ends every session.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { letterTo } from '../mail/letter.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { findByLink, newLinkProof, resetUrl } from '../proofs/link.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { emailText } from '../text-rules.ts';
import { newPasswordText, passwordProblem } from './password-rules.ts';
import { emailKey } from './user.ts';

export const linkText = v.pipe(v.string(), v.maxLength(200));

export const askReset = operation({
  id: 'users.ask-reset',
  summary: 'Ask for a link that sets a new password',
  http: ['POST', '/api/reset'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({ email: emailText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { throttled: 429 },
  async run({ domain, caused, trace }, { email }) {
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    const found = await domain.stores.users.findByEmailKey(emailKey(email));
    const user = found?.disabledAtMs === undefined ? found : undefined;
    const { proof, secret } = await newLinkProof(domain, {
      kind: 'password-reset',
      email,
      ...(user === undefined ? {} : { userId: user.id }),
    });
    const letter =
      user === undefined
        ? proofLetters.resetUnknown(`${domain.settings.issuer}/sign-up`)
        : proofLetters.resetLink(resetUrl(domain, secret));
    // An unknown address gets a row as well, which nothing can use: the same work, the same time.
    const mail = letterTo(domain, user?.email ?? email, 'password-reset', letter);
    await domain.stores.proofs.open(proof, trace(undefined, [mail]));
    return done(undefined);
  },
});

export const resetPassword = operation({
  id: 'users.reset-password',
  summary: 'Set a new password by a mailed link',
  http: ['POST', '/api/reset/password'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({ link: linkText, password: newPasswordText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { over: 410 },
  async run({ domain, trace }, { link, password }) {
    const { stores, secrets, settings } = domain;
    const proof = await findByLink(domain, ['password-reset'], link);
    const user = proof?.userId === undefined ? undefined : await stores.users.find(proof.userId);
    if (proof === undefined || user === undefined || user.disabledAtMs !== undefined) return refuse('over');
    const weak = passwordProblem(password, [user.fullName, user.email, settings.brand.name]);
    if (weak !== undefined) return refuseField('password', weak);
    const hash = await secrets.passwords.hash(password);
    const letter = proofLetters.passwordChanged(settings.brand.support);
    const mails = [letterTo(domain, user.email, 'password-changed', letter)];
    const set = await stores.proofs.resetPassword(proof.id, user.id, hash, trace(undefined, mails));
    return set === 'done' ? done(undefined) : refuse('over');
  },
});
