// `/developer/authorizations`: the vendor's apps with the columns and filters of document 003.
import type { App } from '../../domain/apps/app.ts';
import { logoUrl } from '../../domain/logos/logo.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import {
  dashboardPage,
  type DashboardApp,
  type DashboardFilter,
  type DashboardView,
} from '../developer/dashboard.ts';
import { dashboardWords } from '../words/developer.ts';
import { addressOf, editBadgeOf } from './app-page.ts';
import { REGISTER } from './developer-registration.ts';
import {
  normal,
  openRoute,
  seeOther,
  vendorRoute,
  type PageAnswer,
  type PersonPage,
  type Route,
} from './page.ts';
import { partOf } from './paged.ts';
import { notFound } from './problems.ts';

export const DASHBOARD = '/developer/authorizations';

const PER_PAGE = 25;
const FILTERS = Object.keys(dashboardWords.filters) as DashboardFilter[];

/** The words of the documents for the same two states (documents 001, 003). */
const ALIASES: Readonly<Record<string, DashboardFilter>> = { approved: 'production', rejected: 'declined' };

const filterOf = (given: string | undefined): DashboardFilter =>
  FILTERS.find((filter) => filter === given) ?? ALIASES[given ?? ''] ?? 'all';

const listed = async (page: PersonPage, app: App, open: Submission | undefined): Promise<DashboardApp> => {
  const pendingEdit = editBadgeOf(open);
  const secrets = app.kind === 'public' ? [] : await page.domain.stores.apps.secretsOf(app.id, page.nowMs);
  const [newest] = secrets;
  return {
    name: app.name,
    url: `/developer/apps/${app.publicId}`,
    website: app.website,
    redirectUris: app.redirectUris,
    clientId: app.clientId,
    ...(newest === undefined ? {} : { secretLastFour: newest.lastFour }),
    description: app.description,
    contactName: app.contactName,
    contactEmail: app.contactEmail,
    status: app.suspendedAtMs === undefined ? app.status : 'suspended',
    statusSinceMs: app.statusSinceMs,
    ...(pendingEdit === undefined ? {} : { pendingEdit }),
    ...(app.logoHash === undefined ? {} : { logoUrl: logoUrl(app.logoHash) }),
    ...(app.status === 'declined' ? { resubmitUrl: `${addressOf(app)}/review` } : {}),
  };
};

const countsOf = (apps: readonly App[]): DashboardView['counts'] => {
  const counts = { all: apps.length, development: 0, 'under-review': 0, production: 0, declined: 0 };
  for (const app of apps) counts[app.status] += 1;
  return counts;
};

const matches = (app: App, search: string): boolean =>
  [app.name, app.website, app.description, app.clientId].some((text) =>
    text.toLowerCase().includes(search.toLowerCase()),
  );

/** Undefined where nobody asks for it, and once it is approved. */
const unfinished = async (
  { domain }: PersonPage,
  vendorId: number,
): Promise<DashboardView['qualification']> => {
  if (!domain.settings.vendorQualification) return undefined;
  const status = (await domain.stores.qualifications.find(vendorId))?.status ?? 'needed';
  return status === 'qualified' ? undefined : status;
};

const dashboard = async (page: PersonPage): Promise<PageAnswer> => {
  const vendor = await page.domain.stores.vendors.ofUser(page.signedIn.user.id);
  if (vendor === undefined) return notFound(page);
  const filter = filterOf(page.search('status'));
  const search = (page.search('q') ?? '').trim().slice(0, 100);
  const [apps, submissions, qualification] = await Promise.all([
    page.domain.stores.apps.listOf(vendor.id),
    page.domain.stores.reviews.openOfVendor(vendor.id),
    unfinished(page, vendor.id),
  ]);
  const openOf = new Map(submissions.map((one) => [one.appId, one]));
  const shown = apps.filter(
    (app) => (filter === 'all' || app.status === filter) && (search === '' || matches(app, search)),
  );
  const { items, paged } = partOf(page, shown, ({ publicId }) => publicId, {
    perPage: PER_PAGE,
    kept: ['q', 'status'],
  });
  return normal(
    dashboardPage({
      ...paged,
      frame: page.frame,
      apps: await Promise.all(items.map((app) => listed(page, app, openOf.get(app.id)))),
      filter,
      counts: countsOf(apps),
      search,
      registerUrl: REGISTER,
      ...(qualification === undefined ? {} : { qualification }),
    }),
  );
};

export const dashboardRoutes: readonly Route[] = [
  vendorRoute({ path: DASHBOARD, get: dashboard }),
  openRoute({ path: '/vendor/frontend/static/index.html', get: () => seeOther(DASHBOARD) }),
];
