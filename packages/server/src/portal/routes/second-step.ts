// `/sign-in/second-step` and `/sign-in/passkey`: what comes after, or instead of, the password. A half session lives in a
// cookie of its own and opens no other page.
import { perform, type SignedIn } from '../../domain/operation.ts';
import { COOKIE_TOTAL_MS, HALF_MS } from '../../domain/sessions/lifetimes.ts';
import type { OpenedSession } from '../../domain/sessions/open-session.ts';
import { signInPasskeyOptions, signInWithPasskey } from '../../domain/sessions/passkey-sign-in.ts';
import {
  checkHalf,
  secondStep,
  secondStepPasskeyOptions,
  secondStepWithPasskey,
} from '../../domain/sessions/second-step.ts';
import { cookieValue } from '../../http/cookies.ts';
import type { PageForm } from '../../http/forms.ts';
import type { PasskeyForm } from '../parts/passkey.ts';
import {
  secondStepPage,
  type SecondStepProblem,
  type SecondStepView,
  type SecondStepWay,
} from '../sign-in/second-step.ts';
import { decision, openRoute, seeOther, type Page, type PageAnswer, type Route } from './page.ts';
import { secondsOf } from './refusal.ts';
import { ownAddress, signInAddress } from './return-to.ts';

const STEP = '/sign-in/second-step';
const STEP_PASSKEY = `${STEP}/passkey`;
const SIGN_IN_PASSKEY = '/sign-in/passkey';

const withReturn = (to: string, recovery = false): string =>
  `${STEP}?return_to=${encodeURIComponent(to)}${recovery ? '&with=recovery' : ''}`;

/** Where the password's answer leads: on to the page that waits, or to the second step. */
export const afterPassword = (page: Page, { session, secret }: OpenedSession, to: string): PageAnswer => {
  const { cookies } = page.site;
  return session.kind === 'half'
    ? {
        kind: 'redirect',
        to: withReturn(to),
        cookies: [cookies.set(cookies.half, secret, HALF_MS / 1000)],
      }
    : {
        kind: 'redirect',
        to,
        cookies: [cookies.set(cookies.session, secret, COOKIE_TOTAL_MS / 1000), cookies.clear(cookies.half)],
      };
};

const halfSecret = (page: Page): string =>
  cookieValue(page.exchange.header('cookie'), page.site.cookies.half) ?? '';

const returnTo = (given: string | undefined): string => ownAddress(given) ?? '/';

const passkeyAsk = async (page: Page, half: SignedIn, to: string): Promise<PasskeyForm | undefined> => {
  const options = await secondStepPasskeyOptions(page.domain, half);
  return options === undefined
    ? undefined
    : {
        target: page.target(STEP_PASSKEY, 'second-step-passkey', { return_to: to }, 'browser'),
        options: JSON.stringify(options),
      };
};

const wayOf = (hasTotp: boolean, recovery: boolean): SecondStepWay =>
  recovery ? 'recovery' : hasTotp ? 'code' : 'passkey';

type Shown = { readonly to: string; readonly recovery: boolean };

const show = async (
  page: Page,
  { to, recovery }: Shown,
  problem?: SecondStepProblem,
  status = 200,
): Promise<PageAnswer> => {
  const half = await checkHalf(page.domain, halfSecret(page));
  if (half === undefined) return seeOther(signInAddress(to));
  const hasTotp = (await page.domain.stores.factors.totpOf(half.user.id)) !== undefined;
  const passkey = await passkeyAsk(page, half, to);
  const way = wayOf(hasTotp, recovery);
  const view: SecondStepView = {
    frame: page.frame,
    way,
    email: half.user.email,
    form: page.target(STEP, 'second-step', { return_to: to, with: recovery ? 'recovery' : '' }, 'browser'),
    ...(passkey === undefined ? {} : { passkey }),
    recoveryUrl: withReturn(to, true),
    ...(way === 'recovery' && hasTotp ? { codeUrl: withReturn(to) } : {}),
    againUrl: signInAddress(to),
    ...(problem === undefined ? {} : { problem }),
  };
  return decision(secondStepPage(view), status);
};

const postCode = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const shown = { to: returnTo(form.get('return_to')), recovery: form.get('with') === 'recovery' };
  const code = form.get('code') ?? '';
  if (code.trim() === '') return show(page, shown, { reason: 'code-missing' }, 400);
  const result = await perform(
    page.domain,
    secondStep,
    { asker: page.signedIn, caused: page.caused },
    { half: halfSecret(page), code: code.slice(0, 64) },
  );
  if (result.ok) return afterPassword(page, result.value, shown.to);
  if (result.reason === 'throttled') {
    const seconds = secondsOf(result);
    const answer = await show(page, shown, { reason: 'throttled', seconds }, 429);
    return { ...answer, headers: { 'retry-after': String(seconds) } } as PageAnswer;
  }
  if (result.reason !== 'wrong-code') return seeOther(signInAddress(shown.to));
  return show(page, shown, { reason: 'wrong-code' }, 403);
};

const postPasskey = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const shown = { to: returnTo(form.get('return_to')), recovery: false };
  const result = await perform(
    page.domain,
    secondStepWithPasskey,
    { asker: page.signedIn, caused: page.caused },
    { half: halfSecret(page), credential: form.get('credential') ?? '' },
  );
  if (result.ok) return afterPassword(page, result.value, shown.to);
  if (result.reason !== 'passkey-refused') return seeOther(signInAddress(shown.to));
  return show(page, shown, { reason: 'passkey-refused' }, 403);
};

const passkeyTarget = (page: Page, to: string) =>
  page.target(SIGN_IN_PASSKEY, 'sign-in-passkey', { return_to: to }, 'browser');

/** The token of the form is what only this browser has part in: challenges are bound to it. */
export const signInPasskey = async (page: Page, to: string): Promise<PasskeyForm> => {
  const target = passkeyTarget(page, to);
  return { target, options: JSON.stringify(await signInPasskeyOptions(page.domain, target.csrf)) };
};

type Refuse = (page: Page, to: string) => Promise<PageAnswer>;

const postSignIn =
  (refuse: Refuse) =>
  async (page: Page, form: PageForm): Promise<PageAnswer> => {
    const to = returnTo(form.get('return_to'));
    const result = await perform(
      page.domain,
      signInWithPasskey,
      { asker: page.signedIn, caused: page.caused },
      { binding: passkeyTarget(page, to).csrf, credential: form.get('credential') ?? '' },
    );
    return result.ok ? afterPassword(page, result.value, to) : refuse(page, to);
  };

/** `refuse`: the sign-in page, saying that the passkey did not work. */
export const secondStepRoutes = (refuse: Refuse): readonly Route[] => [
  openRoute({
    path: STEP,
    get: (page) =>
      show(page, {
        to: returnTo(page.search('return_to')),
        recovery: page.search('with') === 'recovery',
      }),
    post: {
      fields: ['code', 'return_to', 'with'],
      boundTo: 'browser',
      flow: () => 'second-step',
      handle: postCode,
    },
  }),
  openRoute({
    path: STEP_PASSKEY,
    get: (page) => seeOther(withReturn(returnTo(page.search('return_to')))),
    post: {
      fields: ['credential', 'return_to'],
      boundTo: 'browser',
      flow: () => 'second-step-passkey',
      handle: postPasskey,
    },
  }),
  openRoute({
    path: SIGN_IN_PASSKEY,
    get: (page) => seeOther(signInAddress(returnTo(page.search('return_to')))),
    post: {
      fields: ['credential', 'return_to'],
      boundTo: 'browser',
      flow: () => 'sign-in-passkey',
      handle: postSignIn(refuse),
    },
  }),
];
