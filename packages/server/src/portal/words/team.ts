// Words of the developer profile, the team, testers, transfers, invitations and the qualification.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const profileWords = {
  title: 'Developer profile',
  lead: 'Who makes your apps. The name stands on consent pages; the contact fills in new registrations.',
  name: 'Organization',
  contactName: 'Primary Contact Name',
  contactEmail: 'Primary Email',
  contactPhone: 'Primary Phone Number',
  save: 'Save',
} as const;

export const teamWords = {
  title: 'Team',
  lead: 'Everybody here registers apps, sees their credentials and answers reviews.',
  columns: { name: 'Name', email: 'E-mail', joined: 'Joined' },
  actions: 'Actions',
  you: 'you',
  onlyYou: 'Only you so far. Invite those who work on the apps with you.',
  remove: 'Remove',
  leave: 'Leave team',
  inviteTitle: 'Invite',
  inviteEmail: 'E-mail',
  inviteHint: 'They get a link that works for 7 days. Whoever accepts can do all that you can.',
  invite: 'Invite',
  waitingTitle: 'Waiting invitations',
  waitingColumns: { email: 'E-mail', until: 'Works until' },
  withdraw: 'Withdraw',
  removeTitle: (person: string): string => `Remove ${person} from the team?`,
  removeHeading: (person: Html): Html => html`Remove ${person} from the team?`,
  removeText:
    'They see your apps no longer, and their connections to apps in development end at once. Roll your client secrets: they may know them.',
  removeAction: 'Remove',
  leaveTitle: 'Leave the team?',
  leaveText: 'You see its apps no longer. Somebody of the team has to invite you to come back.',
  keep: 'Keep',
  stay: 'Stay',
} as const;

export const testingWords = {
  title: 'Test users',
  lead: 'In Development Mode only your team and these people can connect the app.',
  liveLead: 'The app is in production: everybody can connect it. This list counts again only in development.',
  seats: (taken: number, limit: number): string => `${taken} of ${limit}`,
  columns: { name: 'Name', email: 'E-mail', added: 'Since' },
  none: 'No test users yet. Your team can connect the app already.',
  remove: 'Remove',
  removeTitle: (person: string): string => `Remove ${person} from the test users?`,
  removeHeading: (person: Html): Html => html`Remove ${person} from the test users?`,
  removeText: 'Their connection to this app ends within a second. You can invite them again.',
  inviteHint: 'They accept by a link in their mail, which works for 7 days.',
  full: 'All seats are taken. Remove a test user or withdraw an invitation first.',
} as const;

export const transferWords = {
  title: 'Give the app to another vendor',
  lead: 'The app moves with its Client ID, settings and connections as soon as somebody of the other team accepts. Your team sees it no longer.',
  email: 'E-mail of somebody on the other team',
  hint: 'They get a link that works for 7 days.',
  offer: 'Offer app',
  waiting: (email: Html): Html => html`Offered to ${email}. The app stays yours until the offer is accepted.`,
  withdraw: 'Withdraw offer',
  link: 'Give to another vendor',
} as const;

export const invitationWords = {
  titles: {
    tester: 'Try an app before others do',
    team: 'Join a team',
    workspace: 'Join a workspace',
    transfer: 'Take over an app',
  },
  asks: {
    tester: (from: Html, vendor: Html, app: Html): Html =>
      html`${from} of ${vendor} asks you to try ${app}, which is still in development and not reviewed.`,
    team: (from: Html, vendor: Html): Html => html`${from} asks you to join the team of ${vendor}.`,
    workspace: (from: Html, workspace: Html, role: string): Html =>
      html`${from} asks you to join the workspace ${workspace} as ${role}.`,
    transfer: (from: Html, vendor: Html, app: Html): Html =>
      html`${from} of ${vendor} offers your team the app ${app}, with its Client ID, settings and connections.`,
  },
  afterwards: {
    tester:
      'Accepting connects nothing yet: you decide that on the app’s consent page, and can end it at any time.',
    team: 'You register apps, see their credentials and answer reviews together.',
    workspace: 'You see what this workspace shares; its owners and admins can change your role.',
    transfer: 'Roll its Client Secret after accepting: the other team knows the present one.',
  },
  as: (email: Html): Html => html`You accept as ${email}.`,
  different: 'Use a different sign-in',
  accept: 'Accept',
  notNow: 'Not now',
  notNowHint: 'The link works until then:',
  newLead: (email: Html): Html => html`There is no sign-in for ${email} yet. It is made as you accept.`,
  fullName: 'Full name',
  password: 'Password',
  acceptNew: 'Accept and sign in',
  signInLead: (email: Html): Html => html`Sign in as ${email} to accept.`,
  signIn: 'Sign in',
  over: {
    title: 'This invitation does not work any more',
    message: 'It was used, withdrawn, or is older than 7 days; or whoever sent it cannot invite any more.',
    turn: 'Ask them for a new one.',
  },
  otherAddress: {
    title: 'This invitation is for another address',
    message: (email: string): string =>
      `You are signed in as ${email}, and the invitation was mailed to another e-mail address.`,
    turn: 'Sign out, and open the link again with the right sign-in.',
  },
} as const;

export const qualificationWords = {
  title: 'My Qualification',
  heading: 'Account Info',
  lead: 'Before you register apps we look at who you are. The decision comes by mail.',
  fields: {
    companyName: 'Company name',
    companyWebsite: 'Company website',
    privacyUrl: 'Link to your privacy policy',
    assessorName: 'Full name',
    assessorTitle: 'Title',
    email: 'E-mail',
    phone: 'Phone',
  },
  assessor: 'Who answers for it',
  save: 'Save',
  waiting: 'Under review. You can register apps as soon as the form is approved; the decision comes by mail.',
  qualified: 'You are qualified and can register apps.',
  declined: 'Declined. The reviewer wrote:',
  needed: 'Your qualification is not approved yet, so no app can be registered.',
  toForm: 'Go to My Qualification',
  banner: {
    needed: 'Before you register apps we look at who you are.',
    'under-review':
      'Your qualification is under review. You can register apps as soon as it is approved; the decision comes by mail.',
    declined: 'Your qualification was declined. Read why, and send it again.',
  },
  desk: {
    title: 'Vendors',
    lead: 'Vendors that wait to be looked at, the oldest first.',
    emptyTitle: 'No vendor waits',
    emptyText: 'A vendor appears here when it sends its qualification form.',
    decision: 'Decision',
    approve: 'Approve: it can register apps',
    decline: 'Decline',
    reason: 'Reason',
    reasonHint: 'Sent as written when you decline.',
    decide: 'Decide',
    sent: 'Sent',
    privacy: 'Privacy policy',
  },
} as const;
