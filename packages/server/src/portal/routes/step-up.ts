// `/step-up`: who it is once more, before what is dangerous.
import { perform } from '../../domain/operation.ts';
import { stepUp, stepUpPasskeyOptions, stepUpWithPasskey } from '../../domain/sessions/step-up.ts';
import type { PageForm } from '../../http/forms.ts';
import { stepUpPage, type StepUpView } from '../sign-in/step-up.ts';
import { decision, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { secondsOf } from './refusal.ts';
import { ownAddress, stepUpAddress } from './return-to.ts';

const STEP_UP = '/step-up';
const STEP_UP_PASSKEY = `${STEP_UP}/passkey`;

const returnTo = (given: string | undefined): string => ownAddress(given) ?? '/';
const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });

const show = async (
  page: PersonPage,
  to: string,
  problem?: StepUpView['problem'],
  status = 200,
): Promise<PageAnswer> => {
  const { domain, signedIn } = page;
  const { user } = signedIn;
  const options = await stepUpPasskeyOptions(domain, signedIn);
  const totp = await domain.stores.factors.totpOf(user.id);
  return decision(
    stepUpPage({
      frame: page.frame,
      form: page.target(STEP_UP, 'step-up', { return_to: to }),
      email: user.email,
      cancelUrl: '/',
      ...(user.secondFactorSinceMs === undefined
        ? {}
        : { asksCode: totp === undefined ? 'recovery' : 'code' }),
      ...(options === undefined
        ? {}
        : {
            passkey: {
              target: page.target(STEP_UP_PASSKEY, 'step-up-passkey', { return_to: to }),
              options: JSON.stringify(options),
            },
          }),
      ...(problem === undefined ? {} : { problem }),
    }),
    status,
  );
};

const post = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const to = returnTo(form.get('return_to'));
  const password = form.get('password');
  if (password === undefined) return show(page, to, { reason: 'password-missing' }, 400);
  const code = (form.get('code') ?? '').slice(0, 64);
  const result = await perform(page.domain, stepUp, by(page), { password, code });
  if (result.ok) return seeOther(to);
  if (result.reason === 'throttled') {
    const seconds = secondsOf(result);
    const answer = await show(page, to, { reason: 'throttled', seconds }, 429);
    return { ...answer, headers: { 'retry-after': String(seconds) } } as PageAnswer;
  }
  if (result.reason === 'code-missing' || result.reason === 'wrong-code')
    return show(page, to, { reason: result.reason }, result.reason === 'code-missing' ? 400 : 403);
  return show(page, to, { reason: 'wrong-password' }, 403);
};

const postPasskey = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const to = returnTo(form.get('return_to'));
  const credential = form.get('credential') ?? '';
  const result = await perform(page.domain, stepUpWithPasskey, by(page), { credential });
  return result.ok ? seeOther(to) : show(page, to, { reason: 'passkey-refused' }, 403);
};

export const stepUpRoutes: readonly Route[] = [
  personRoute({
    path: STEP_UP,
    get: (page) => show(page, returnTo(page.search('return_to'))),
    post: { fields: ['password', 'code', 'return_to'], flow: () => 'step-up', handle: post },
  }),
  personRoute({
    path: STEP_UP_PASSKEY,
    get: (page) => seeOther(stepUpAddress(returnTo(page.search('return_to')))),
    post: { fields: ['credential', 'return_to'], flow: () => 'step-up-passkey', handle: postPasskey },
  }),
];
