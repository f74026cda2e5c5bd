// Samples of the vendor's pages.
import { appCredentialsPage, appRegisteredPage } from '../developer/credentials.ts';
import { dashboardPage } from '../developer/dashboard.ts';
import type { DashboardApp, DashboardView } from '../developer/dashboard.ts';
import { appOverviewPage } from '../developer/overview.ts';
import { appPermissionsPage } from '../developer/permissions.ts';
import { registrationPage } from '../developer/register.ts';
import type { RegistrationView } from '../developer/register.ts';
import { asVera, dayMs, minuteMs, nowMs, sampleApp, samplePermissions, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const app: DashboardApp = {
  name: 'Pipeline Sync',
  url: sampleApp.url,
  website: 'https://pipelinesync.example',
  redirectUris: ['https://pipelinesync.example/callback', 'http://localhost:3000/callback'],
  clientId: 'app_7Q2M9KFPX4TB',
  secretLastFour: '4f2a',
  description:
    'Keeps the leads of a workspace in step with the pipeline boards of a whole office, both ways.',
  contactName: 'Vera Lindqvist',
  contactEmail: 'vera@demo.test',
  status: 'development',
  statusSinceMs: nowMs - 3 * dayMs,
};

const { secretLastFour: _none, ...publicApp } = app;

const apps: readonly DashboardApp[] = [
  app,
  {
    ...publicApp,
    name: 'Pocket Leads',
    website: '',
    redirectUris: ['com.example.pocket:/callback'],
    clientId: 'app_M4TB7Q2X9KFP',
    description: '',
    status: 'under-review',
  },
  {
    ...app,
    name: 'Open House Forms',
    clientId: 'app_X9KFP7Q2M4TB',
    status: 'production',
    pendingEdit: 'breaking',
    description: 'Visitors of an open house sign in on a tablet.',
  },
  { ...app, name: 'بريد العملاء', clientId: 'app_2M4TBX9KFP7Q', status: 'declined' },
  { ...app, name: 'Suspended Sample', clientId: 'app_KFP7Q2M4TBX9', status: 'suspended' },
];

const dashboard: DashboardView = {
  frame: asVera,
  apps,
  filter: 'all',
  counts: { all: 5, development: 1, 'under-review': 1, production: 1, declined: 1 },
  search: '',
  registerUrl: '/developer/apps/new',
};

const qualifying = { ...asVera, withQualification: true } as const;

const registration: RegistrationView = {
  frame: asVera,
  form: target('/developer/apps/new'),
  values: {
    redirectUris: [''],
    contactName: 'Vera Lindqvist',
    contactEmail: 'vera@demo.test',
    contactPhone: '+1 555 010 0123',
  },
  takesLogo: true,
};

const overview = {
  frame: asVera,
  app: sampleApp,
  clientId: app.clientId,
  consentUrl: `http://localhost:4000/page/vendor-auth.html?clientId=${app.clientId}`,
  permissionCount: 0,
  step: { name: 'permissions', url: `${sampleApp.url}/permissions` } as const,
  connectionCount: 0,
  refused: [],
  busiestMinute: 0,
};

const credentials = {
  frame: asVera,
  app: sampleApp,
  clientId: app.clientId,
  secrets: [
    {
      lastFour: '4f2a',
      createdAtMs: nowMs - 30 * dayMs,
      lastUsedAtMs: nowMs - 2 * minuteMs,
      lastUsedFrom: '203.0.113.7',
      endsAtMs: nowMs + dayMs,
    },
    { lastFour: '9c1e', createdAtMs: nowMs - minuteMs },
  ],
  roll: target(`${sampleApp.url}/credentials`),
};

const pickable = samplePermissions.map((one) => ({
  ...one,
  chosen: one.sensitivity === 'reads',
  gone: one.id === 'getOrg',
}));

export const developerViews: Readonly<Record<string, Preview>> = {
  dashboard: normal(() => dashboardPage(dashboard)),
  'dashboard-qualification': normal(() =>
    dashboardPage({ ...dashboard, frame: qualifying, qualification: 'under-review' }),
  ),
  'dashboard-no-match': normal(() =>
    dashboardPage({ ...dashboard, apps: [], filter: 'declined', search: 'forms' }),
  ),
  'dashboard-empty': normal(() =>
    dashboardPage({
      ...dashboard,
      apps: [],
      counts: { all: 0, development: 0, 'under-review': 0, production: 0, declined: 0 },
    }),
  ),
  register: normal(() => registrationPage(registration)),
  'register-errors': normal(() =>
    registrationPage({
      ...registration,
      values: {
        ...registration.values,
        website: 'pipelinesync',
        redirectUris: ['http://pipelinesync.example/*', 'https://pipelinesync.example/cb#x'],
      },
      problems: { name: 'name-missing', website: 'website-invalid', kind: 'kind-missing' },
      redirectProblems: ['redirect-not-https', 'redirect-fragment'],
    }),
  ),
  registered: normal(() =>
    appRegisteredPage({
      frame: asVera,
      name: 'Pipeline Sync',
      clientId: app.clientId,
      clientSecret: 'lks_7Qd2M9KFPX4TBvE8sYh3nR6wZa5uJc0gLkXo1pTqWi4f2a',
      appUrl: sampleApp.url,
    }),
  ),
  'app-overview': normal(() => appOverviewPage(overview)),
  'app-overview-live': normal(() =>
    appOverviewPage({
      ...overview,
      app: { ...sampleApp, status: 'production', mode: 'production', limitPerMinute: 500 },
      permissionCount: 7,
      step: { name: 'live', url: `${sampleApp.url}/credentials` },
      connectionCount: 1248,
      busiestMinute: 412,
      refused: [
        {
          atMs: nowMs - 4 * minuteMs,
          endpoint: 'DELETE /v1.0/leads/{leadId}',
          status: 403,
          reason: 'The permission deleteLead was not granted.',
          requestId: 'req_01JD9Z6M4Q',
        },
        {
          atMs: nowMs - 9 * minuteMs,
          endpoint: 'GET /v1.0/leads',
          status: 429,
          reason: 'More than 500 requests in this minute.',
          requestId: 'req_01JD9Z5A1C',
        },
      ],
    }),
  ),
  'app-permissions': normal(() =>
    appPermissionsPage({
      frame: asVera,
      app: sampleApp,
      form: target(`${sampleApp.url}/permissions`),
      permissions: pickable,
    }),
  ),
  'app-permissions-locked': normal(() =>
    appPermissionsPage({
      frame: asVera,
      app: { ...sampleApp, status: 'under-review' },
      permissions: pickable,
    }),
  ),
  'app-credentials': normal(() => appCredentialsPage(credentials)),
  'app-credentials-rolled': normal(() =>
    appCredentialsPage({
      ...credentials,
      newSecret: 'lks_9c1eM9KFPX4TBvE8sYh3nR6wZa5uJc0gLkXo1pTqWi9c1e',
      rollProblem: 'too-many',
    }),
  ),
};
