// `/developer/management-keys`: keys of the management API: list, make for chosen operations, revoke.
import { describedOperations } from '../../api/describe.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import { createManagementKey } from '../../domain/management-keys/create.ts';
import { listManagementKeys } from '../../domain/management-keys/list.ts';
import { managementKeyStatus, type ManagementKey } from '../../domain/management-keys/management-key.ts';
import { revokeManagementKey } from '../../domain/management-keys/revoke.ts';
import { makerOrTeam } from '../../domain/management-keys/rules.ts';
import { perform } from '../../domain/operation.ts';
import type { PageForm } from '../../http/forms.ts';
import { byNoun } from '../docs/api-index.ts';
import {
  managementKeyCreatedPage,
  managementKeyCreatePage,
  type ManagementKeyCreateView,
  type ManagementKeyField,
  type ManagementKeyProblem,
} from '../management-keys/create.ts';
import { MANAGEMENT_KEYS, managementKeyListPage, type ListedManagementKey } from '../management-keys/list.ts';
import { managementKeyRevokePage } from '../management-keys/revoke.ts';
import { nounTitle } from '../words/api-reference.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, notFound } from './problems.ts';
import { refusal, refusalText } from './refusal.ts';
import { whenFresh } from './to-step-up.ts';

const NEW = `${MANAGEMENT_KEYS}/new`;
const PER_PAGE = 50;

const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });

const summaryOf = (id: string): string => describedOperations().find((op) => op.id === id)?.summary ?? id;

const listed = (page: PersonPage, key: ManagementKey): ListedManagementKey => {
  const status = managementKeyStatus(key, page.nowMs);
  return {
    name: key.name,
    lastFour: key.lastFour,
    owner: key.vendorId === undefined ? 'user' : 'vendor',
    operations: key.operations.map(summaryOf),
    status,
    createdAtMs: key.createdAtMs,
    ...(key.lastUsedAtMs === undefined ? {} : { lastUsedAtMs: key.lastUsedAtMs }),
    ...(key.expiresAtMs === undefined ? {} : { expiresAtMs: key.expiresAtMs }),
    ...(status === 'active' ? { revokeUrl: `${MANAGEMENT_KEYS}/${key.publicId}/revoke` } : {}),
  };
};

const list = async (page: PersonPage): Promise<PageAnswer> => {
  const after = page.search('after') ?? '';
  const result = await perform(page.domain, listManagementKeys, by(page), { limit: PER_PAGE, after });
  if (!result.ok) return refusal(page, listManagementKeys.id, result, MANAGEMENT_KEYS);
  const { items, next } = result.value;
  return normal(
    managementKeyListPage({
      frame: page.frame,
      keys: items.map((key) => listed(page, key)),
      createUrl: NEW,
      ...(after === '' ? {} : { firstUrl: MANAGEMENT_KEYS }),
      ...(next === null ? {} : { nextUrl: `${MANAGEMENT_KEYS}?after=${encodeURIComponent(next)}` }),
    }),
  );
};

/** Only what a key can be good for. */
const groups = (): ManagementKeyCreateView['groups'] =>
  byNoun(describedOperations().filter(({ needs }) => needs === 'session-or-key')).map(
    ([noun, operations]) => ({
      title: nounTitle(noun),
      operations: operations.map(({ id, summary, method, path }) => ({
        id,
        summary,
        address: `${method} ${path}`,
      })),
    }),
  );

const showCreate = (
  page: PersonPage,
  given: Pick<ManagementKeyCreateView, 'values' | 'problems' | 'refused'>,
  status = 200,
): PageAnswer =>
  normal(
    managementKeyCreatePage({
      ...given,
      frame: page.frame,
      form: page.target(NEW, createManagementKey.id),
      cancelUrl: MANAGEMENT_KEYS,
      groups: groups(),
      expiryZone: page.signedIn.user.timeZone,
    }),
    status,
  );

const problemOf = ({
  field,
  code,
}: FieldProblem): readonly [ManagementKeyField, ManagementKeyProblem] | undefined => {
  if (field === 'name' && code === 'name-missing') return ['name', 'name-missing'];
  if (field === 'name' && code === 'too-long') return ['name', 'name-too-long'];
  if (field === 'owner') return ['owner', 'owner-missing'];
  if (field === 'expires') return ['expires', code === 'date-not-in-future' ? 'date-past' : 'date-invalid'];
  if (field === 'operations')
    return ['operations', code === 'choice-missing' ? 'operations-missing' : 'operation-unknown'];
  return undefined;
};

/** The first thing that the key can read without knowing more. */
const tryIt = (page: PersonPage, operations: readonly string[], secret: string): string | undefined => {
  const harmless = describedOperations().find(
    ({ id, method, path }) => operations.includes(id) && method === 'GET' && !path.includes('{'),
  );
  return harmless === undefined
    ? undefined
    : `KEY='${secret}'\ncurl -H "Authorization: Bearer $KEY" ${page.domain.settings.issuer}${harmless.path}`;
};

const create = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const values = {
    name: form.get('name') ?? '',
    owner: form.get('owner') ?? '',
    expires: form.get('expires') ?? '',
    operations: form.list('operation'),
  };
  const result = await perform(page.domain, createManagementKey, by(page), values);
  if (result.ok) {
    const { managementKey, secret } = result.value;
    const lines = tryIt(page, managementKey.operations, secret);
    return normal(
      managementKeyCreatedPage({
        frame: page.frame,
        name: managementKey.name,
        secret,
        ...(lines === undefined ? {} : { tryIt: lines }),
        doneUrl: MANAGEMENT_KEYS,
      }),
    );
  }
  if ('problems' in result) {
    const found = result.problems.map(problemOf);
    const unknown = result.problems.find((_one, index) => found[index] === undefined);
    if (unknown !== undefined) return badValue(page, unknown.field);
    const problems = Object.fromEntries(found.filter((one) => one !== undefined));
    return showCreate(page, { values, problems }, 400);
  }
  const refused = refusalText(createManagementKey.id, result.reason);
  return refused === undefined
    ? refusal(page, createManagementKey.id, result, NEW)
    : showCreate(page, { values, refused }, 409);
};

const askRevoke = async (page: PersonPage): Promise<PageAnswer> => {
  const key = await page.domain.stores.managementKeys.findByPublicId(page.part('key'));
  if (key === undefined || key.revokedAtMs !== undefined) return notFound(page);
  if (!(await makerOrTeam(page.domain, page.signedIn, key))) return notFound(page);
  return normal(
    managementKeyRevokePage({
      frame: page.frame,
      form: page.target(
        `${MANAGEMENT_KEYS}/${key.publicId}/revoke`,
        `${revokeManagementKey.id} ${key.publicId}`,
      ),
      name: key.name,
      keepUrl: MANAGEMENT_KEYS,
    }),
  );
};

const revoke = async (page: PersonPage): Promise<PageAnswer> => {
  const input = { managementKey: page.part('key') };
  const result = await perform(page.domain, revokeManagementKey, by(page), input);
  return result.ok
    ? seeOther(MANAGEMENT_KEYS, 'key-revoked')
    : refusal(page, revokeManagementKey.id, result, MANAGEMENT_KEYS);
};

export const managementKeyRoutes: readonly Route[] = [
  vendorRoute({ path: MANAGEMENT_KEYS, get: list }),
  vendorRoute({
    path: NEW,
    get: whenFresh((page) => showCreate(page, { values: { operations: [] } })),
    post: {
      fields: ['name', 'owner', 'expires'],
      lists: ['operation'],
      flow: () => createManagementKey.id,
      handle: create,
    },
  }),
  vendorRoute({
    path: `${MANAGEMENT_KEYS}/:key/revoke`,
    get: whenFresh(askRevoke),
    post: {
      fields: [],
      flow: (page) => `${revokeManagementKey.id} ${page.part('key')}`,
      handle: revoke,
    },
  }),
];
