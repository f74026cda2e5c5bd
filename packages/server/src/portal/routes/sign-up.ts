// `/sign-up` and `/sign-up/verify`: a form, a mailed code, and then a session. The code is bound to the browser by a value
// that only its cookie yields; the flow in the address names the row and is worth nothing elsewhere.
import { perform } from '../../domain/operation.ts';
import { findFlow } from '../../domain/proofs/code.ts';
import { COOKIE_TOTAL_MS } from '../../domain/sessions/lifetimes.ts';
import { resendSignUpCode, signUp, verifySignUp } from '../../domain/users/sign-up.ts';
import type { PageForm } from '../../http/forms.ts';
import { html } from '../html.ts';
import { name } from '../names.ts';
import { problemsByField } from '../parts/field-problems.ts';
import { codePage, type CodeView } from '../sign-up/code.ts';
import { signUpPage, type SignUpView } from '../sign-up/sign-up.ts';
import { fieldText } from '../words/fields.ts';
import { codeWords, signUpWords } from '../words/sign-up.ts';
import { normal, openRoute, seeOther, type Page, type PageAnswer, type Route } from './page.ts';
import { problem } from './problems.ts';
import { secondsOf } from './refusal.ts';
import { ownAddress, signInAddress } from './return-to.ts';

const SIGN_UP = '/sign-up';
const VERIFY = '/sign-up/verify';
const RESEND = '/sign-up/resend';
const TEXTS = ['fullName', 'organization', 'email', 'phone'] as const;
const HOME = '/developer/authorizations';

const by = (page: Page) => ({ asker: page.signedIn, caused: page.caused });

/** What this browser alone can show again: derived from its cookie, never in a page or an address. */
const browserProof = (page: Page): string => page.target('', 'mailed code', undefined, 'browser').csrf;

const returnTo = (given: string | undefined): string => ownAddress(given) ?? '/';

const show = (
  page: Page,
  to: string,
  given: Pick<SignUpView, 'values'> & Partial<Pick<SignUpView, 'problems' | 'refused'>>,
  status = 200,
): PageAnswer =>
  normal(
    signUpPage({
      frame: page.frame,
      form: page.target(SIGN_UP, 'users.sign-up', { return_to: to }, 'browser'),
      signInUrl: to === '/' ? '/sign-in' : signInAddress(to),
      ...given,
    }),
    status,
  );

const verifyAddress = (flow: string, to: string): string => {
  const query = new URLSearchParams({ flow, ...(to === '/' ? {} : { return_to: to }) });
  return `${VERIFY}?${query.toString()}`;
};

const post = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const to = returnTo(form.get('return_to'));
  const values = Object.fromEntries(TEXTS.map((field) => [field, form.get(field) ?? '']));
  const result = await perform(page.domain, signUp, by(page), {
    ...values,
    password: form.get('password') ?? '',
    browser: browserProof(page),
  });
  if (result.ok) return seeOther(verifyAddress(result.value.flow, to));
  if ('problems' in result)
    return show(page, to, { values, problems: problemsByField(result.problems) }, 400);
  const refused = signUpWords.throttled(secondsOf(result));
  return show(page, to, { values, refused }, 429);
};

const over = (page: Page): PageAnswer =>
  problem(page, 410, codeWords.over, { action: { label: codeWords.over.action, url: SIGN_UP } });

const showCode = async (
  page: Page,
  flow: string,
  to: string,
  more: Partial<Pick<CodeView, 'problem' | 'sentAgain'>> = {},
  status = 200,
): Promise<PageAnswer> => {
  const proof = await findFlow(page.domain, 'sign-up', flow, browserProof(page));
  if (proof === undefined || proof.usedAtMs !== undefined || page.nowMs >= proof.expiresAtMs)
    return over(page);
  const hidden = { flow, return_to: to };
  return normal(
    codePage({
      frame: page.frame,
      title: codeWords.title,
      lead: codeWords.lead(html`<strong>${name(proof.email)}</strong>`),
      form: page.target(VERIFY, 'users.verify-sign-up', hidden, 'browser'),
      verify: codeWords.verify,
      again: page.target(RESEND, 'users.resend-sign-up-code', hidden, 'browser'),
      startOver: { label: codeWords.startOver, url: SIGN_UP },
      ...more,
    }),
    status,
  );
};

const flowAt = (page: Page): string => page.search('flow') ?? '';

const verify = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const flow = form.get('flow') ?? '';
  const to = returnTo(form.get('return_to'));
  const result = await perform(page.domain, verifySignUp, by(page), {
    flow,
    browser: browserProof(page),
    code: form.get('code') ?? '',
    timeZone: page.frame.zone,
  });
  if (result.ok) {
    const { cookies } = page.site;
    const cookie = cookies.set(cookies.session, result.value.secret, COOKIE_TOTAL_MS / 1000);
    return { ...seeOther(to === '/' ? HOME : to, 'signed-up'), cookies: [cookie] };
  }
  if ('problems' in result) {
    const text = fieldText('code-malformed');
    return showCode(page, flow, to, { problem: { text, atField: true } }, 400);
  }
  switch (result.reason) {
    case 'wrong-code': {
      const text = codeWords.wrong(result.detail?.['left'] ?? 0);
      return showCode(page, flow, to, { problem: { text, atField: true } }, 403);
    }
    case 'too-many-tries':
      return showCode(page, flow, to, { problem: { text: codeWords.tooManyTries, atField: true } }, 429);
    case 'signed-up-already':
      return seeOther(signInAddress(to));
    case 'over':
    case 'not-found':
    case 'step-up-needed':
      return afterUse(page, flow, to);
  }
};

/** A form sent twice: the first one signed the person up, the second one shows the way in. */
const afterUse = async (page: Page, flow: string, to: string): Promise<PageAnswer> => {
  const proof = await findFlow(page.domain, 'sign-up', flow, browserProof(page));
  return proof?.usedAtMs === undefined ? over(page) : seeOther(signInAddress(to), 'signed-up');
};

const resend = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const flow = form.get('flow') ?? '';
  const to = returnTo(form.get('return_to'));
  const given = { flow, browser: browserProof(page) };
  const result = await perform(page.domain, resendSignUpCode, by(page), given);
  if (result.ok) return showCode(page, flow, to, { sentAgain: true });
  if ('problems' in result || result.reason === 'over' || result.reason === 'not-found') return over(page);
  const text = result.reason === 'too-soon' ? codeWords.tooSoon(secondsOf(result)) : codeWords.tooMany;
  return showCode(page, flow, to, { problem: { text, atField: false } }, 429);
};

const unlessSignedIn =
  (answer: (page: Page) => PageAnswer | Promise<PageAnswer>) =>
  (page: Page): PageAnswer | Promise<PageAnswer> =>
    page.signedIn === undefined ? answer(page) : seeOther('/');

export const signUpRoutes: readonly Route[] = [
  openRoute({
    path: SIGN_UP,
    get: unlessSignedIn((page) => show(page, returnTo(page.search('return_to')), { values: {} })),
    post: {
      fields: [...TEXTS, 'password', 'return_to'],
      boundTo: 'browser',
      flow: () => 'users.sign-up',
      handle: post,
    },
  }),
  openRoute({
    path: VERIFY,
    get: unlessSignedIn((page) => showCode(page, flowAt(page), returnTo(page.search('return_to')))),
    post: {
      fields: ['code', 'flow', 'return_to'],
      boundTo: 'browser',
      flow: () => 'users.verify-sign-up',
      handle: verify,
    },
  }),
  openRoute({
    path: RESEND,
    get: () => seeOther(SIGN_UP),
    post: {
      fields: ['flow', 'return_to'],
      boundTo: 'browser',
      flow: () => 'users.resend-sign-up-code',
      handle: resend,
    },
  }),
];
