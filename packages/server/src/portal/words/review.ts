// Words of an app's way through review, for its vendor.
import type { HistoryVerb } from '../../domain/apps/history.ts';
import type { LifecycleEvent } from '../../domain/apps/lifecycle.ts';
import type { Check } from '../../domain/reviews/checklist.ts';
import type { WebsiteAnswer, WebsiteLook } from '../../domain/websites/website.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

const REVIEW_TIME = 'Usually about three business days.';

const connections = (count: number): string =>
  count === 1 ? '1 connection' : `${count.toLocaleString('en')} connections`;

const permissions = (count: number): string => (count === 1 ? '1 permission' : `${count} permissions`);

export const answerWords = {
  purpose: 'What the app does for people',
  permissionReasons: 'Why each permission',
  permissionReasonsHint: 'A line for each: what a person would miss without it.',
  howToTry: 'How the reviewer can try it',
  howToTryHint: 'An address and a test sign-in. Only reviewers see it.',
  recording: 'Link to a recording',
  recordingHint: 'Optional. A minute of the app in use often answers everything.',
  none: 'not given',
  missing: 'Write at least a sentence.',
  tooLong: 'Use 4,000 characters or fewer.',
  notALink: 'Enter an address such as https://example.com/recording.',
} as const;

/** Causes, where the answer is none that everybody wants. */
export const websiteWords: Readonly<Partial<Record<WebsiteAnswer['kind'], (look: WebsiteLook) => string>>> = {
  'error-status': ({ host, answer }) => `${host} answered ${'status' in answer ? answer.status : ''}`,
  'no-such-host': ({ host }) => `${host}: no such host`,
  'not-public': ({ host }) => `${host}: its address is not public`,
  certificate: ({ host }) => `${host} has no certificate that browsers accept`,
  redirects: ({ host }) => `${host} redirects too often, or to something that is no web address`,
  'other-port': ({ host }) => `${host} is on a port that is not asked`,
  unreachable: ({ host }) => `${host} could not be reached from here`,
  waiting: ({ host }) => `${host} is being asked; open this page again in a moment`,
};

export const reviewWords = {
  title: 'Submit for review',
  lead: 'A reviewer of ours looks at the app once before everybody can connect it.',
  needed: 'What a review needs',
  done: 'Done',
  missing: 'Missing',
  holdsNothingUp: 'This does not hold up the review.',
  checks: {
    description: { is: 'Description', to: 'Describe the app' },
    logo: { is: 'App Logo', to: 'Add a logo' },
    website: { is: 'Website that answers, by https', to: 'Check the website’s address' },
    contact: { is: 'Primary contact', to: 'Name a contact' },
    permissions: { is: 'At least one permission', to: 'Choose permissions' },
    'redirect-https': { is: 'Redirect URLs by https', to: 'Change the redirect URLs' },
    'flow-run': { is: 'Flow run end to end in Development Mode', to: 'Try the flow' },
  } satisfies Readonly<Record<Check, { readonly is: string; readonly to: string }>>,
  forReviewer: 'For the reviewer',
  submit: 'Submit for review',
  resubmit: 'Resubmit',
  notYet: 'Complete the list above first; then this can be submitted.',
  submitHint: `${REVIEW_TIME} The app works on in Development Mode; editing is locked meanwhile.`,
  waiting: (since: Html): Html =>
    html`<strong>Under Review</strong> since ${since}. ${REVIEW_TIME} The app works on in Development Mode;
      editing is locked.`,
  noAnswer: (support: Html): Html => html`No answer by then? Write to ${support}.`,
  withdraw: 'Withdraw',
  withdrawHint: 'Back to development, to change something. What you wrote is kept.',
  withdrawn: 'Withdrawn. Submit it again when it is ready.',
  declined: 'Declined',
  declinedText: (when: Html): Html => html`The reviewer wrote on ${when}:`,
  points: 'To put right',
  edit: 'Edit',
  live: 'This app is in production.',
  liveHint: 'Changes are proposed as an update and reviewed; the live app stays as it is until then.',
  propose: 'Propose an update',
  sent: 'What was submitted',
} as const;

export const editWords = {
  title: 'Update the app',
  changesTitle: 'Review changes',
  band: 'The live app stays as it is until this is approved and published.',
  lead: 'Change what you need, then see all differences before you submit.',
  permissions: 'Permissions',
  choosePermissions: 'Choose permissions',
  permissionsChosen: (chosen: number, added: number, removed: number): string =>
    [
      `${chosen} chosen`,
      ...(added === 0 ? [] : [`${added} added`]),
      ...(removed === 0 ? [] : [`${removed} removed`]),
    ].join(' · '),
  save: 'Save draft',
  review: 'Review changes',
  lacks: 'What this update still lacks for a review',
  nothing: 'Nothing changed yet.',
  nothingText: 'The update says the same as the live app. Change a field or the permissions.',
  back: 'Back to the form',
  locked: 'Locked during review.',
  lockedText: 'Cancel the update first if you need to change something urgently.',
  lockedApproved: 'Approved: publish it, or cancel it to change something.',
  label: { standard: 'Standard update', breaking: 'Breaking update' },
  standardText: 'No permission is added: every connection stays as it is.',
  breaking: (added: number, count: number): Html =>
    html`<strong
        >Adding ${permissions(added)} signs out ${count === 1 ? '' : 'all '}${connections(count)}</strong
      >
      when it is published. Until they authorize again, the app gets 401 for them.`,
  note: 'Note to people',
  noteHint: 'At most 280 characters. Shown on consent and in the mail that asks them to authorize again.',
  noteTooLong: 'Use 280 characters or fewer.',
  publish: 'Publish',
  publishes: {
    'by-hand': 'when I press Publish after approval',
    'at-once': 'at once on approval',
  },
  publishMissing: 'Choose when it is published.',
  told: 'I have told my users, or will before I publish.',
  toldMissing: 'Tick this: people lose access until they authorize again.',
  submit: 'Submit update',
  waiting: (since: Html): Html =>
    html`<strong>Update Submitted</strong> on ${since}. ${REVIEW_TIME} The live app stays as it is.`,
  approved: (when: Html): Html =>
    html`<strong>Approved</strong> on ${when}. It takes effect when you press Publish.`,
  declined: 'Update declined',
  draft: 'There is a draft of an update.',
  open: 'Go on with it',
  changeIt: 'Change the update',
  cancel: 'Cancel update',
  discard: 'Discard update',
  discardDraft: 'Discard draft',
  publishNow: 'Publish now',
  keep: 'Keep it',
  endHeading: {
    cancel: 'Cancel this update?',
    discard: 'Discard this update?',
    publish: 'Publish this update?',
  },
  endText: {
    cancel: 'The review ends and what you changed is thrown away. The live app stays as it is.',
    discard: 'What you changed is thrown away. The live app stays as it is.',
    publish: 'It takes effect at once. No connection is signed out.',
  },
  publishBreaking: (added: number, count: number): string =>
    `It takes effect at once. It adds ${permissions(added)}: ${connections(count)} ${count === 1 ? 'is' : 'are'} signed out, and each person is asked by mail to authorize again.`,
  see: 'See the differences',
} as const;

export const diffWords = {
  name: 'Differences',
  columns: { field: 'Field', now: 'Now', proposed: 'Proposed' },
  fields: {
    name: 'App Name',
    website: 'Website',
    description: 'Description',
    logoHash: 'App Logo',
    contactName: 'Primary Contact Name',
    contactEmail: 'Primary Email',
    contactPhone: 'Primary Phone Number',
  },
  redirects: 'Authorized Redirect URL',
  moved: 'Same addresses, another order',
  added: 'Added',
  removed: 'Removed',
  permissionsAdded: 'Permissions added',
  permissionsRemoved: 'Permissions removed',
  empty: 'empty',
  picture: 'picture',
  noFields: 'No field changes.',
  kept: (count: number): string => `${permissions(count)} unchanged`,
} as const;

export const historyWords = {
  name: 'History',
  lead: 'What happened to this app, newest first. Only the people of your team see this page.',
  columns: { when: 'When', who: 'Who', what: 'What', why: 'Why' },
  empty: 'Nothing yet',
  emptyText: 'What happens to the app from now on stands here.',
  who: {
    reviewer: 'A reviewer',
    operator: 'An operator',
    service: 'The service',
    former: 'Somebody who left',
  },
  verbs: {
    'apps.register': 'Registered the app',
    'apps.change': 'Changed the app',
    'apps.set-permissions': 'Chose permissions',
    'apps.roll-secret': 'Rolled the client secret',
    'apps.submit': 'Submitted for review',
    'apps.withdraw': 'Withdrew from review',
    'apps.submit-edit': 'Submitted an update',
    'apps.cancel-edit': 'Cancelled an update',
    'apps.discard-edit': 'Discarded an update',
    'apps.publish-edit': 'Published an update',
    'reviews.approve': 'Approved',
    'reviews.decline': 'Declined',
    'apps.suspend': 'Suspended the app',
    'apps.lift': 'Lifted the suspension',
    'operate.set-app-limit': 'Set the requests a minute',
    'apps.delete': 'Deleted the app',
    'apps.tell-people': 'Asked people by mail to authorize again',
    'apps.take-over': 'Took the app over from another vendor',
  } satisfies Readonly<Record<HistoryVerb, string>>,
  /** Where one verb is several steps. */
  events: {
    approve: 'Approved the app for production',
    decline: 'Declined the app',
    'approve-edit': 'Approved the update; it waits for Publish',
    'approve-and-publish-edit': 'Approved the update, which was published at once',
    'decline-edit': 'Declined the update',
  } as Readonly<Partial<Record<LifecycleEvent, string>>>,
} as const;
