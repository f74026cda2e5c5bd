// Samples of the operators' pages.
import type { AuditEntry } from '../../domain/audit/audit.ts';
import { operateAppPage, operateAppsPage, type ShownApp } from '../operate/apps.ts';
import { operateAuditPage } from '../operate/audit.ts';
import { claimOverPage, claimPage } from '../operate/claim.ts';
import { importKeyPage } from '../operate/import-key.ts';
import { operateMailPage, type ShownMail } from '../operate/mail.ts';
import { operatePeoplePage, operatePersonPage, type ShownPerson } from '../operate/people.ts';
import { operatePermissionsPage } from '../operate/permissions.ts';
import { rolePage } from '../operate/role.ts';
import { operateStepPage } from '../operate/step.ts';
import { operateWorkspacePage, operateWorkspacesPage } from '../operate/workspaces.ts';
import { operateWords } from '../words/operate.ts';
import { asOlive, dayMs, minuteMs, nowMs, samplePermissions, signedOut, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const person = (fullName: string, more: Partial<ShownPerson> = {}): ShownPerson => ({
  url: '/operate/people/usr_5Ww2dQ0cX1k',
  publicId: 'usr_5Ww2dQ0cX1k',
  fullName,
  email: `${fullName.split(' ')[0]?.toLowerCase() ?? ''}@demo.test`,
  role: 'none',
  secondFactor: false,
  createdAtMs: nowMs - 40 * dayMs,
  ...more,
});

const app = (name: string, more: Partial<ShownApp> = {}): ShownApp => ({
  url: '/operate/apps/app_7Qd3xZ8uL5o',
  publicId: 'app_7Qd3xZ8uL5o',
  clientId: '9f2c41d07ab8e3655c10f7d2',
  name,
  vendorName: 'Pipeline Sync Inc',
  status: 'production',
  statusSinceMs: nowMs - 12 * dayMs,
  connections: 1_204,
  limitPerMinute: 500,
  ownLimit: false,
  createdAtMs: nowMs - 60 * dayMs,
  ...more,
});

const workspace = {
  url: '/operate/workspaces/0b8f1c1e-6c0e-4a53-9d39-0e6f7c3d1a01',
  publicId: '0b8f1c1e-6c0e-4a53-9d39-0e6f7c3d1a01',
  externalId: '9007199254740997001',
  name: 'Northside Realty',
  createdAtMs: nowMs - 300 * dayMs,
};

const mail = (to: string, more: Partial<ShownMail> = {}): ShownMail => ({
  to,
  subject: 'Your code for Demo CRM',
  purpose: 'sign-up',
  status: 'sent',
  attempts: 1,
  createdAtMs: nowMs - 9 * minuteMs,
  ...more,
});

const entry = (
  verb: string,
  minutes: number,
  subject: AuditEntry['subject'],
  more: Partial<AuditEntry> = {},
): AuditEntry => ({
  id: 1_000 - minutes,
  atMs: nowMs - minutes * minuteMs,
  verb,
  actor: { kind: 'user', id: 4, publicId: 'usr_5Ww2dQ0cX1k', name: 'olive@demo.test' },
  subject,
  requestId: 'dGVzdC1yZXF1ZXN0',
  ...more,
});

const pipeline = { kind: 'app', id: 7, publicId: 'app_7Qd3xZ8uL5o', name: 'Pipeline Sync' } as const;
const entries: readonly AuditEntry[] = [
  entry('apps.suspend', 4, pipeline, {
    detail: { event: 'suspend', reason: 'Sends texts to people who did not ask.' },
  }),
  entry('operate.set-app-limit', 30, pipeline, { detail: { before: 'of its mode', after: 900 } }),
  entry('keys.revoke', 61, { kind: 'key', id: 12, publicId: 'key_8Hs1nB7yT4a', name: 'Laptop' }),
  entry('tokens.cleanup', 90, { kind: 'grant', id: 99 }, { actor: { kind: 'system' } }),
];
const noFilter = { actor: '', verb: '', subject: '', from: '', until: '' };

const step = {
  frame: asOlive,
  form: target('/operate/apps/app_7Qd3xZ8uL5o/suspend'),
  current: '/operate/apps',
  subjectName: 'Pipeline Sync',
  backUrl: '/operate/apps/app_7Qd3xZ8uL5o',
};

const listViews: Readonly<Record<string, Preview>> = {
  'operate-people': normal(() =>
    operatePeoplePage({
      frame: asOlive,
      search: '',
      people: [
        person('Olive Tan', { role: 'operator', secondFactor: true }),
        person('Rory Blake', { role: 'reviewer', secondFactor: true }),
        person('Ari Mendes'),
        person('Sam Okafor', { disabledAtMs: nowMs - 2 * dayMs }),
      ],
      nextUrl: '/operate/people?after=usr_5Ww2dQ0cX1k',
    }),
  ),
  'operate-people-none': normal(() => operatePeoplePage({ frame: asOlive, search: 'zzz', people: [] })),
  'operate-workspaces': normal(() =>
    operateWorkspacesPage({ frame: asOlive, search: '', workspaces: [{ ...workspace, members: 14 }] }),
  ),
  'operate-apps': normal(() =>
    operateAppsPage({
      frame: asOlive,
      search: '',
      filter: 'all',
      apps: [
        app('Pipeline Sync', { limitPerMinute: 900, ownLimit: true }),
        app('Call Notes', { status: 'under-review', connections: 0, limitPerMinute: 100 }),
        app('Text Blaster', { status: 'suspended', connections: 31 }),
      ],
    }),
  ),
  'operate-mail': normal(() =>
    operateMailPage({
      frame: asOlive,
      mails: [
        mail('ari@demo.test'),
        mail('vera@vendor.test', { status: 'waiting', attempts: 2, lastError: '421 Try again later' }),
        mail('nobody@vendor.test', {
          status: 'failed',
          attempts: 14,
          lastError: '550 No such mailbox',
          retry: target('/operate/mail'),
        }),
      ],
    }),
  ),
  'operate-permissions': normal(() =>
    operatePermissionsPage({
      frame: asOlive,
      held: samplePermissions.map((permission, index) => ({ permission, apps: (index * 7) % 5 })),
      gone: [{ id: 'listFaxes', apps: 1 }],
    }),
  ),
  'operate-audit': normal(() =>
    operateAuditPage({
      frame: asOlive,
      filter: noFilter,
      entries,
      nextUrl: '/operate/audit?after=910',
    }),
  ),
  'operate-audit-wrong': normal(() =>
    operateAuditPage({ frame: asOlive, filter: { ...noFilter, from: 'May' }, wrong: 'from', entries: [] }),
  ),
};

const roleOf = {
  frame: asOlive,
  form: target('/operate/people/usr_5Ww2dQ0cX1k/role'),
  personName: 'Ari Mendes',
  personUrl: '/operate/people/usr_5Ww2dQ0cX1k',
  chosen: 'none',
} as const;

const oneViews: Readonly<Record<string, Preview>> = {
  'operate-import-key': normal(() => importKeyPage(importing)),
  'operate-import-key-wrong': normal(() =>
    importKeyPage({
      ...importing,
      chosen: 'ws_2',
      name: 'Website form',
      problems: { key: 'This key was imported before.' },
    }),
  ),
  'operate-role': normal(() => rolePage(roleOf)),
  'operate-role-wrong': normal(() => rolePage({ ...roleOf, problem: operateWords.people.roleMissing })),
  'operate-person': normal(() =>
    operatePersonPage({
      frame: asOlive,
      person: person('Ari Mendes'),
      sessions: 2,
      keys: 3,
      workspaces: [
        { url: workspace.url, name: workspace.name, role: 'owner', sinceMs: nowMs - 300 * dayMs },
        { url: workspace.url, name: 'Harbor Homes', role: 'member', sinceMs: nowMs - 20 * dayMs },
      ],
      auditUrl: '/operate/audit?subject=usr_5Ww2dQ0cX1k',
      importKeyUrl: '/operate/people/usr_5Ww2dQ0cX1k/import-key',
      stepUrl: '/operate/people/usr_5Ww2dQ0cX1k/disable',
      roleUrl: '/operate/people/usr_5Ww2dQ0cX1k/role',
    }),
  ),
  'operate-workspace': normal(() =>
    operateWorkspacePage({
      frame: asOlive,
      workspace,
      members: [
        {
          url: '/operate/people/usr_5Ww2dQ0cX1k',
          fullName: 'Ari Mendes',
          email: 'ari@demo.test',
          role: 'owner',
          sinceMs: nowMs - 300 * dayMs,
        },
      ],
      auditUrl: '/operate/audit?subject=0b8f1c1e-6c0e-4a53-9d39-0e6f7c3d1a01',
    }),
  ),
  'operate-app': normal(() =>
    operateAppPage({
      frame: asOlive,
      app: app('Pipeline Sync', { limitPerMinute: 900, ownLimit: true }),
      contactName: 'Vera Lindqvist',
      contactEmail: 'vera@vendor.test',
      auditUrl: '/operate/audit?subject=app_7Qd3xZ8uL5o',
      limitUrl: '/operate/apps/app_7Qd3xZ8uL5o/limit',
      stepUrl: '/operate/apps/app_7Qd3xZ8uL5o/suspend',
    }),
  ),
  'operate-suspend': normal(() =>
    operateStepPage({
      ...step,
      title: operateWords.apps.suspendTitle,
      text: operateWords.apps.suspendText,
      action: operateWords.apps.suspend,
      dangerous: true,
      asks: { what: 'reason', value: '', error: operateWords.apps.reasonMissing },
    }),
  ),
  'operate-limit': normal(() =>
    operateStepPage({
      ...step,
      title: operateWords.apps.limitTitle,
      text: operateWords.apps.limitText,
      action: operateWords.apps.limit,
      dangerous: false,
      asks: { what: 'limit', value: '900' },
    }),
  ),
  'operate-claim': normal(() =>
    claimPage({
      frame: signedOut,
      form: target('/operate/claim/sample'),
      fullName: '',
      email: '',
      problems: { password: 'Use a longer password.' },
    }),
  ),
  'operate-claim-over': normal(() => claimOverPage({ frame: signedOut })),
};

const importing = {
  frame: asOlive,
  form: target('/operate/people/usr_5/import-key'),
  personName: 'Ari Mendes',
  personUrl: '/operate/people/usr_5',
  workspaces: [
    { id: 'ws_1', name: 'Northside Realty' },
    { id: 'ws_2', name: 'Harbor Homes' },
  ],
};

export const operateViews: Readonly<Record<string, Preview>> = { ...listViews, ...oneViews };
