// Change of the e-mail address one signs in with: a code to the new one, a notice to the old. An address that somebody else
// has is answered like any other; its mail says why there is no code [security 59].
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { letterTo } from '../mail/letter.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { done, operation, refuse, type SignedIn } from '../operation.ts';
import { checkCode, newCodeProof, withoutCode } from '../proofs/code.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { emailText } from '../text-rules.ts';
import { codeText, flowText } from './sign-up.ts';
import { emailKey } from './user.ts';

/** The code is good in this session only. */
const browserOf = ({ session }: SignedIn): string => `session ${session.id} of ${session.userId}`;

export const askEmailChange = operation({
  id: 'users.ask-email-change',
  summary: 'Ask to change your e-mail address; a code is mailed to the new one',
  http: ['POST', '/api/me/email'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ email: emailText }),
  output: v.object({ flow: v.string() }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { throttled: 429, same: 409 },
  async run({ domain, asker, caused, trace }, { email }) {
    if (email === asker.user.email) return refuse('same');
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    const { stores } = domain;
    const holder = await stores.users.findByEmailKey(emailKey(email));
    const isFree = holder === undefined || holder.id === asker.user.id;
    const made = await newCodeProof(
      domain,
      { kind: 'email-change', email, userId: asker.user.id },
      browserOf(asker),
    );
    const letter = isFree ? proofLetters.emailCode(made.code) : proofLetters.emailTaken();
    const proof = isFree ? made.proof : withoutCode(domain, made.proof);
    await stores.proofs.open(proof, trace(undefined, [letterTo(domain, email, 'email-change', letter)]));
    return done({ flow: made.flow });
  },
});

export const changeEmail = operation({
  id: 'users.change-email',
  summary: 'Change your e-mail address with the mailed code',
  http: ['POST', '/api/me/email/verify'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ flow: flowText, code: codeText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'wrong-code': 403, 'too-many-tries': 429, over: 410, 'email-taken': 409 },
  async run({ domain, asker, trace }, { flow, code }) {
    const checked = await checkCode(domain, 'email-change', { flow, code, browser: browserOf(asker) });
    if (!checked.ok) return checked;
    const { proof } = checked;
    if (proof.userId !== asker.user.id) return refuse('over');
    const letter = proofLetters.emailChanged(proof.email, domain.settings.brand.support);
    const notice = letterTo(domain, asker.user.email, 'email-changed', letter);
    const changed = await domain.stores.proofs.changeEmail(
      proof.id,
      asker.user.id,
      proof.email,
      trace(undefined, [notice]),
    );
    if (changed === 'done') return done(undefined);
    return refuse(changed === 'gone' ? 'over' : 'email-taken');
  },
});
