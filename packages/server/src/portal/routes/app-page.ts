// What the pages of one app share: only the team's, else the 404 of an unknown app; and the head with where it stands.
import { modeOf, REQUESTS_PER_MINUTE, type App } from '../../domain/apps/app.ts';
import { teamOfApp } from '../../domain/apps/rules.ts';
import { logoUrl } from '../../domain/logos/logo.ts';
import type { Check } from '../../domain/reviews/checklist.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import type { AppHead } from '../developer/app-frame.ts';
import type { EditBadge } from '../parts/badge.ts';
import type { PageAnswer, PersonPage } from './page.ts';
import { notFound } from './problems.ts';

/** Document 001. */

export const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });
export const addressOf = (app: Pick<App, 'publicId'>): string => `/developer/apps/${app.publicId}`;

export type AppPage = (page: PersonPage, app: App) => PageAnswer | Promise<PageAnswer>;

export const ofTeam =
  (show: AppPage) =>
  async (page: PersonPage): Promise<PageAnswer> => {
    const app = await page.domain.stores.apps.findByPublicId(page.part('app'));
    if (app === undefined || app.deletedAtMs !== undefined) return notFound(page);
    return (await teamOfApp(page.domain, page.signedIn, app)) ? show(page, app) : notFound(page);
  };

/** The badge of an edit beside the app's own; a draft has none. */
export const editBadgeOf = (open: Submission | undefined): EditBadge | undefined => {
  if (open?.kind !== 'edit') return undefined;
  if (open.status === 'under-review') return open.breaking ? 'breaking' : 'standard';
  return open.status === 'approved' || open.status === 'declined' ? open.status : undefined;
};

export const headOf = async (page: PersonPage, app: App): Promise<AppHead> => {
  const mode = modeOf(app);
  const pendingEdit = editBadgeOf(await page.domain.stores.reviews.openOf(app.id));
  return {
    name: app.name,
    status: app.suspendedAtMs === undefined ? app.status : 'suspended',
    mode,
    limitPerMinute: app.rateLimitPerMinute ?? (page.site.requestsPerMinute ?? REQUESTS_PER_MINUTE)[mode],
    url: addressOf(app),
    ...(app.logoHash === undefined ? {} : { logoUrl: logoUrl(app.logoHash) }),
    ...(pendingEdit === undefined ? {} : { pendingEdit }),
  };
};

/** Where each thing that a review needs is put right; `form` is the page with the app's fields. */
export const placesOf = (app: App, form: string): Readonly<Record<Check, string>> => ({
  description: `${form}#app-description`,
  logo: form,
  website: `${form}#app-website`,
  contact: `${form}#contact-name`,
  permissions: `${addressOf(app)}/permissions`,
  'redirect-https': `${form}#redirect-uri`,
  'flow-run': `${addressOf(app)}/walk-through`,
});
