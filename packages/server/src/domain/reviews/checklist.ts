// What an app needs before it can be submitted: computed, so that nobody ticks what is not so.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { isFault, type WebsiteLook } from '../websites/website.ts';
import type { AppFields } from './submission.ts';

export const CHECKS = [
  'description',
  'logo',
  'website',
  'contact',
  'permissions',
  'redirect-https',
  'flow-run',
] as const;
export type Check = (typeof CHECKS)[number];
export type Checklist = Readonly<Record<Check, boolean>>;

/** Codes may travel in the clear to this computer only; a native app's own scheme never leaves the device. */
const isSafeRedirect = (uri: string): boolean =>
  !uri.startsWith('http:') || /^http:\/\/(127\.0\.0\.1|\[::1\])[:/]/.test(uri);

const fieldChecks = (fields: AppFields, permissionCount: number): Omit<Checklist, 'flow-run'> => ({
  description: fields.description !== '',
  logo: fields.logoHash !== undefined,
  website: fields.website.startsWith('https://'),
  contact: fields.contactName !== '' && fields.contactEmail !== '',
  permissions: permissionCount > 0,
  'redirect-https': fields.redirectUris.every(isSafeRedirect),
});

/** What the website answered; undefined where there is none that could be asked. */
export const websiteLookOf = async (
  domain: Pick<Domain, 'lookAtWebsite'>,
  { website }: Pick<AppFields, 'website'>,
  waitMs: number,
): Promise<WebsiteLook | undefined> =>
  website.startsWith('https://') ? domain.lookAtWebsite(website, waitMs) : undefined;

/** Waits for the website at most `waitMs`; what it has not answered by then holds nothing up. */
export const checklistOf = async (
  domain: Pick<Domain, 'stores' | 'lookAtWebsite'>,
  app: App,
  waitMs: number,
): Promise<Checklist> => {
  const [set, flowRun, look] = await Promise.all([
    domain.stores.permissionSets.find(app.permissionSetId),
    domain.stores.reviews.wasEverConnected(app.id),
    websiteLookOf(domain, app, waitMs),
  ]);
  const fields = fieldChecks(app, set?.permissions.length ?? 0);
  return {
    ...fields,
    website: fields.website && (look === undefined || !isFault(look)),
    'flow-run': flowRun,
  };
};

export const isComplete = (checklist: Checklist): boolean => CHECKS.every((check) => checklist[check]);

/** What an edit lacks. Its website is asked only where the edit changes it: a site that is down must stop no other fix. */
export const lackOfEdit = async (
  domain: Pick<Domain, 'lookAtWebsite'>,
  live: Pick<AppFields, 'website'>,
  proposed: AppFields,
  permissionCount: number,
  waitMs: number,
): Promise<{ readonly checks: readonly Check[]; readonly look?: WebsiteLook }> => {
  const found = live.website === proposed.website ? undefined : await websiteLookOf(domain, proposed, waitMs);
  const look = found !== undefined && isFault(found) ? found : undefined;
  const fields = fieldChecks(proposed, permissionCount);
  const done: Checklist = { ...fields, website: fields.website && look === undefined, 'flow-run': true };
  return { checks: CHECKS.filter((check) => !done[check]), ...(look === undefined ? {} : { look }) };
};
