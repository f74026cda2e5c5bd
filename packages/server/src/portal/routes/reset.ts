// `/reset` and `/reset/{link}`: a new password by mail. Every address gets the same answer [security 59].
import { perform } from '../../domain/operation.ts';
import { findByLink } from '../../domain/proofs/link.ts';
import { askReset, resetPassword } from '../../domain/users/reset-password.ts';
import type { PageForm } from '../../http/forms.ts';
import { askResetPage, newPasswordPage, resetAskedPage, type AskResetView } from '../reset/reset.ts';
import { fieldText } from '../words/fields.ts';
import { resetWords, signUpWords } from '../words/sign-up.ts';
import { normal, openRoute, seeOther, type Page, type PageAnswer, type Route } from './page.ts';
import { problem } from './problems.ts';
import { secondsOf } from './refusal.ts';

const RESET = '/reset';

const by = (page: Page) => ({ asker: undefined, caused: page.caused });

const ask = (page: Page, given: Pick<AskResetView, 'email' | 'problem'> = {}, status = 200): PageAnswer =>
  normal(
    askResetPage({
      frame: page.frame,
      form: page.target(RESET, 'users.ask-reset', undefined, 'browser'),
      ...given,
    }),
    status,
  );

const postAsk = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const email = form.get('email') ?? '';
  const result = await perform(page.domain, askReset, by(page), { email });
  if (result.ok) return normal(resetAskedPage({ frame: page.frame, email }));
  if ('problems' in result) {
    const code = result.problems[0]?.code ?? 'email-malformed';
    return ask(page, { email, problem: { text: fieldText(code), atField: true } }, 400);
  }
  const text = signUpWords.throttled(secondsOf(result));
  return ask(page, { email, problem: { text, atField: false } }, 429);
};

const over = (page: Page): PageAnswer =>
  problem(page, 410, resetWords.over, { action: { label: resetWords.over.action, url: RESET } });

const flowOf = (page: Page): string => `users.reset-password ${page.part('link')}`;

const show = async (page: Page, error?: string, status = 200): Promise<PageAnswer> => {
  const link = page.part('link');
  if ((await findByLink(page.domain, ['password-reset'], link)) === undefined) return over(page);
  const form = page.target(`${RESET}/${link}`, flowOf(page), undefined, 'browser');
  return normal(newPasswordPage({ frame: page.frame, form, error }), status);
};

const post = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const given = { link: page.part('link'), password: form.get('password') ?? '' };
  const result = await perform(page.domain, resetPassword, by(page), given);
  if (result.ok) {
    // The session of this browser died with the others.
    const { cookies } = page.site;
    return { ...seeOther('/sign-in', 'password-set'), cookies: [cookies.clear(cookies.session)] };
  }
  if ('problems' in result) {
    const code = result.problems[0]?.code ?? 'password-missing';
    return show(page, fieldText(code), 400);
  }
  return over(page);
};

export const resetRoutes: readonly Route[] = [
  openRoute({
    path: RESET,
    get: (page) => ask(page),
    post: { fields: ['email'], boundTo: 'browser', flow: () => 'users.ask-reset', handle: postAsk },
  }),
  openRoute({
    path: `${RESET}/:link`,
    get: (page) => show(page),
    post: { fields: ['password'], boundTo: 'browser', flow: flowOf, handle: post },
  }),
];
