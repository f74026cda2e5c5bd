// Samples of API keys and connected apps.
import { connectionPage, disconnectPage } from '../connections/detail.ts';
import { connectionListPage } from '../connections/list.ts';
import type { ListedConnection } from '../connections/list.ts';
import { keyCreatedPage, keyCreatePage } from '../keys/create.ts';
import type { KeyCreateView } from '../keys/create.ts';
import { keyPage } from '../keys/detail.ts';
import { keyListPage } from '../keys/list.ts';
import type { ListedKey } from '../keys/list.ts';
import { keyRevokePage } from '../keys/revoke.ts';
import { keyShownPage } from '../keys/show.ts';
import { asAri, dayMs, minuteMs, nowMs, samplePermissions, target, workspaces } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const keys: readonly ListedKey[] = [
  {
    name: 'CI runner',
    url: '/settings/integrations/api/k1',
    lastFour: '4f2a',
    workspaceName: 'Northside Realty',
    status: 'active',
    createdAtMs: nowMs - 40 * dayMs,
    lastUsedAtMs: nowMs - 3 * minuteMs,
    expiresAtMs: nowMs + 120 * dayMs,
    revokeUrl: '/settings/integrations/api/k1/revoke',
  },
  {
    name: 'loomta on devbox',
    url: '/settings/integrations/api/k2',
    prefix: 'loomta_sk_',
    lastFour: '9c1e',
    workspaceName: 'Harbor Homes',
    status: 'active',
    fromTerminal: true,
    createdAtMs: nowMs - 2 * dayMs,
    revokeUrl: '/settings/integrations/api/k2/revoke',
  },
  {
    name: 'loomta on laptop',
    url: '/settings/integrations/api/k3',
    lastFour: '',
    workspaceName: 'Northside Realty',
    status: 'awaiting-collection',
    fromTerminal: true,
    createdAtMs: nowMs - 4 * minuteMs,
    revokeUrl: '/settings/integrations/api/k3/revoke',
  },
  {
    name: 'Website form',
    url: '/settings/integrations/api/k4',
    lastFour: '77b0',
    workspaceName: 'Northside Realty',
    status: 'active',
    legacy: true,
    createdAtMs: nowMs - 700 * dayMs,
    lastUsedAtMs: nowMs - 5 * dayMs,
    revokeUrl: '/settings/integrations/api/k4/revoke',
  },
  {
    name: 'Old import',
    url: '/settings/integrations/api/k5',
    lastFour: 'a001',
    workspaceName: 'Northside Realty',
    status: 'revoked',
    createdAtMs: nowMs - 300 * dayMs,
    lastUsedAtMs: nowMs - 200 * dayMs,
  },
  {
    name: 'Trial',
    url: '/settings/integrations/api/k6',
    lastFour: '0b1d',
    workspaceName: 'Harbor Homes',
    status: 'expired',
    createdAtMs: nowMs - 90 * dayMs,
    expiresAtMs: nowMs - 10 * dayMs,
  },
];

const [firstKey] = keys as readonly [ListedKey, ...ListedKey[]];

const isPast = ({ status }: ListedKey): boolean => status === 'revoked' || status === 'expired';
const past = keys.filter(isPast);
const list = {
  frame: asAri,
  keys: keys.filter((key) => !isPast(key)),
  past,
  pastCount: past.length,
  limit: 10,
  used: 4,
  workspaceCount: 1,
  createUrl: '/settings/integrations/api/new',
};

const create: KeyCreateView = {
  frame: asAri,
  form: target('/settings/integrations/api'),
  cancelUrl: '/settings/integrations/api',
  values: {},
  workspaces: { options: workspaces },
  expiryZone: 'UTC',
};

const connection: ListedConnection & { readonly endsAtMs?: number } = {
  app: { name: 'Pipeline Sync' },
  vendorName: 'Lindqvist Software',
  workspaceName: 'Northside Realty',
  permissions: samplePermissions,
  connectedAtMs: nowMs - 19 * dayMs,
  lastUsedAtMs: nowMs - 2 * 60 * minuteMs,
  detailUrl: '/settings/integrations/authorizations/c1',
  disconnectUrl: '/settings/integrations/authorizations/c1/disconnect',
};

const readOnly: ListedConnection = {
  app: { name: 'lofty-cli' },
  vendorName: 'Demo CRM',
  workspaceName: 'Harbor Homes',
  permissions: samplePermissions.slice(0, 4),
  keyName: 'CI runner',
  connectedAtMs: nowMs - dayMs,
  detailUrl: '/settings/integrations/authorizations/c2',
  disconnectUrl: '/settings/integrations/authorizations/c2/disconnect',
};

export const settingsViews: Readonly<Record<string, Preview>> = {
  keys: normal(() => keyListPage(list)),
  'keys-flash': normal(() =>
    keyListPage({
      ...list,
      frame: {
        ...asAri,
        flash: { tone: 'ok', text: 'Revoked CI runner. Programs using it fail from now on.' },
      },
      used: 10,
    }),
  ),
  'keys-empty': normal(() => keyListPage({ ...list, keys: [], used: 0 })),
  'key-create': normal(() => keyCreatePage(create)),
  'key-create-errors': normal(() =>
    keyCreatePage({
      ...create,
      values: { expires: '2026-11-01' },
      forms: [
        { value: 'signed', label: 'Signed', detail: 'can be shown again' },
        { value: 'opaque', label: 'Opaque', detail: 'shown once' },
      ],
      problems: {
        name: 'name-missing',
        expires: 'date-past',
        workspace: 'workspace-missing',
        acknowledged: 'not-acknowledged',
      },
    }),
  ),
  'key-created': normal(() =>
    keyCreatedPage({
      frame: asAri,
      name: 'CI runner',
      key: `eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.${'eyJqdGkiOiI3UWQyTTlLRlBYNFRCdkU4c1loM25SNndaYTV1SmMwZ0wi'.repeat(3)}.c2ln`,
      tryIt: 'KEY=…paste the key…\ncurl -H "Authorization: token $KEY" http://localhost:4000/v1.0/me',
      doneUrl: '/settings/integrations/api',
    }),
  ),
  'key-revoke': normal(() =>
    keyRevokePage({
      frame: asAri,
      form: target('/settings/integrations/api/k1/revoke'),
      name: 'CI runner',
      keepUrl: '/settings/integrations/api',
    }),
  ),
  key: normal(() =>
    keyPage({
      frame: asAri,
      key: { ...firstKey, description: 'Nightly import of leads, started by the build server.' },
      madeBy: 'page',
      acknowledged: {
        atMs: firstKey.createdAtMs,
        address: '203.0.113.77',
        device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      },
    }),
  ),
  'key-shown': normal(() =>
    keyShownPage({
      frame: asAri,
      name: 'CI runner',
      key: `eyJhbGciOiJIUzI1NiJ9.${'eyJqdGkiOiI3UWQyTTlLRlBYNFRCdkU4'.repeat(2)}.c2ln`,
      doneUrl: '/settings/integrations/api',
    }),
  ),
  connections: normal(() => connectionListPage({ frame: asAri, connections: [connection, readOnly] })),
  'connections-again': normal(() =>
    connectionListPage({
      frame: asAri,
      connections: [{ ...connection, needsAgain: true, againUrl: '/oauth/authorize?client_id=x' }, readOnly],
    }),
  ),
  'connections-empty': normal(() => connectionListPage({ frame: asAri, connections: [] })),
  connection: normal(() =>
    connectionPage({
      frame: asAri,
      connection: { ...connection, endsAtMs: nowMs + 161 * dayMs },
      website: 'https://pipelinesync.example',
      mode: 'production',
    }),
  ),
  disconnect: normal(() =>
    disconnectPage({
      frame: asAri,
      form: target('/settings/integrations/authorizations/c1/disconnect'),
      appName: 'Pipeline Sync',
      workspaceName: 'Northside Realty',
      vendorName: 'Lindqvist Software',
      keepUrl: '/settings/integrations/authorizations',
    }),
  ),
};
