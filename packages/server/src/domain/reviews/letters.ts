// What is mailed about an app's way through review. To its primary contact at each step; to all the vendor's contacts
// where codes will be sent elsewhere; to connected people after a breaking publish.
import { modeOf, REQUESTS_PER_MINUTE, type App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { letterTo, type Letter, type LetterPart } from '../mail/letter.ts';
import type { NewMail } from '../mail/mail.ts';

export type StepLetter =
  | 'submitted'
  | 'withdrawn'
  | 'approved'
  | 'declined'
  | 'edit-submitted'
  | 'edit-cancelled'
  | 'edit-approved'
  | 'edit-declined'
  | 'edit-published'
  | 'edit-discarded'
  | 'suspended'
  | 'lifted'
  | 'limit-changed'
  | 'deleted';

type Words = { readonly subject: (app: string) => string; readonly says: string; readonly next?: string };

const REVIEW_TIME = 'A review usually takes about three business days. The decision comes by mail.';

const words: Readonly<Record<StepLetter, Words>> = {
  submitted: {
    subject: (app) => `${app} was submitted for review`,
    says: `The app works on in Development Mode; editing is locked. ${REVIEW_TIME}`,
  },
  withdrawn: {
    subject: (app) => `${app} was withdrawn from review`,
    says: 'The app is in Development Mode and can be edited again.',
  },
  approved: {
    subject: (app) => `${app} is approved`,
    says: 'The app is in production: everybody can connect it.',
  },
  declined: {
    subject: (app) => `${app} was declined`,
    says: 'The app works on in Development Mode. The reviewer wrote:',
    next: 'Put this right and press Resubmit. You can do so at any time.',
  },
  'edit-submitted': {
    subject: (app) => `An update of ${app} was submitted for review`,
    says: `The live app stays as it is until the update is approved and published. ${REVIEW_TIME}`,
  },
  'edit-cancelled': {
    subject: (app) => `The update of ${app} was cancelled`,
    says: 'The live app stays as it is.',
  },
  'edit-approved': {
    subject: (app) => `The update of ${app} is approved`,
    says: 'It takes effect when you press Publish. Until then the live app stays as it is.',
  },
  'edit-declined': {
    subject: (app) => `The update of ${app} was declined`,
    says: 'The live app stays as it is. The reviewer wrote:',
    next: 'Change the update and resubmit it, or discard it.',
  },
  'edit-published': {
    subject: (app) => `The update of ${app} is live`,
    says: 'The update is in force.',
  },
  'edit-discarded': {
    subject: (app) => `The update of ${app} was discarded`,
    says: 'The live app stays as it is.',
  },
  suspended: {
    subject: (app) => `${app} is suspended`,
    says: 'Every call of the app and every new connection is refused. The reason:',
    next: 'Write to support to put this right.',
  },
  lifted: {
    subject: (app) => `The suspension of ${app} is lifted`,
    says: 'The app works again as before.',
  },
  'limit-changed': {
    subject: (app) => `The limit of ${app} was changed`,
    says: 'An operator set how many requests the app may send. What is above is refused with 429.',
  },
  deleted: {
    subject: (app) => `${app} was deleted`,
    says: 'Somebody of your team deleted the app. Its credentials and all its connections have ended, for good.',
    next: 'If nobody of you meant to do this, set new passwords, look at your team page, and write to support.',
  },
};

const BREAKING_PUBLISHED =
  'It adds permissions, so all earlier connections have ended their access. People are asked by mail to authorize the app again.';

type About = { readonly reason?: string; readonly breaking?: boolean };
type Told = Pick<App, 'name' | 'publicId' | 'status' | 'rateLimitPerMinute'>;

/** What holds from now on; said where it changes. */
const limitNow = (app: Told, step: StepLetter): string | undefined => {
  if (step !== 'approved' && step !== 'limit-changed') return undefined;
  const mode = step === 'approved' ? 'production' : modeOf(app);
  return `Its limit is ${app.rateLimitPerMinute ?? REQUESTS_PER_MINUTE[mode]} requests a minute.`;
};

/** A deleted app has no page any more. */
const actionAfter = (issuer: string, app: Told, step: StepLetter): LetterPart =>
  step === 'deleted'
    ? { kind: 'action', label: 'See your apps', url: `${issuer}/developer/authorizations` }
    : {
        kind: 'action',
        label: 'Open the app',
        url: `${issuer}/developer/apps/${app.publicId}${step === 'limit-changed' ? '' : '/review'}`,
      };

/** Also shown to the reviewer before the decision. */
export const stepLetter = (
  domain: Pick<Domain, 'settings'>,
  app: Told,
  step: StepLetter,
  { reason = '', breaking = false }: About = {},
): Letter => {
  const { subject, says, next } = words[step];
  const parts: LetterPart[] = [says];
  const limit = limitNow(app, step);
  if (limit !== undefined) parts.push(limit);
  if (reason !== '') parts.push({ kind: 'quote', text: reason });
  if (step === 'edit-published' && breaking) parts.push(BREAKING_PUBLISHED);
  if (next !== undefined) parts.push(next);
  parts.push(actionAfter(domain.settings.issuer, app, step));
  return { subject: subject(app.name), parts };
};

/** Where the app's contact is not given, the vendor's stands in. */
const primaryAddress = async (domain: Domain, app: App): Promise<string | undefined> => {
  if (app.contactEmail !== '') return app.contactEmail;
  const vendor = app.vendorId === undefined ? undefined : await domain.stores.vendors.find(app.vendorId);
  return vendor === undefined || vendor.contactEmail === '' ? undefined : vendor.contactEmail;
};

export const tellContact = async (
  domain: Domain,
  app: App,
  step: StepLetter,
  about: About = {},
): Promise<readonly NewMail[]> => {
  const to = await primaryAddress(domain, app);
  return to === undefined ? [] : [letterTo(domain, to, `app-${step}`, stepLetter(domain, app, step, about))];
};

const sameAddresses = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((uri, index) => uri === other[index]);

/** Whoever changes them silently could have codes sent to himself: everybody of the vendor hears of it. */
export const tellOfRedirects = async (
  domain: Domain,
  before: App,
  after: Pick<App, 'redirectUris'>,
): Promise<readonly NewMail[]> => {
  if (sameAddresses(before.redirectUris, after.redirectUris) || before.vendorId === undefined) return [];
  const [vendor, team] = await Promise.all([
    domain.stores.vendors.find(before.vendorId),
    domain.stores.reviews.teamAddresses(before.vendorId),
  ]);
  const addresses = new Map(
    [before.contactEmail, vendor?.contactEmail ?? '', ...team]
      .filter((address) => address !== '')
      .map((address) => [address.toLowerCase(), address]),
  );
  const letter: Letter = {
    subject: `The redirect URLs of ${before.name} changed`,
    parts: [
      'People who connect the app are now sent, with their codes, to:',
      { kind: 'list', items: after.redirectUris },
      'Before, it was:',
      { kind: 'list', items: before.redirectUris },
      'If nobody of your team did this, change your passwords, set the addresses back, and write to support.',
      {
        kind: 'action',
        label: 'See the history',
        url: `${domain.settings.issuer}/developer/apps/${before.publicId}/history`,
      },
    ],
  };
  return [...addresses.values()].map((to) => letterTo(domain, to, 'app-redirects-changed', letter));
};

/** Says why, with the vendor's own words. */
export const consentAgainLetter = (
  domain: Pick<Domain, 'settings'>,
  appName: string,
  sentences: readonly string[],
  note: string,
): Letter => ({
  subject: `${appName} needs your permission again`,
  parts: [
    `${appName} changed what it asks for, so its access to your data has stopped. It now also wants to:`,
    { kind: 'list', items: sentences },
    ...(note === ''
      ? []
      : ([`Its developer writes:`, { kind: 'quote', text: note }] satisfies readonly LetterPart[])),
    'If you want to go on using it, authorize it again. If not, there is nothing to do.',
    {
      kind: 'action',
      label: 'See your connected apps',
      url: `${domain.settings.issuer}/settings/integrations/authorizations`,
    },
  ],
});

/** Holding the key is the consent, so nothing stops; but its owner can end it. */
export const keyUseGrownLetter = (
  domain: Pick<Domain, 'settings'>,
  appName: string,
  keyName: string,
): Letter => ({
  subject: `${appName} can do more with your API key`,
  parts: [
    `${appName} was updated, with more permissions, and uses your API key "${keyName}" again.`,
    'You need do nothing. If you do not want it, disconnect the app or revoke the key.',
    {
      kind: 'action',
      label: 'See your connected apps',
      url: `${domain.settings.issuer}/settings/integrations/authorizations`,
    },
  ],
});
