// Samples of what people control themselves: second step, security, profile, workspaces.
import { encode } from 'uqr';
import { profilePage } from '../profile/profile.ts';
import { securityPage, type SecurityView } from '../security/overview.ts';
import {
  newPasskeyPage,
  passwordPage,
  recoveryCodesPage,
  removePasskeyPage,
  removeTotpPage,
  renewCodesPage,
} from '../security/steps.ts';
import { totpPage } from '../security/totp.ts';
import { secondStepPage, type SecondStepView } from '../sign-in/second-step.ts';
import { signInPage } from '../sign-in/sign-in.ts';
import { stepUpPage } from '../sign-in/step-up.ts';
import { leavePage, removeMemberPage, workspacePage, type WorkspaceView } from '../workspaces/detail.ts';
import { workspaceListPage } from '../workspaces/list.ts';
import { asAri, dayMs, minuteMs, nowMs, signedOut, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });
const decision = (page: Preview['page']): Preview => ({ kind: 'decision', page });

const challenge = 'AAAAAAAAAAAAAAAAAAAAAA';
const passkey = {
  target: target('/sign-in/second-step/passkey'),
  options: JSON.stringify({ challenge, rpId: '127.0.0.1', userVerification: 'required' }),
};

const secondStep: SecondStepView = {
  frame: signedOut,
  way: 'code',
  email: 'ari@demo.test',
  form: target('/sign-in/second-step'),
  passkey,
  recoveryUrl: '/sign-in/second-step?with=recovery',
  againUrl: '/sign-in',
};

const security: SecurityView = {
  frame: asAri,
  passkeys: [],
  canAddPasskey: true,
  recoveryCodesLeft: 0,
  sessions: [
    {
      device: 'Firefox on Linux',
      place: 'This network (203.0.113.x)',
      isCurrent: true,
      isTerminal: false,
      lastSeenAtMs: nowMs,
      createdAtMs: nowMs - 3 * 60 * minuteMs,
    },
  ],
  endOthers: target('/settings/security/sessions/end-others'),
};

const secured: SecurityView = {
  ...security,
  totp: { createdAtMs: nowMs - 40 * dayMs, lastUsedAtMs: nowMs - 3 * 60 * minuteMs },
  passkeys: [
    {
      name: 'Laptop',
      createdAtMs: nowMs - 20 * dayMs,
      lastUsedAtMs: nowMs - 2 * dayMs,
      removeUrl: '/settings/security/passkeys/pk1/remove',
    },
    {
      name: 'Blue key with a name that somebody wrote at length',
      createdAtMs: nowMs - 2 * dayMs,
      removeUrl: '/settings/security/passkeys/pk2/remove',
    },
  ],
  recoveryCodesLeft: 9,
  sessions: [
    ...security.sessions,
    {
      device: 'Safari on iPhone',
      place: '198.51.100.x',
      isCurrent: false,
      isTerminal: false,
      lastSeenAtMs: nowMs - 26 * 60 * minuteMs,
      createdAtMs: nowMs - 9 * dayMs,
      end: target('/settings/security/sessions/ses_1/end'),
    },
    {
      device: 'loomta',
      place: 'A private network (10.20.30.x)',
      isCurrent: false,
      isTerminal: true,
      lastSeenAtMs: nowMs - 4 * minuteMs,
      createdAtMs: nowMs - 4 * minuteMs,
      end: target('/settings/security/sessions/ses_2/end'),
    },
  ],
};

const totp = {
  frame: asAri,
  form: target('/settings/security/authenticator'),
  picture: encode(
    'otpauth://totp/Demo%20CRM:ari%40demo.test?issuer=Demo%20CRM&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    { ecc: 'M', border: 0 },
  ).data,
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
};

const codes = Array.from({ length: 10 }, (_, index) => `7QX2M-9KFP${'23456789AB'.charAt(index)}`);

const workspace: WorkspaceView = {
  frame: asAri,
  name: 'Northside Realty',
  members: [
    {
      name: 'Ari Mendes',
      email: 'ari@demo.test',
      role: 'owner',
      isYou: true,
      joinedAtMs: nowMs - 400 * dayMs,
      roles: ['owner', 'admin', 'member'],
      setRole: target('/settings/workspaces/w/members/u1/role'),
    },
    {
      name: 'Noor van der Berg-Oyelaran',
      email: 'noor.van.der.berg.oyelaran@a-rather-long-company-name.example',
      role: 'admin',
      isYou: false,
      joinedAtMs: nowMs - 30 * dayMs,
      roles: ['owner', 'admin', 'member'],
      setRole: target('/settings/workspaces/w/members/u2/role'),
      removeUrl: '/settings/workspaces/w/members/u2/remove',
    },
  ],
  manage: {
    rename: target('/settings/workspaces/w/rename'),
    invite: target('/settings/workspaces/w/invitations'),
    inviteRoles: ['owner', 'admin', 'member'],
    waiting: [
      {
        email: 'kim@example.test',
        role: 'member',
        sentAtMs: nowMs - 2 * 60 * minuteMs,
        endsAtMs: nowMs + 7 * dayMs,
        withdraw: target('/settings/workspaces/w/invitations/withdraw'),
      },
    ],
  },
  leaveUrl: '/settings/workspaces/w/leave',
};

const profile = {
  frame: asAri,
  form: target('/settings/profile'),
  fullName: 'Ari Mendes',
  email: 'ari@demo.test',
  changeEmailUrl: '/settings/profile/email',
  timeZone: 'Europe/Lisbon',
  zones: ['UTC', 'America/New_York', 'Europe/Lisbon'],
};

const signInViews: Readonly<Record<string, Preview>> = {
  'sign-in-passkey': decision(() =>
    signInPage({
      frame: signedOut,
      form: target('/sign-in'),
      passkey: { ...passkey, target: target('/sign-in/passkey') },
      forgotUrl: '/reset',
      signUpUrl: '/sign-up',
      problem: { reason: 'passkey-refused' },
    }),
  ),
  'second-step': decision(() => secondStepPage(secondStep)),
  'second-step-wrong': decision(() => secondStepPage({ ...secondStep, problem: { reason: 'wrong-code' } })),
  'second-step-throttled': decision(() =>
    secondStepPage({ ...secondStep, problem: { reason: 'throttled', seconds: 340 } }),
  ),
  'second-step-recovery': decision(() =>
    secondStepPage({ ...secondStep, way: 'recovery', codeUrl: '/sign-in/second-step' }),
  ),
  'second-step-passkey': decision(() =>
    secondStepPage({ ...secondStep, way: 'passkey', problem: { reason: 'passkey-refused' } }),
  ),
  'step-up-code': decision(() =>
    stepUpPage({
      frame: signedOut,
      form: target('/step-up'),
      email: 'ari@demo.test',
      cancelUrl: '/',
      asksCode: 'code',
      passkey: { ...passkey, target: target('/step-up/passkey') },
      problem: { reason: 'wrong-code' },
    }),
  ),
};

const securityViews: Readonly<Record<string, Preview>> = {
  security: normal(() => securityPage({ ...security, staff: 'reviewer' })),
  'security-full': normal(() => securityPage(secured)),
  'security-password': normal(() =>
    passwordPage({
      frame: asAri,
      form: target('/settings/security/password'),
      minLength: 10,
      error: 'Use a longer password.',
    }),
  ),
  'security-totp': normal(() => totpPage(totp)),
  'security-totp-wrong': normal(() =>
    totpPage({
      ...totp,
      error: 'This code is wrong. Check the clock of your phone, and enter the code it shows now.',
    }),
  ),
  'security-passkey': normal(() =>
    newPasskeyPage({
      frame: asAri,
      passkey: {
        target: target('/settings/security/passkeys/new'),
        options: JSON.stringify({ challenge }),
      },
      name: 'Firefox on Linux',
    }),
  ),
  'security-recovery': normal(() => recoveryCodesPage({ frame: asAri, codes, added: 'totp' })),
  'security-remove-totp': normal(() =>
    removeTotpPage({
      frame: asAri,
      form: target('/settings/security/authenticator/remove'),
      isLast: true,
    }),
  ),
  'security-remove-passkey': normal(() =>
    removePasskeyPage({
      frame: asAri,
      form: target('/settings/security/passkeys/pk1/remove'),
      name: 'Laptop',
      isLast: false,
    }),
  ),
  'security-renew': normal(() =>
    renewCodesPage({ frame: asAri, form: target('/settings/security/recovery-codes') }),
  ),
};

const placeViews: Readonly<Record<string, Preview>> = {
  profile: normal(() => profilePage(profile)),
  'profile-error': normal(() =>
    profilePage({ ...profile, fullName: '', problems: { fullName: 'name-missing' } }),
  ),
  workspaces: normal(() =>
    workspaceListPage({
      frame: asAri,
      workspaces: [
        {
          name: 'Harbor Homes',
          role: 'member',
          joinedAtMs: nowMs - 9 * dayMs,
          url: '/settings/workspaces/h',
        },
        {
          name: 'Northside Realty',
          role: 'owner',
          joinedAtMs: nowMs - 400 * dayMs,
          url: '/settings/workspaces/n',
        },
      ],
      create: target('/settings/workspaces'),
    }),
  ),
  'workspaces-empty': normal(() =>
    workspaceListPage({
      frame: asAri,
      workspaces: [],
      create: target('/settings/workspaces'),
      error: 'Enter a name.',
    }),
  ),
  workspace: normal(() => workspacePage(workspace)),
  'workspace-error': normal(() =>
    workspacePage({
      ...workspace,
      members: workspace.members.slice(0, 1),
      problem: { field: 'email', text: 'Enter an e-mail address such as name@example.com.' },
    }),
  ),
  'workspace-member': normal(() => {
    const { manage: _manage, ...rest } = workspace;
    const members = workspace.members.map(({ setRole: _set, removeUrl: _remove, ...one }) => one);
    return workspacePage({ ...rest, members, nextUrl: '?after=u2' });
  }),
  'workspace-leave': normal(() =>
    leavePage({
      frame: asAri,
      form: target('/settings/workspaces/w/leave'),
      workspace: { name: 'Northside Realty', url: '/settings/workspaces/w' },
    }),
  ),
  'workspace-remove': normal(() =>
    removeMemberPage({
      frame: asAri,
      form: target('/settings/workspaces/w/members/u2/remove'),
      workspace: { name: 'Northside Realty', url: '/settings/workspaces/w' },
      memberName: 'Noor van der Berg-Oyelaran',
    }),
  ),
};

export const peopleViews: Readonly<Record<string, Preview>> = {
  ...signInViews,
  ...securityViews,
  ...placeViews,
};
