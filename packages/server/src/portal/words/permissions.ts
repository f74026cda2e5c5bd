// How permissions become words: one table of verbs, and groups as lines such as "**Leads** view, create, change, **delete**".
import type { Permission, Sensitivity } from '../../domain/permissions/permission.ts';

export type PermissionDisplay = Permission;

/** What a person is asked for again after a breaking edit. */
export type AskedPermission = PermissionDisplay & { readonly isNew?: boolean };

type Verb = 'view' | 'create' | 'change' | 'send' | 'delete';

const verbOrder: readonly Verb[] = ['view', 'create', 'change', 'send', 'delete'];

const verbByMethod: Readonly<Record<string, Verb>> = {
  GET: 'view',
  HEAD: 'view',
  POST: 'create',
  PUT: 'change',
  PATCH: 'change',
  DELETE: 'delete',
};

/** What the owner's document says about an endpoint goes before what its method suggests. */
const verbBySensitivity: Readonly<Record<Sensitivity, (byMethod: Verb) => Verb>> = {
  reads: () => 'view',
  sends: () => 'send',
  deletes: () => 'delete',
  changes: (byMethod) => (byMethod === 'create' ? 'create' : 'change'),
};

const verbOf = (permission: Pick<Permission, 'method' | 'sensitivity'>): Verb =>
  verbBySensitivity[permission.sensitivity](verbByMethod[permission.method.toUpperCase()] ?? 'change');

export type Danger = 'deletes' | 'sends';

export type PermissionLine = {
  readonly groupTitle: string;
  readonly verbs: readonly { readonly verb: Verb; readonly danger?: Danger }[];
  readonly danger?: Danger;
  readonly isNew: boolean;
};

const dangerOf = (verb: Verb): Danger | undefined =>
  verb === 'delete' ? 'deletes' : verb === 'send' ? 'sends' : undefined;

const lineOf = (groupTitle: string, isNew: boolean, permissions: readonly Permission[]): PermissionLine => {
  const present = new Set(permissions.map(verbOf));
  const verbs = verbOrder
    .filter((verb) => present.has(verb))
    .map((verb) => {
      const danger = dangerOf(verb);
      return danger === undefined ? { verb } : { verb, danger };
    });
  const danger =
    verbs.find(({ verb }) => verb === 'delete')?.danger ?? verbs.find((one) => one.danger)?.danger;
  return { groupTitle, verbs, isNew, ...(danger === undefined ? {} : { danger }) };
};

const rank: Readonly<Record<Danger, number>> = { deletes: 0, sends: 1 };
const rankOf = (line: PermissionLine): number => (line.danger === undefined ? 2 : rank[line.danger]);

/** A line for each group, or two where only some of it is new. Deleting comes first, then sending, new before known. */
export const permissionLines = (permissions: readonly AskedPermission[]): readonly PermissionLine[] => {
  const groups = Map.groupBy(permissions, (one) => `${one.isNew === true ? 'new' : 'known'} ${one.group}`);
  return [...groups.values()]
    .map((group) => lineOf(group[0]?.groupTitle ?? '', group[0]?.isNew === true, group))
    .sort((a, b) => Number(b.isNew) - Number(a.isNew) || rankOf(a) - rankOf(b));
};

/** `can delete leads and 3 more`: the gravest thing first, the rest counted. */
export const permissionSummary = (permissions: readonly Permission[]): string => {
  const [first, ...others] = permissionLines(permissions);
  const verb =
    first?.verbs.find((one) => one.danger !== undefined && one.danger === first.danger) ?? first?.verbs[0];
  if (first === undefined || verb === undefined) return 'can see who you are, no data';
  const rest = first.verbs.length - 1 + others.reduce((sum, line) => sum + line.verbs.length, 0);
  const what = `can ${verb.verb} ${first.groupTitle.toLocaleLowerCase('en')}`;
  return rest === 0 ? what : `${what} and ${rest} more`;
};

export type PermissionGroup = {
  readonly group: string;
  readonly title: string;
  readonly permissions: readonly Permission[];
};

export const permissionGroups = (permissions: readonly Permission[]): readonly PermissionGroup[] =>
  [...Map.groupBy(permissions, (one) => one.group)].map(([group, all]) => ({
    group,
    title: all[0]?.groupTitle ?? group,
    permissions: all,
  }));

/** Tags beside a permission in lists for developers; reading is the quiet default. */
export const sensitivityTag: Readonly<Record<Sensitivity, string | undefined>> = {
  reads: undefined,
  changes: 'changes data',
  sends: 'sends messages',
  deletes: 'deletes data',
};

export const permissionWords = {
  isNew: 'New',
  known: 'Already allowed',
  deprecated: 'deprecated',
  gone: 'no longer in the API',
  showAll: (count: number): string => `Show all ${count}`,
  dangerous: { deletes: 'deletes', sends: 'sends' },
} as const;
