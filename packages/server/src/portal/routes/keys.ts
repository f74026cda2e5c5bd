// `/settings/integrations/api`: a person's API keys: list, make, show again, revoke.
import { perform } from '../../domain/operation.ts';
import { createKey } from '../../domain/keys/create.ts';
import { keyStatus, type ApiKey } from '../../domain/keys/key.ts';
import { revealKey } from '../../domain/keys/reveal.ts';
import { revokeKey } from '../../domain/keys/revoke.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import type { PageForm } from '../../http/forms.ts';
import {
  keyCreatedPage,
  keyCreatePage,
  type KeyCreateView,
  type KeyField,
  type KeyProblem,
} from '../keys/create.ts';
import { keyPage } from '../keys/detail.ts';
import { keyListPage, type ListedKey } from '../keys/list.ts';
import { keyRevokePage } from '../keys/revoke.ts';
import { keyShownPage } from '../keys/show.ts';
import { keyWords } from '../words/keys.ts';
import { refusalWords } from '../words/refusals.ts';
import {
  normal,
  openRoute,
  personRoute,
  seeOther,
  type PageAnswer,
  type PersonPage,
  type Route,
} from './page.ts';
import { exampleUrl } from './example-url.ts';
import { partOf } from './paged.ts';
import { badValue, notFound } from './problems.ts';
import { refusal } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const LIST = '/settings/integrations/api';
const PER_PAGE = 25;
const NEW = `${LIST}/new`;
const addressOf = (key: ApiKey, what: 'revoke' | 'show'): string => `${LIST}/${key.publicId}/${what}`;

const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });

const isPast = (page: PersonPage, key: ApiKey): boolean => {
  const status = keyStatus(key, page.nowMs);
  return status === 'revoked' || status === 'expired';
};

const listed = (page: PersonPage, key: ApiKey, workspaceName: string): ListedKey => {
  const status = keyStatus(key, page.nowMs);
  const ended = isPast(page, key);
  return {
    name: key.name,
    ...(key.description === '' ? {} : { description: key.description }),
    ...(key.form === 'opaque' ? { prefix: page.domain.settings.opaqueKeyPrefix } : {}),
    lastFour: key.lastFour,
    workspaceName,
    status,
    url: `${LIST}/${key.publicId}`,
    legacy: key.form === 'legacy',
    fromTerminal: key.madeBy === 'terminal',
    createdAtMs: key.createdAtMs,
    ...(key.lastUsedAtMs === undefined ? {} : { lastUsedAtMs: key.lastUsedAtMs }),
    ...(key.expiresAtMs === undefined ? {} : { expiresAtMs: key.expiresAtMs }),
    ...(ended ? {} : { revokeUrl: addressOf(key, 'revoke') }),
    ...(status === 'active' && key.form === 'signed' ? { showUrl: addressOf(key, 'show') } : {}),
  };
};

const isCounted = (page: PersonPage, key: ApiKey): boolean => {
  const status = keyStatus(key, page.nowMs);
  return status === 'active' || status === 'awaiting-collection';
};

const list = async (page: PersonPage): Promise<PageAnswer> => {
  const { stores, settings } = page.domain;
  const keys = await stores.keys.listOf(page.signedIn.user.id);
  const ids = [...new Set(keys.map((key) => key.workspaceId))];
  const workspaces = new Map(
    (await Promise.all(ids.map((id) => stores.workspaces.find(id)))).flatMap((one) =>
      one === undefined ? [] : [[one.id, one.name] as const],
    ),
  );
  const current = page.frame.person?.workspaces?.current?.id;
  const memberships = await stores.workspaces.membershipsOf(page.signedIn.user.id);
  const shown = memberships.find(({ workspace }) => workspace.publicId === current)?.workspace.id;
  const here = keys.filter(({ workspaceId }) => shown === undefined || workspaceId === shown);
  const past = here.filter((key) => isPast(page, key));
  const part = partOf(page, past, ({ publicId }) => publicId, { perPage: PER_PAGE });
  const rows = (some: readonly ApiKey[]): readonly ListedKey[] =>
    some.map((key) => listed(page, key, workspaces.get(key.workspaceId) ?? ''));
  const counted = memberships
    .filter(({ workspace }) => shown === undefined || workspace.id === shown)
    .map(({ member }) => keys.filter((key) => key.memberId === member.id && isCounted(page, key)).length);
  return normal(
    keyListPage({
      frame: page.frame,
      ...part.paged,
      keys: rows(here.filter((key) => !isPast(page, key))),
      past: rows(part.items),
      pastCount: past.length,
      limit: settings.keysPerMember,
      used: Math.min(...counted, settings.keysPerMember),
      workspaceCount: counted.length,
      createUrl: NEW,
    }),
  );
};

const showCreate = async (
  page: PersonPage,
  given: Pick<KeyCreateView, 'values' | 'problems' | 'refused'> & { readonly workspace?: string },
  status = 200,
): Promise<PageAnswer> => {
  const { user } = page.signedIn;
  const memberships = await page.domain.stores.workspaces.membershipsOf(user.id);
  const { workspace, ...rest } = given;
  return normal(
    keyCreatePage({
      ...rest,
      frame: page.frame,
      form: page.target(NEW, 'keys.create'),
      cancelUrl: LIST,
      forms: keyForms(page.domain.settings.opaqueKeyPrefix),
      workspaces: {
        options: memberships.map((one) => ({
          id: one.workspace.publicId,
          name: one.workspace.name,
          role: one.member.role,
        })),
        ...(workspace === undefined ? {} : { chosen: workspace }),
      },
      expiryZone: user.timeZone,
    }),
    status,
  );
};

const problemOf = ({ field, code }: FieldProblem): readonly [KeyField, KeyProblem] | undefined => {
  if (field === 'name' && code === 'name-missing') return ['name', 'name-missing'];
  if (field === 'name' && code === 'too-long') return ['name', 'name-too-long'];
  if (field === 'description' && code === 'too-long') return ['description', 'description-too-long'];
  if (field === 'expires') return ['expires', code === 'date-not-in-future' ? 'date-past' : 'date-invalid'];
  if (field === 'workspace') return ['workspace', 'workspace-missing'];
  if (field === 'acknowledged') return ['acknowledged', 'not-acknowledged'];
  return undefined;
};

/** Two lines that work as they stand: the key, and a harmless request with it. */
const tryIt = (page: PersonPage, key: string): string =>
  `KEY='${key}'\ncurl -H "Authorization: token $KEY" ${exampleUrl(page)}`;

/** Two shapes over one record (DESIGN.md 4.10): which one depends on who asks for the key. */
const keyForms = (prefix: string): NonNullable<KeyCreateView['forms']> => [
  { value: 'signed', ...keyWords.forms.signed },
  { value: 'opaque', ...keyWords.forms.opaque(prefix) },
];

const text = (form: PageForm, name: string): string => form.get(name) ?? '';

const create = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const values = {
    name: text(form, 'name'),
    description: text(form, 'description'),
    expires: text(form, 'expires'),
    form: text(form, 'form') || 'signed',
  };
  const acknowledged = text(form, 'acknowledged');
  const workspace = text(form, 'workspace');
  const result = await perform(page.domain, createKey, by(page), { ...values, workspace, acknowledged });
  if (result.ok) {
    return normal(
      keyCreatedPage({
        frame: page.frame,
        name: result.value.key.name,
        key: result.value.text,
        tryIt: tryIt(page, result.value.text),
        doneUrl: LIST,
      }),
    );
  }
  const again = { values: { ...values, acknowledged: acknowledged === 'yes' }, workspace };
  if ('problems' in result) {
    const found = result.problems.map(problemOf);
    const unknown = result.problems.find((_one, index) => found[index] === undefined);
    if (unknown !== undefined) return badValue(page, unknown.field);
    const problems = Object.fromEntries(found.filter((one) => one !== undefined));
    return showCreate(page, { ...again, problems }, 400);
  }
  if (result.reason === 'role-too-low')
    return showCreate(page, { ...again, refused: refusalWords['keys.create']['role-too-low'] }, 403);
  if (result.reason !== 'limit') return refusal(page, createKey.id, result, LIST);
  const refused = keyWords.atLimit(page.domain.settings.keysPerMember);
  return showCreate(page, { ...again, refused }, 409);
};

/** The person's own key behind the address. */
const ownKey = async (page: PersonPage): Promise<ApiKey | undefined> => {
  const key = await page.domain.stores.keys.findByPublicId(page.part('key'));
  return key?.userId === page.signedIn.user.id ? key : undefined;
};

const detail = async (page: PersonPage): Promise<PageAnswer> => {
  const key = await ownKey(page);
  if (key === undefined) return notFound(page);
  const workspace = await page.domain.stores.workspaces.find(key.workspaceId);
  return normal(
    keyPage({
      frame: page.frame,
      key: listed(page, key, workspace?.name ?? ''),
      madeBy: key.madeBy,
      ...(key.revokedAtMs === undefined ? {} : { revokedAtMs: key.revokedAtMs }),
      acknowledged: key.acknowledged,
    }),
  );
};

const askRevoke = async (page: PersonPage): Promise<PageAnswer> => {
  const key = await ownKey(page);
  if (key === undefined || key.revokedAtMs !== undefined) return notFound(page);
  if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page);
  const form = page.target(addressOf(key, 'revoke'), `keys.revoke ${key.publicId}`);
  return normal(keyRevokePage({ frame: page.frame, form, name: key.name, keepUrl: LIST }));
};

const revoke = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, revokeKey, by(page), { key: page.part('key') });
  return result.ok ? seeOther(LIST, 'key-revoked') : refusal(page, revokeKey.id, result, LIST);
};

const show = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, revealKey, by(page), { key: page.part('key') });
  if (!result.ok) return refusal(page, revealKey.id, result, LIST);
  const key = await ownKey(page);
  return normal(
    keyShownPage({ frame: page.frame, name: key?.name ?? '', key: result.value.text, doneUrl: LIST }),
  );
};

export const keyRoutes: readonly Route[] = [
  personRoute({ path: LIST, get: list }),
  openRoute({ path: '/dashboard/api-keys', get: () => seeOther(LIST) }),
  personRoute({
    path: NEW,
    get: (page) =>
      isFresh(page.domain, page.signedIn.session)
        ? showCreate(page, { values: { form: 'signed' } })
        : toStepUp(page),
    post: {
      fields: ['name', 'description', 'expires', 'workspace', 'form', 'acknowledged'],
      flow: () => 'keys.create',
      handle: create,
    },
  }),
  personRoute({ path: `${LIST}/:key`, get: detail }),
  personRoute({
    path: `${LIST}/:key/revoke`,
    get: askRevoke,
    post: { fields: [], flow: (page) => `keys.revoke ${page.part('key')}`, handle: revoke },
  }),
  personRoute({ path: `${LIST}/:key/show`, get: show }),
];
