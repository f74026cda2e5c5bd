// Samples of management keys and of the management API's reference.
import { describedOperations } from '../../api/describe.ts';
import { COMMON_STATUS, errorAnchor, type CommonCode } from '../../api/problems.ts';
import { apiWords } from '../../api/words.ts';
import { apiIndexPage, byNoun } from '../docs/api-index.ts';
import { apiOperationPage } from '../docs/api-operation.ts';
import {
  managementKeyCreatedPage,
  managementKeyCreatePage,
  type ManagementKeyCreateView,
} from '../management-keys/create.ts';
import { managementKeyListPage, type ListedManagementKey } from '../management-keys/list.ts';
import { managementKeyRevokePage } from '../management-keys/revoke.ts';
import { nounTitle } from '../words/api-reference.ts';
import { asVera, dayMs, minuteMs, nowMs, signedOut, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const keys: readonly ListedManagementKey[] = [
  {
    name: 'Deploy pipeline',
    lastFour: '4f2a',
    owner: 'vendor',
    operations: ['List apps', 'Read an app', "Choose an app's permissions"],
    status: 'active',
    createdAtMs: nowMs - 40 * dayMs,
    lastUsedAtMs: nowMs - 3 * minuteMs,
    revokeUrl: '/developer/management-keys/mk_1/revoke',
  },
  {
    name: 'Usage report',
    lastFour: '9c1e',
    owner: 'user',
    operations: ['Read usage by minute'],
    status: 'active',
    createdAtMs: nowMs - 2 * dayMs,
    expiresAtMs: nowMs + 120 * dayMs,
    revokeUrl: '/developer/management-keys/mk_2/revoke',
  },
  {
    name: 'Trial',
    lastFour: '0b1d',
    owner: 'user',
    operations: ['List apps'],
    status: 'expired',
    createdAtMs: nowMs - 90 * dayMs,
    expiresAtMs: nowMs - 10 * dayMs,
  },
];

const createUrl = '/developer/management-keys/new';
const create: ManagementKeyCreateView = {
  frame: asVera,
  form: target(createUrl),
  cancelUrl: '/developer/management-keys',
  values: { operations: ['apps.list'] },
  groups: byNoun(describedOperations().filter(({ needs }) => needs === 'session-or-key')).map(
    ([noun, operations]) => ({
      title: nounTitle(noun),
      operations: operations.map(({ id, summary, method, path }) => ({
        id,
        summary,
        address: `${method} ${path}`,
      })),
    }),
  ),
  expiryZone: 'Europe/Stockholm',
};

const issuer = 'http://localhost:4000';

export const apiViews: Readonly<Record<string, Preview>> = {
  'management-keys': normal(() =>
    managementKeyListPage({ frame: asVera, keys, createUrl, nextUrl: '?after=mk_3' }),
  ),
  'management-keys-empty': normal(() => managementKeyListPage({ frame: asVera, keys: [], createUrl })),
  'management-key-create': normal(() => managementKeyCreatePage(create)),
  'management-key-create-errors': normal(() =>
    managementKeyCreatePage({
      ...create,
      values: { operations: [], expires: '2020-01-01' },
      problems: { name: 'name-missing', operations: 'operations-missing', expires: 'date-past' },
      refused: 'You have as many active management keys as you may. Revoke one first.',
    }),
  ),
  'management-key-created': normal(() =>
    managementKeyCreatedPage({
      frame: asVera,
      name: 'Deploy pipeline',
      secret: 'lk_mk_AQAAAAAAAAPpqTj0o3l1q9X2b7eY4mZ6wK8rV5tN0cH1sG4f2a',
      tryIt: `KEY='lk_mk_AQAAAAAAAAPpqTj0o3l1q9X2b7eY4mZ6wK8rV5tN0cH1sG4f2a'\ncurl -H "Authorization: Bearer $KEY" ${issuer}/api/apps`,
      doneUrl: '/developer/management-keys',
    }),
  ),
  'management-key-revoke': normal(() =>
    managementKeyRevokePage({
      frame: asVera,
      form: target('/developer/management-keys/mk_1/revoke'),
      name: 'Deploy pipeline',
      keepUrl: '/developer/management-keys',
    }),
  ),
  'docs-api': normal(() =>
    apiIndexPage({
      frame: signedOut,
      issuer,
      operations: describedOperations(),
      errors: (Object.keys(COMMON_STATUS) as CommonCode[]).map((code) => ({
        code,
        anchor: errorAnchor(code),
        status: COMMON_STATUS[code],
        message: apiWords.problems[code],
      })),
    }),
  ),
  'docs-api-operation': normal(() => {
    const all = describedOperations();
    const operation = all.find(({ id }) => id === 'apps.register');
    if (operation === undefined) throw new Error('there is no such operation any more');
    return apiOperationPage({
      frame: signedOut,
      issuer,
      cookie: 'latchkey-session',
      operation,
      siblings: all.filter(({ noun }) => noun === operation.noun),
    });
  }),
};
