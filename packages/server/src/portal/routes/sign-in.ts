// `/sign-in`, `/sign-out`: who is at the browser. The request that waits is kept in the address.
import { parseForm } from '@latchkey/protocol';
import { readAuthorizeRequest } from '../../domain/consents/authorize-request.ts';
import { perform } from '../../domain/operation.ts';
import { signIn } from '../../domain/sessions/sign-in.ts';
import { signOut } from '../../domain/sessions/sign-out.ts';
import type { PageForm } from '../../http/forms.ts';
import { signInPage, type SignInProblem, type SignInView } from '../sign-in/sign-in.ts';
import {
  decision,
  openRoute,
  personRoute,
  type Page,
  type PageAnswer,
  type PersonPage,
  type Route,
} from './page.ts';
import { ownAddress, signInAddress } from './return-to.ts';
import { afterPassword, secondStepRoutes, signInPasskey } from './second-step.ts';

const DEVICE_PATHS = ['/cli-auth', '/device'];

/** What waits behind the sign-in, to be said on its page. */
const waitingOf = async (page: Page, to: string): Promise<SignInView['waiting']> => {
  const mark = to.indexOf('?');
  const path = mark < 0 ? to : to.slice(0, mark);
  if (DEVICE_PATHS.includes(path)) return { kind: 'terminal' };
  if (path !== '/oauth/authorize' && path !== '/page/vendor-auth.html') return undefined;
  const dialect = path === '/oauth/authorize' ? 'standard' : 'alias';
  const read = await readAuthorizeRequest(page.domain, parseForm(to.slice(mark + 1)), dialect);
  return read.kind === 'ask' ? { kind: 'app', appName: read.request.app.name } : undefined;
};

const formAt = (page: Page, to: string) => page.target('/sign-in', 'sign-in', { return_to: to }, 'browser');

const show = async (
  page: Page,
  to: string,
  given: { readonly email?: string; readonly problem?: SignInProblem },
  status = 200,
): Promise<PageAnswer> => {
  const waiting = await waitingOf(page, to);
  const { demo } = page.site;
  const filled = demo?.people.find(({ slug }) => slug === page.search('as'));
  const email = given.email ?? filled?.email;
  const here = signInAddress(to);
  return decision(
    signInPage({
      frame: page.frame,
      form: formAt(page, to),
      passkey: await signInPasskey(page, to),
      forgotUrl: '/reset',
      signUpUrl: to === '/' ? '/sign-up' : `/sign-up?return_to=${encodeURIComponent(to)}`,
      ...(waiting === undefined ? {} : { waiting }),
      ...(email === undefined ? {} : { email }),
      ...(given.problem === undefined ? {} : { problem: given.problem }),
      ...(demo === undefined
        ? {}
        : {
            demoPeople: demo.people.map(({ name, who, slug }) => ({
              name,
              who,
              fillUrl: `${here}&as=${encodeURIComponent(slug)}`,
            })),
          }),
      ...(filled === undefined || given.problem !== undefined ? {} : { filledPassword: filled.password }),
    }),
    status,
  );
};

const post = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const to = ownAddress(form.get('return_to')) ?? '/';
  const email = form.get('email') ?? '';
  const password = form.get('password') ?? '';
  if (email.trim() === '') return show(page, to, { email, problem: { reason: 'email-missing' } }, 400);
  if (password === '') return show(page, to, { email, problem: { reason: 'password-missing' } }, 400);
  const result = await perform(
    page.domain,
    signIn,
    { asker: page.signedIn, caused: page.caused },
    { email, password },
  );
  if (result.ok) return afterPassword(page, result.value, to);
  if (result.reason === 'throttled') {
    const seconds = 'detail' in result ? (result.detail?.['seconds'] ?? 0) : 0;
    const answer = await show(page, to, { email, problem: { reason: 'throttled', seconds } }, 429);
    return { ...answer, headers: { 'retry-after': String(seconds) } } as PageAnswer;
  }
  return show(page, to, { email, problem: { reason: 'wrong-pair' } }, 403);
};

const postSignOut = async (page: PersonPage): Promise<PageAnswer> => {
  await perform(page.domain, signOut, { asker: page.signedIn, caused: page.caused }, {});
  const { cookies } = page.site;
  return { kind: 'redirect', to: '/sign-in', cookies: [cookies.clear(cookies.session)] };
};

export const signInRoutes: readonly Route[] = [
  openRoute({
    path: '/sign-in',
    get: (page) => show(page, ownAddress(page.search('return_to')) ?? '/', {}),
    post: {
      fields: ['email', 'password', 'return_to'],
      boundTo: 'browser',
      flow: () => 'sign-in',
      handle: post,
    },
  }),
  personRoute({
    path: '/sign-out',
    post: { fields: [], flow: () => 'sign-out', handle: postSignOut },
  }),
  ...secondStepRoutes((page, to) => show(page, to, { problem: { reason: 'passkey-refused' } }, 403)),
];
