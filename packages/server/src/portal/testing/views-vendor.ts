// Samples of a vendor's road in: sign-up, password reset, change of e-mail, profile, team, testers, transfer, invitations,
// qualification; and of the demo's mails.
import { oneMailPage, demoMailPage } from '../demo/mail.ts';
import { appTestingPage, removeTesterPage } from '../developer/testing.ts';
import { appTransferPage } from '../developer/transfer.ts';
import { emailChangePage } from '../email/change.ts';
import { html } from '../html.ts';
import { invitationPage, type InvitationView } from '../invitations/invitation.ts';
import { askResetPage, newPasswordPage, resetAskedPage } from '../reset/reset.ts';
import { codePage } from '../sign-up/code.ts';
import { signUpPage } from '../sign-up/sign-up.ts';
import { vendorProfilePage } from '../team/profile.ts';
import { qualificationPage, vendorDeskPage } from '../team/qualification.ts';
import { removeMemberPage, teamPage } from '../team/team.ts';
import { fieldText } from '../words/fields.ts';
import { codeWords, emailChangeWords } from '../words/sign-up.ts';
import { asAri, asVera, dayMs, minuteMs, nowMs, sampleApp, signedOut, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const typed = {
  fullName: 'Vera Lindqvist',
  organization: 'Pipeline Sync Inc',
  email: 'vera@pipelinesync',
  phone: '+1 555 010 0123',
};

const code = {
  frame: signedOut,
  title: codeWords.title,
  lead: codeWords.lead(html`<strong>vera@pipelinesync.example</strong>`),
  form: target('/sign-up/verify'),
  verify: codeWords.verify,
  again: target('/sign-up/resend'),
  startOver: { label: codeWords.startOver, url: '/sign-up' },
};

const waiting = [
  {
    email: 'wes@pipelinesync.example',
    expiresAtMs: nowMs + 6 * dayMs,
    withdraw: target('/developer/team/withdraw'),
  },
];

const members = [
  { name: 'Vera Lindqvist', email: 'vera@demo.test', joinedAtMs: nowMs - 300 * dayMs, isSelf: true },
  {
    name: 'Xan Okafor',
    email: 'xan.okafor.with.a.long.address@pipelinesync.example',
    joinedAtMs: nowMs - 2 * dayMs,
    isSelf: false,
  },
].map((one) => ({ ...one, removeUrl: '/developer/team/usr_1/remove' }));

const team = { frame: asVera, invite: target('/developer/team') };

const testing = {
  frame: asVera,
  app: sampleApp,
  seats: 3,
  limit: 25,
  testers: ['Ari Mendes', 'Tess Duarte'].map((name, index) => ({
    name,
    email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@demo.test`,
    addedAtMs: nowMs - (index + 1) * 9 * dayMs,
    removeUrl: '/developer/apps/7Q2M9KFP/testing/usr_1/remove',
  })),
  waiting,
  invite: target('/developer/apps/7Q2M9KFP/testing'),
};

const invitation: InvitationView = {
  frame: asAri,
  invitation: {
    to: 'tester',
    app: 'Pipeline Sync',
    vendor: 'Pipeline Sync Inc',
    from: 'Vera Lindqvist',
    expiresAtMs: nowMs + 6 * dayMs,
  },
  email: 'ari@demo.test',
  reader: {
    kind: 'signed-in',
    accept: target('/invitations/lk_invite_x/accept'),
    differentUrl: '/sign-in',
  },
};
const from = { from: 'Vera Lindqvist', expiresAtMs: nowMs + 6 * dayMs };

const account = {
  companyName: 'Pipeline Sync Inc',
  companyWebsite: 'https://pipelinesync.example',
  privacyUrl: 'https://pipelinesync.example/privacy',
  assessorName: 'Vera Lindqvist',
  assessorTitle: 'CTO',
  email: 'legal@pipelinesync.example',
  phone: '+1 555 010 0123',
};
const asQualifying = { ...asVera, withQualification: true } as const;
const asReviewer = {
  ...asQualifying,
  person: {
    name: 'Rory Blum',
    email: 'rory@demo.test',
    sections: ['settings', 'review'],
    signOut: target('/sign-out'),
  },
} as const;

const mail = {
  url: '/demo/mail/12',
  to: 'vera@pipelinesync.example',
  subject: 'Your sign-up code',
  atMs: nowMs - 2 * minuteMs,
};

const signingUp: Readonly<Record<string, Preview>> = {
  'sign-up': normal(() =>
    signUpPage({ frame: signedOut, form: target('/sign-up'), values: {}, signInUrl: '/sign-in' }),
  ),
  'sign-up-problems': normal(() =>
    signUpPage({
      frame: signedOut,
      form: target('/sign-up'),
      values: typed,
      problems: { email: 'email-malformed', password: 'password-guessable' },
      signInUrl: '/sign-in',
    }),
  ),
  'sign-up-code': normal(() => codePage(code)),
  'sign-up-code-wrong': normal(() =>
    codePage({ ...code, problem: { text: codeWords.wrong(4), atField: true } }),
  ),
  'sign-up-code-again': normal(() => codePage({ ...code, sentAgain: true })),
  reset: normal(() => askResetPage({ frame: signedOut, form: target('/reset') })),
  'reset-asked': normal(() => resetAskedPage({ frame: signedOut, email: 'ari@demo.test' })),
  'reset-password': normal(() => newPasswordPage({ frame: signedOut, form: target('/reset/lk_reset_x') })),
  'reset-password-weak': normal(() =>
    newPasswordPage({
      frame: signedOut,
      form: target('/reset/lk_reset_x'),
      error: fieldText('password-too-short'),
    }),
  ),
  'email-change': normal(() =>
    emailChangePage({
      frame: asAri,
      form: target('/settings/profile/email'),
      present: 'ari@demo.test',
      profileUrl: '/settings/profile',
    }),
  ),
  'email-change-code': normal(() =>
    codePage({
      frame: asAri,
      title: emailChangeWords.verifyTitle,
      lead: emailChangeWords.verifyLead,
      form: target('/settings/profile/email/verify'),
      verify: emailChangeWords.verify,
      startOver: { label: codeWords.startOver, url: '/settings/profile/email' },
    }),
  ),
};

const working: Readonly<Record<string, Preview>> = {
  'vendor-profile': normal(() =>
    vendorProfilePage({
      frame: asVera,
      form: target('/developer/profile'),
      values: {
        name: 'Pipeline Sync Inc',
        contactName: 'Vera Lindqvist',
        contactEmail: 'vera@demo.test',
        contactPhone: '+1 555 010 0123',
      },
    }),
  ),
  team: normal(() => teamPage({ ...team, members, waiting })),
  'team-alone': normal(() =>
    teamPage({
      ...team,
      members: members.slice(0, 1).map(({ removeUrl: _none, ...one }) => one),
      waiting: [],
      email: 'vera@demo.test',
      problem: { text: 'This person is on the team already.', atField: true },
    }),
  ),
  'team-remove': normal(() =>
    removeMemberPage({
      frame: asVera,
      form: target('/developer/team/usr_1/remove'),
      name: 'Xan Okafor',
      isSelf: false,
    }),
  ),
  testing: normal(() => appTestingPage(testing)),
  'testing-empty': normal(() => appTestingPage({ ...testing, seats: 0, testers: [], waiting: [] })),
  'testing-full': normal(() => appTestingPage({ ...testing, seats: 25 })),
  'testing-remove': normal(() =>
    removeTesterPage({
      frame: asVera,
      form: target('/developer/apps/7Q2M9KFP/testing/usr_1/remove'),
      name: 'Tess Duarte',
      keepUrl: '/developer/apps/7Q2M9KFP/testing',
    }),
  ),
  transfer: normal(() =>
    appTransferPage({ frame: asVera, app: sampleApp, offer: target('/developer/apps/7Q2M9KFP/transfer') }),
  ),
  'transfer-waiting': normal(() =>
    appTransferPage({
      frame: asVera,
      app: sampleApp,
      offer: target('/developer/apps/7Q2M9KFP/transfer'),
      waiting: {
        email: 'wes@other.example',
        withdraw: target('/developer/apps/7Q2M9KFP/transfer/withdraw'),
      },
    }),
  ),
};

const joining: Readonly<Record<string, Preview>> = {
  invitation: normal(() => invitationPage(invitation)),
  'invitation-known': normal(() =>
    invitationPage({
      ...invitation,
      frame: signedOut,
      invitation: { ...from, to: 'team', vendor: 'Pipeline Sync Inc' },
      reader: { kind: 'known', signInUrl: '/sign-in' },
    }),
  ),
  'invitation-new': normal(() =>
    invitationPage({
      ...invitation,
      frame: signedOut,
      invitation: { ...from, to: 'workspace', workspace: 'Northside Realty', role: 'admin' },
      reader: {
        kind: 'new',
        form: target('/invitations/lk_invite_x/new'),
        problems: { fullName: 'name-missing' },
      },
    }),
  ),
  'invitation-transfer': normal(() =>
    invitationPage({
      ...invitation,
      frame: asVera,
      invitation: { ...from, to: 'transfer', app: 'Pipeline Sync', vendor: 'Pipeline Sync Inc' },
    }),
  ),
};

const qualifying: Readonly<Record<string, Preview>> = {
  qualification: normal(() =>
    qualificationPage({ frame: asQualifying, form: target('/developer/qualification'), values: account }),
  ),
  'qualification-waiting': normal(() =>
    qualificationPage({ frame: asQualifying, status: 'under-review', values: account }),
  ),
  'qualification-declined': normal(() =>
    qualificationPage({
      frame: asQualifying,
      form: target('/developer/qualification'),
      status: 'declined',
      reason: 'The link to your privacy policy leads to an empty page.',
      values: account,
      problems: { privacyUrl: 'website-not-a-url' },
    }),
  ),
  'vendor-desk': normal(() =>
    vendorDeskPage({
      frame: asReviewer,
      waiting: [
        {
          id: 'ven_1',
          vendor: 'Pipeline Sync Inc',
          values: account,
          sentAtMs: nowMs - 2 * dayMs,
          decide: target('/review/vendors'),
        },
      ],
    }),
  ),
  'vendor-desk-empty': normal(() => vendorDeskPage({ frame: asReviewer, waiting: [] })),
};

const mailing: Readonly<Record<string, Preview>> = {
  'mail-list': normal(() =>
    demoMailPage({
      frame: signedOut,
      mails: [mail, { ...mail, url: '/demo/mail/11', subject: 'Pipeline Sync was declined' }],
    }),
  ),
  'mail-one': normal(() =>
    oneMailPage({
      frame: signedOut,
      mail,
      text: 'Enter this code on the page where you signed up:\n\n    418203\n\nSet a new password:\nhttp://localhost:4000/reset/lk_reset_AQAAAAAAAAALIdKwC_0DtvEVPuHYxyg1d51sbFgtM1e3SevY\n',
      htmlUrl: '/demo/mail/12/html',
    }),
  ),
};

export const vendorViews: Readonly<Record<string, Preview>> = {
  ...signingUp,
  ...working,
  ...joining,
  ...qualifying,
  ...mailing,
};
