// `/oauth/authorize` and the documented consent link (documents 002, 003): what is asked, and the person's answer.
// The form posts to the address that showed it; its token binds session, request, what was shown and when.
import { logoUrl } from '../../domain/logos/logo.ts';
import { hash } from 'node:crypto';
import { parseForm } from '@latchkey/protocol';
import { isFirstParty, modeOf } from '../../domain/apps/app.ts';
import {
  readAuthorizeRequest,
  type AuthorizeDialect,
  type AuthorizePageError,
  type AuthorizeRequest,
} from '../../domain/consents/authorize-request.ts';
import { authorize, consentFor, denyUri, type Consent } from '../../domain/consents/consent.ts';
import type { PageForm } from '../../http/forms.ts';
import { consentPage } from '../consent/consent.ts';
import { consentProblemPage, type ConsentProblemReason } from '../problems/problem.ts';
import { echoRefused, isForeignEcho } from './echo.ts';
import {
  decision,
  openRoute,
  seeOther,
  type Page,
  type PageAnswer,
  type PersonPage,
  type Post,
  type Route,
} from './page.ts';
import { badValue, problem } from './problems.ts';
import { signInAddress } from './return-to.ts';
import { routeProblemWords } from '../words/route-problems.ts';

/** How long a consent page may be answered (protocol.md 16). */
const PAGE_MS = 600_000;

const here = (page: Page): string => (page.query === '' ? page.path : `${page.path}?${page.query}`);

const flowOf = (page: Page, issued: string, shown: string): string =>
  `consent ${hash('sha256', here(page), 'base64url')} ${issued} ${shown}`;

const targetAt = (page: Page, shown: string) => {
  const issued = String(page.nowMs);
  return page.target(here(page), flowOf(page, issued, shown), { issued, shown });
};

const read = (page: Page, dialect: AuthorizeDialect) =>
  readAuthorizeRequest(page.domain, parseForm(page.query), dialect);

const pageErrors: Readonly<
  Record<Exclude<AuthorizePageError['reason'], 'malformed'>, { reason: ConsentProblemReason; status: number }>
> = {
  'unknown-app': { reason: 'unknown-app', status: 400 },
  'redirect-not-registered': { reason: 'redirect-not-registered', status: 400 },
  'redirect-ambiguous': { reason: 'redirect-missing', status: 400 },
  'app-suspended': { reason: 'suspended', status: 403 },
};

/** On our own host: nothing is ever sent to an address that is not proven [security 5]. */
const pageError = (page: Page, error: AuthorizePageError): PageAnswer => {
  if (error.reason === 'malformed')
    return problem(page, 400, routeProblemWords.badRequest, {
      code: 'invalid_request',
      ...(error.parameter === undefined ? {} : { parameter: error.parameter }),
    });
  const { reason, status } = pageErrors[error.reason];
  const { parameter, received } = error;
  return decision(
    consentProblemPage({
      frame: page.frame,
      reason,
      requestId: page.exchange.requestId,
      ...(error.app === undefined ? {} : { appName: error.app.name }),
      developer: {
        code: error.reason.replaceAll('-', '_'),
        ...(parameter === undefined ? {} : { parameter }),
        ...(received === undefined ? {} : { received }),
      },
    }),
    status,
  );
};

/** Nothing to decide; the way back is a form, for an app's own scheme may not stand in a link. */
const nothingToDecide = (page: Page, request: AuthorizeRequest, reason: ConsentProblemReason): PageAnswer => {
  const back = targetAt(page, 'nothing');
  return decision(
    consentProblemPage({
      frame: page.frame,
      reason,
      appName: request.app.name,
      requestId: page.exchange.requestId,
      ...(reason === 'suspended'
        ? {}
        : { back: { form: { ...back, hidden: { ...back.hidden, decision: 'cancel' } } } }),
    }),
    403,
  );
};

const outOfDate = (page: Page): PageAnswer =>
  decision(
    consentProblemPage({
      frame: page.frame,
      reason: 'out-of-date',
      requestId: page.exchange.requestId,
      back: { url: here(page) },
    }),
    403,
  );

const REASONS = {
  'app-suspended': 'suspended',
  'not-a-tester': 'not-open-to-you',
  'no-workspace': 'no-workspace',
} as const;

const consentView = async (
  page: PersonPage,
  request: AuthorizeRequest,
  consent: Consent,
  missing: boolean,
): Promise<PageAnswer> => {
  const { app } = request;
  const { user } = page.signedIn;
  const vendor = app.vendorId === undefined ? undefined : await page.domain.stores.vendors.find(app.vendorId);
  return decision(
    consentPage({
      frame: page.frame,
      form: targetAt(page, consent.shownHash),
      app: {
        name: app.name,
        website: isFirstParty(app) ? page.domain.settings.issuer : app.website,
        mode: modeOf(app),
        ...(app.logoHash === undefined ? {} : { logoUrl: logoUrl(app.logoHash) }),
      },
      vendorName: vendor?.name ?? page.site.brand.name,
      person: { name: user.fullName, email: user.email },
      differentSignInUrl: signInAddress(here(page)),
      workspaces: {
        options: consent.memberships.map(({ workspace, member }) => ({
          id: workspace.publicId,
          name: workspace.name,
          role: member.role,
        })),
        missing,
      },
      permissions: consent.permissions.map((one) => ({
        ...one,
        ...(consent.again === undefined ? {} : { isNew: !consent.again.known.has(one.id) }),
      })),
      ...(consent.again === undefined
        ? {}
        : { again: consent.again.note === '' ? {} : { note: consent.again.note } }),
      redirectUri: request.redirectUri,
    }),
    missing ? 400 : 200,
  );
};

const ask = async (page: PersonPage, request: AuthorizeRequest, missing = false): Promise<PageAnswer> => {
  const current = await consentFor(page.domain, request, page.signedIn.user.id);
  return current.ok
    ? consentView(page, request, current.consent, missing)
    : nothingToDecide(page, request, REASONS[current.reason]);
};

const isPerson = (page: Page): page is PersonPage => page.signedIn !== undefined;

const get =
  (dialect: AuthorizeDialect) =>
  async (page: Page): Promise<PageAnswer> => {
    const given = await read(page, dialect);
    if (given.kind === 'page-error') return pageError(page, given);
    if (given.kind === 'redirect') return seeOther(given.to);
    if (!isPerson(page)) return seeOther(signInAddress(here(page)));
    return isForeignEcho(page, given.request) ? echoRefused(page) : ask(page, given.request);
  };

const decide = async (page: PersonPage, request: AuthorizeRequest, form: PageForm): Promise<PageAnswer> => {
  const chosen = form.get('decision');
  if (chosen === 'cancel') return seeOther(denyUri(page.domain, request));
  if (chosen !== 'authorize') return badValue(page, 'decision');
  const result = await authorize(
    page.domain,
    request,
    {
      userId: page.signedIn.user.id,
      workspacePublicId: form.get('workspace') ?? '',
      shownHash: form.get('shown') ?? '',
    },
    page.caused,
  );
  if (result.ok) return seeOther(result.to);
  if (result.reason === 'choose-a-workspace') return ask(page, request, true);
  if (result.reason === 'changed') return ask(page, request);
  return nothingToDecide(page, request, REASONS[result.reason]);
};

const post = (dialect: AuthorizeDialect): Post<Page> => ({
  fields: ['decision', 'workspace', 'issued', 'shown'],
  flow: (page, form) => flowOf(page, form.get('issued') ?? '', form.get('shown') ?? ''),
  refused: (page) => (isPerson(page) ? outOfDate(page) : seeOther(signInAddress(here(page)))),
  async handle(page, form) {
    const given = await read(page, dialect);
    if (given.kind === 'page-error') return pageError(page, given);
    if (given.kind === 'redirect') return seeOther(given.to);
    if (!isPerson(page)) return seeOther(signInAddress(here(page)));
    if (isForeignEcho(page, given.request)) return echoRefused(page);
    // The token proves that we wrote the time.
    if (page.nowMs - Number(form.get('issued')) > PAGE_MS) return outOfDate(page);
    return decide(page, given.request, form);
  },
});

export const consentRoutes: readonly Route[] = [
  openRoute({ path: '/oauth/authorize', get: get('standard'), post: post('standard') }),
  openRoute({ path: '/page/vendor-auth.html', get: get('alias'), post: post('alias') }),
];
