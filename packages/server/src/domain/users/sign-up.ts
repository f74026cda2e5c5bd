// Sign-up: a form, a mailed code, and then all at once a person, their vendor, a sandbox workspace and a session. What an
// address is answered says nothing about whether it was known; its mail does, to whoever reads it [security 59].
import * as v from 'valibot';
import { instant, instantOf } from '../answers.ts';
import { publicId } from '../connections/grant.ts';
import { code } from '../field-problem.ts';
import type { Domain } from '../domain.ts';
import { letterTo, type Letter } from '../mail/letter.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { checkCode, findFlow, newCodeProof, nextCode, withoutCode } from '../proofs/code.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { endBefore } from '../sessions/open-session.ts';
import { emailText, optionalText, phoneText } from '../text-rules.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { newcomerFor } from './newcomer.ts';
import { newPasswordText, passwordProblem } from './password-rules.ts';
import { emailKey } from './user.ts';

/** What the browser (or program) that signs up shows again with the code. */
const browserText = v.pipe(v.string(), v.minLength(16), v.maxLength(200));
export const flowText = v.pipe(v.optional(v.string(), ''), v.maxLength(200));
export const codeText = v.pipe(
  v.optional(v.string(), ''),
  v.trim(),
  v.regex(/^(?:[\s-]*\d){6}[\s-]*$/, code('code-malformed')),
);

const details = v.object({
  fullName: v.string(),
  organization: v.string(),
  phone: v.string(),
  passwordHash: v.string(),
});
type Details = v.InferOutput<typeof details>;

/** To an address that is known already there is a way in, and no code. */
const letterFor = (domain: Domain, isKnown: boolean, mailed: string): Letter => {
  const { issuer } = domain.settings;
  return isKnown
    ? proofLetters.signUpKnown(`${issuer}/sign-in`, `${issuer}/reset`)
    : proofLetters.signUpCode(mailed);
};

export const signUp = operation({
  id: 'users.sign-up',
  summary: 'Sign up as a vendor; a code is mailed',
  http: ['POST', '/api/sign-up'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({
    fullName: v.pipe(optionalText(100), v.minLength(1, code('name-missing'))),
    organization: v.pipe(optionalText(100), v.minLength(1, code('organization-missing'))),
    email: emailText,
    phone: v.pipe(phoneText, v.minLength(1, code('phone-missing'))),
    password: newPasswordText,
    browser: browserText,
  }),
  output: v.object({ flow: v.string(), codeExpiresAt: instant }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { throttled: 429 },
  async run({ domain, caused, trace }, { password, browser, email, fullName, organization, phone }) {
    const { settings, secrets, stores } = domain;
    const weak = passwordProblem(password, [fullName, organization, email, settings.brand.name]);
    if (weak !== undefined) return refuseField('password', weak);
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    const known = await stores.users.findByEmailKey(emailKey(email));
    // Hashed for a known address too: it takes the same time.
    const kept: Details = {
      fullName,
      organization,
      phone,
      passwordHash: await secrets.passwords.hash(password),
    };
    const made = await newCodeProof(
      domain,
      { kind: 'sign-up', email, details: JSON.stringify(kept) },
      browser,
    );
    const letter = letterFor(domain, known !== undefined, made.code);
    const proof = known === undefined ? made.proof : withoutCode(domain, made.proof);
    await stores.proofs.open(proof, trace(undefined, [letterTo(domain, email, 'sign-up', letter)]));
    return done({ flow: made.flow, expiresAtMs: proof.expiresAtMs });
  },
  answer: ({ flow, expiresAtMs }) => ({ flow, codeExpiresAt: instantOf(expiresAtMs) }),
});

export const resendSignUpCode = operation({
  id: 'users.resend-sign-up-code',
  summary: 'Mail another sign-up code',
  http: ['POST', '/api/sign-up/resend'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({ flow: flowText, browser: browserText }),
  output: v.object({ codeExpiresAt: instant }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'too-soon': 429, 'too-many': 429, over: 410 },
  async run({ domain, caused, trace }, { flow, browser }) {
    const { stores } = domain;
    const proof = await findFlow(domain, 'sign-up', flow, browser);
    if (proof === undefined || proof.usedAtMs !== undefined || domain.now() >= proof.expiresAtMs)
      return refuse('over');
    const { code: next, next: row, bounds, waitSeconds, isLast } = nextCode(domain, proof);
    if (isLast) return refuse('too-many');
    if (waitSeconds > 0) return refuse('too-soon', { seconds: waitSeconds });
    const seconds = mailWaitSeconds(domain, proof.email, caused);
    if (seconds !== undefined) return refuse('too-soon', { seconds });
    const known = await stores.users.findByEmailKey(emailKey(proof.email));
    const letter = letterFor(domain, known !== undefined, next);
    const sent = await stores.proofs.resend(
      proof.id,
      known === undefined ? row : { ...row, hash: withoutCode(domain, proof).hash },
      bounds,
      trace(undefined, [letterTo(domain, proof.email, 'sign-up', letter)]),
    );
    return sent ? done({ expiresAtMs: row.expiresAtMs }) : refuse('too-soon', { seconds: 60 });
  },
  answer: ({ expiresAtMs }) => ({ codeExpiresAt: instantOf(expiresAtMs) }),
});

export const verifySignUp = operation({
  id: 'users.verify-sign-up',
  summary: 'Finish signing up with the mailed code',
  http: ['POST', '/api/sign-up/verify'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({
    flow: flowText,
    browser: browserText,
    code: codeText,
    timeZone: optionalText(64),
  }),
  output: v.object({ user: v.string() }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'wrong-code': 403, 'too-many-tries': 429, over: 410, 'signed-up-already': 409 },
  async run({ domain, asker, caused, nowMs, trace }, { timeZone, ...given }) {
    const checked = await checkCode(domain, 'sign-up', given);
    if (!checked.ok) return checked;
    const { proof } = checked;
    const { fullName, organization, phone, passwordHash } = v.parse(
      details,
      JSON.parse(proof.details ?? '{}'),
    );
    const person = {
      email: proof.email,
      fullName,
      passwordHash,
      timeZone: timeZone === '' ? 'UTC' : timeZone,
    };
    const { newcomer, secret } = await newcomerFor(domain, person, caused, `${organization} sandbox`);
    const vendor: Vendor = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'ven'),
      name: organization,
      contactName: fullName,
      contactEmail: proof.email,
      contactPhone: phone,
      createdAtMs: nowMs,
    };
    const signedUp = await domain.stores.proofs.signUp(proof.id, { ...newcomer, vendor }, trace());
    if (signedUp === 'done') {
      await endBefore(domain, asker, caused);
      return done({ user: newcomer.user, secret });
    }
    return refuse(signedUp === 'gone' ? 'over' : 'signed-up-already');
  },
  answer: ({ user }) => ({ user: user.publicId }),
});
