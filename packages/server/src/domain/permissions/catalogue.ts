// The catalogue: every permission of the API, its groups, and which permission a request needs.
import { createPathTable } from './path-table.ts';
import type { PathTemplate } from './path-template.ts';
import type { DialectName, Permission } from './permission.ts';

type PermissionGroup = {
  readonly group: string;
  readonly title: string;
  readonly permissions: readonly Permission[];
};

export type Match =
  | { readonly permission: Permission; readonly dialect: DialectName }
  | { readonly allowed: readonly string[] };

export type Catalogue = {
  /** In the document's order. */
  readonly permissions: readonly Permission[];
  readonly byId: ReadonlyMap<string, Permission>;
  readonly groups: readonly PermissionGroup[];
  /** Decides on the raw path, exactly as the upstream gets it. HEAD follows GET. */
  readonly match: (method: string, rawPath: string) => Match | 'unknown-path';
  /** Which product a path speaks like, also one that no endpoint has. */
  readonly dialectOf: (rawPath: string) => DialectName;
  /** Beginnings of the paths that belong to the gateway when it shares its origin with pages, each ending in `/`. */
  readonly prefixes: readonly string[];
  /** Endpoints that no prefix covers, such as `/pets` itself. */
  readonly exactPaths: readonly string[];
};

export type CatalogueGroup = { readonly group: string; readonly title: string };

export type CataloguePath = {
  readonly template: PathTemplate;
  readonly dialect: DialectName;
  readonly byMethod: ReadonlyMap<string, Permission>;
};

type PathEntry = {
  readonly dialect: DialectName;
  readonly matches: ReadonlyMap<string, Match>;
  readonly notAllowed: Match;
};

/** All answers of `match` are made here once: matching allocates none. */
const entryOf = ({ dialect, byMethod }: CataloguePath): PathEntry => {
  const matches = new Map<string, Match>();
  for (const [method, permission] of byMethod) matches.set(method, { permission, dialect });
  const get = matches.get('GET');
  if (get !== undefined && !matches.has('HEAD')) matches.set('HEAD', get);
  return { dialect, matches, notAllowed: { allowed: [...matches.keys()].toSorted() } };
};

const reachOf = (paths: readonly CataloguePath[]): Pick<Catalogue, 'prefixes' | 'exactPaths'> => {
  const prefixes = new Set<string>();
  const exactPaths: string[] = [];
  for (const { template } of paths) {
    const first = template.segments[0];
    const staticFirst = first !== undefined && 'text' in first ? first.text : undefined;
    if (staticFirst === undefined) prefixes.add('/');
    else if (template.segments.length === 1) exactPaths.push(template.template);
    else prefixes.add(`/${staticFirst}/`);
  }
  return prefixes.has('/')
    ? { prefixes: ['/'], exactPaths: [] }
    : { prefixes: [...prefixes], exactPaths: [...new Set(exactPaths)] };
};

export const createCatalogue = (
  permissions: readonly Permission[],
  groupOrder: readonly CatalogueGroup[],
  paths: readonly CataloguePath[],
  defaultDialect: DialectName,
): Catalogue => {
  const table = createPathTable(paths.map((path) => [path.template, entryOf(path)] as const));
  return {
    permissions,
    byId: new Map(permissions.map((permission) => [permission.id, permission])),
    groups: groupOrder
      .map(({ group, title }) => ({
        group,
        title,
        permissions: permissions.filter((permission) => permission.group === group),
      }))
      .filter((group) => group.permissions.length > 0),
    match: (method, rawPath) => {
      const entry = table.find(rawPath);
      if (entry === undefined) return 'unknown-path';
      return entry.matches.get(method) ?? entry.notAllowed;
    },
    dialectOf: (rawPath) => (table.find(rawPath) ?? table.nearest(rawPath))?.dialect ?? defaultDialect,
    ...reachOf(paths),
  };
};
