// `/operate/claim/{link}`: the page of the console's link.
import { claimOperator, findOperatorClaim } from '../../domain/operate/claim.ts';
import { perform } from '../../domain/operation.ts';
import { COOKIE_TOTAL_MS } from '../../domain/sessions/lifetimes.ts';
import type { PageForm } from '../../http/forms.ts';
import { claimOverPage, claimPage, type ClaimView } from '../operate/claim.ts';
import { fieldText } from '../words/fields.ts';
import { normal, openRoute, type Page, type PageAnswer, type Route } from './page.ts';
import { refusalStatus, refusalText } from './refusal.ts';

const over = (page: Page): PageAnswer => normal(claimOverPage({ frame: page.frame }), 404);

const show = (
  page: Page,
  given: Pick<ClaimView, 'fullName' | 'email' | 'problems'>,
  status = 200,
): PageAnswer =>
  normal(
    claimPage({
      ...given,
      frame: page.frame,
      form: page.target(page.path, 'operate.claim', undefined, 'browser'),
    }),
    status,
  );

const get = async (page: Page): Promise<PageAnswer> =>
  (await findOperatorClaim(page.domain, page.part('link'))) === undefined
    ? over(page)
    : show(page, { fullName: '', email: '', problems: {} });

const post = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const fullName = form.get('fullName') ?? '';
  const email = form.get('email') ?? '';
  const by = { asker: page.signedIn, caused: page.caused };
  const input = { link: page.part('link'), fullName, email, password: form.get('password') ?? '' };
  const result = await perform(page.domain, claimOperator, by, input);
  if (result.ok) {
    const { cookies } = page.site;
    const cookie = cookies.set(cookies.session, result.value.secret, COOKIE_TOTAL_MS / 1000);
    // Until a second factor is set up, where one is asked for, the operator's pages are closed to the operator too.
    const to = page.domain.settings.staffSecondFactor ? '/settings/security' : '/operate';
    return { kind: 'redirect', to, cookies: [cookie], flash: 'operator-made' };
  }
  if ('problems' in result) {
    const problems = Object.fromEntries(result.problems.map(({ field, code }) => [field, fieldText(code)]));
    return show(page, { fullName, email, problems }, 400);
  }
  if (result.reason !== 'email-taken') return over(page);
  const taken = refusalText('operate.claim', result.reason) ?? '';
  return show(
    page,
    { fullName, email, problems: { email: taken } },
    refusalStatus('operate.claim', 'email-taken'),
  );
};

export const operateClaimRoutes: readonly Route[] = [
  openRoute({
    path: '/operate/claim/:link',
    get,
    post: {
      fields: ['fullName', 'email', 'password'],
      boundTo: 'browser',
      flow: () => 'operate.claim',
      handle: post,
    },
  }),
];
