// Words of the reviewers' desk.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

const connections = (count: number): string =>
  count === 1 ? '1 connection' : `${count.toLocaleString('en')} connections`;

export const queueWords = {
  title: 'Review',
  filterName: 'Kind',
  filters: {
    all: 'All',
    'new-app': 'New apps',
    standard: 'Standard updates',
    breaking: 'Breaking updates',
    mine: 'Mine',
  },
  columns: {
    app: 'App',
    vendor: 'Vendor',
    kind: 'Kind',
    effect: 'Effect',
    waiting: 'Waiting',
    reviewer: 'Reviewer',
    actions: 'Actions',
  },
  kinds: { app: 'New app', standard: 'Standard update', breaking: 'Breaking update' },
  effects: {
    app: 'Opens the app to everybody',
    standard: 'No connection ends',
    breaking: (count: number): string => `${connections(count)} to authorize again`,
  },
  late: 'Late',
  you: 'You',
  nobody: 'Nobody',
  take: 'Take',
  empty: 'Nothing waits for review',
  emptyText: 'New submissions come here, the longest waiting first.',
  noMatch: 'Nothing of this kind waits',
} as const;

export const deskWords = {
  version: (version: number): string => `Version ${version}`,
  deciding: (version: number): string => `You are deciding version ${version}.`,
  moved: (when: Html, version: number): Html =>
    html`<strong>This changed at ${when}. Read version ${version}.</strong> Nothing was decided.`,
  own: 'You belong to this vendor.',
  ownText: 'Another reviewer has to decide this.',
  facts: {
    vendor: 'Vendor',
    kind: 'Kind',
    waiting: 'Waiting since',
    reviewer: 'Reviewer',
    mode: 'Publishes',
  },
  publishes: { 'at-once': 'at once on approval', 'by-hand': 'when the vendor presses Publish' },
  takeOver: 'Take over',
  risks: 'To look at',
  noRisks: 'Nothing stands out by itself. Read it all the same.',
  risk: {
    'redirect-host': (hosts: string): string =>
      `People are sent to another host than the website’s: ${hosts}.`,
    website: (cause: string): string => `Its website: ${cause}.`,
    'deletes-data': 'It can delete data.',
    'sends-messages': 'It can send messages.',
    'name-alike': (name: string): string => `Its name is like that of another app: ${name}.`,
    'name-mixed': 'Its name mixes letters of several alphabets that look alike.',
    'first-app': 'It is the vendor’s first app to go to production.',
  },
  effect: {
    app: (limit: number): string =>
      `Approved, everybody can connect the app, with ${limit} requests a minute.`,
    standard: 'Approved and published, every connection stays as it is.',
    breaking: (added: number, count: number): Html =>
      html`Published, it adds ${added === 1 ? '1 permission' : `${added} permissions`}:
        <strong>${connections(count)} would have to authorize again.</strong>`,
  },
  effectTitle: 'Effect',
  whatTitle: { app: 'The app', edit: 'What changes' },
  permissionsTitle: 'Permissions it asks for',
  answersTitle: 'The vendor’s answers',
  noteTitle: 'Note to people',
  noNote: 'none',
  notesTitle: 'Internal notes',
  notesHint: 'The vendor never sees these.',
  noNotes: 'No note yet.',
  noteLabel: 'Add a note',
  noteMissing: 'Write something first.',
  addNote: 'Add note',
  decisionTitle: 'Decision',
  approve: 'Approve',
  decline: 'Decline',
  reason: 'Reason',
  reasonHint: (contact: string): string =>
    `Sent to ${contact} as written. Lines that begin with “- ” become the vendor’s list of what to put right.`,
  reasonMissing: 'Write the reason; the vendor gets it as written.',
  reasonTooLong: 'Use 4,000 characters or fewer.',
  templatesTitle: 'Begin with',
  templates: {
    redirect: {
      label: 'Redirect host',
      text: 'People would be sent to a host that we cannot connect with your app.\n- Use a redirect URL on the host of your website, or explain why it is another one.',
    },
    permissions: {
      label: 'Too many permissions',
      text: 'The app asks for more than what it does needs.\n- Remove the permissions that nothing in the app uses.\n- Say for each other one what a person would miss without it.',
    },
    'try-it': {
      label: 'Could not try it',
      text: 'We could not try the app.\n- Give an address that works and a test sign-in.\n- Or add a link to a recording.',
    },
    identity: {
      label: 'Name or logo',
      text: 'The name or the logo could be taken for somebody else’s.\n- Use a name and a logo that are your own.',
    },
    description: {
      label: 'Unclear description',
      text: 'People cannot tell from the description what the app does with their data.\n- Say in a sentence or two what it does for people.',
    },
  },
  preview: 'Preview the mail',
  previewTitle: 'The mail as it would be sent',
  to: 'To',
  subject: 'Subject',
  decided: {
    draft: 'With the vendor, as a draft.',
    'under-review': '',
    approved: 'Approved; the vendor has not published it yet.',
    declined: 'Declined; it is with the vendor.',
    withdrawn: 'Withdrawn by the vendor.',
    published: 'Approved and in force.',
    cancelled: 'Cancelled by the vendor.',
    discarded: 'Discarded by the vendor.',
  },
  decidedBy: (who: Html, when: Html): Html => html`Decided by ${who} on ${when}.`,
  reasonWas: 'The reason:',
} as const;

export type DeclineTemplate = keyof typeof deskWords.templates;
