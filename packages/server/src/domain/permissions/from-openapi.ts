// The permissions of an API, from its OpenAPI document (DESIGN.md 4.9): a catalogue, or everything that is wrong with it.
import { createCatalogue, type Catalogue, type CatalogueGroup, type CataloguePath } from './catalogue.ts';
import { fieldsOf, readDocument, shown, textOf, type Fields, type Problem } from './openapi-document.ts';
import { DIALECTS, oneOf, readOperations, type Found, type Reading } from './openapi-operations.ts';
import type { Permission, Sensitivity } from './permission.ts';
import { sensitivityOf, sentenceOf, titleOf } from './sentences.ts';

export type { Problem } from './openapi-document.ts';

const SENSITIVITIES: readonly Sensitivity[] = ['reads', 'changes', 'sends', 'deletes'];
/** Ids travel in `scope` and in headers, separated by spaces (RFC 6749 section 3.3). */
const PERMISSION_ID = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;
/** Words that stand for every permission. */
const TAKEN_IDS = new Set(['openApi', '*']);

/** `get /v1.0/leads/{leadId}` becomes `get.v1.0.leads.leadId`: stable for as long as method and path are. */
const derivedId = (method: string, template: string): string =>
  `${method} ${template}`
    .replace(/[{}]/g, '')
    .split(/[^A-Za-z0-9_-]+/)
    .filter((part) => part !== '')
    .join('.');

const groupOf = (reading: Reading, found: Found): CatalogueGroup => {
  const tags = found.fields['tags'];
  const tag = Array.isArray(tags) ? textOf(tags[0]) : undefined;
  if (tag === undefined) {
    // The first segment that is no version: `leads` of /api/v1.0/leads.
    const named = found.template.segments.find(
      (segment) =>
        'text' in segment && /[a-z]/i.test(segment.text) && !/^(v?\d[\d.]*|api)$/i.test(segment.text),
    );
    const text = named !== undefined && 'text' in named ? named.text : '';
    return { group: text === '' ? 'api' : text, title: titleOf(text) };
  }
  const declared = reading.root['tags'];
  const entry = (Array.isArray(declared) ? declared : []).map(fieldsOf).find((one) => one?.['name'] === tag);
  const title = textOf(entry?.['x-displayName']) ?? textOf(entry?.['summary']);
  return { group: tag, title: title ?? (/^[A-Z]/.test(tag) ? tag : titleOf(tag)) };
};

/** Every path parameter is required, whatever the document says (OpenAPI 3.1, Parameter Object). */
const isBare = (found: Found, sensitivity: Sensitivity): boolean =>
  found.method === 'GET' &&
  sensitivity === 'reads' &&
  !found.asksForMore &&
  found.template.segments.every((segment) => 'text' in segment);

const toPermission = (reading: Reading, found: Found, id: string, group: CatalogueGroup): Permission => {
  const own = textOf(found.fields['x-latchkey-sentence']);
  const place = `${found.place}["x-latchkey-sensitivity"]`;
  const stated = found.fields['x-latchkey-sensitivity'];
  const sensitivity = oneOf(reading, place, stated, SENSITIVITIES, sensitivityOf(found.method));
  return {
    id,
    group: group.group,
    groupTitle: group.title,
    method: found.method,
    path: found.template.template,
    sentence: own ?? sentenceOf(found.method, group.title),
    sensitivity,
    deprecated: found.fields['deprecated'] === true,
    ...(isBare(found, sensitivity) ? { bare: true } : {}),
  };
};

/** Two endpoints with the same generated words could not be told apart on the consent page. */
const tellApart = (permissions: readonly Permission[], found: readonly Found[]): Permission[] => {
  const uses = new Map<string, number>();
  for (const { sentence } of permissions) uses.set(sentence, (uses.get(sentence) ?? 0) + 1);
  return permissions.map((permission, index) => {
    const fields = found[index]?.fields;
    if ((uses.get(permission.sentence) ?? 0) < 2 || textOf(fields?.['x-latchkey-sentence']) !== undefined)
      return permission;
    const detail = textOf(fields?.['summary']) ?? `${permission.method} ${permission.path}`;
    return { ...permission, sentence: `${permission.sentence} (${detail})` };
  });
};

type Named = { readonly permissions: Permission[]; readonly own: Found[]; readonly groups: CatalogueGroup[] };

const readPermissions = (reading: Reading): Named => {
  const permissions: Permission[] = [];
  const own: Found[] = [];
  const groups = new Map<string, CatalogueGroup>();
  const places = new Map<string, string>();
  for (const found of reading.found) {
    if (found.fields['x-latchkey-permission'] !== undefined) continue;
    const stated = found.fields['operationId'];
    const id =
      typeof stated === 'string' ? stated : derivedId(found.method.toLowerCase(), found.template.template);
    const place = `${found.place}.operationId`;
    if (!PERMISSION_ID.test(id) || TAKEN_IDS.has(id)) {
      const problem = TAKEN_IDS.has(id)
        ? `"${id}" means every permission`
        : `"${id}" cannot be a permission id`;
      const fix = 'Use letters, digits, ".", "_" and "-", without spaces, at most 200 characters.';
      reading.problems.push({ place, problem, fix });
      continue;
    }
    const earlier = places.get(id);
    if (earlier !== undefined) {
      const problem = `"${id}" is also the id of ${earlier}`;
      const fix =
        'Give each operation an operationId of its own, or, for an alias of the same permission, x-latchkey-permission.';
      reading.problems.push({ place, problem, fix });
      continue;
    }
    places.set(id, found.place);
    const group = groupOf(reading, found);
    groups.set(group.group, groups.get(group.group) ?? group);
    permissions.push(toPermission(reading, found, id, group));
    own.push(found);
  }
  return { permissions: tellApart(permissions, own), own, groups: [...groups.values()] };
};

const pathsOf = (reading: Reading, { permissions, own }: Named): CataloguePath[] => {
  const byId = new Map(permissions.map((permission) => [permission.id, permission]));
  const byOperation = new Map(own.map((found, index) => [found, permissions[index]]));
  const paths = new Map<string, { path: CataloguePath; byMethod: Map<string, Permission> }>();
  for (const found of reading.found) {
    const shared = found.fields['x-latchkey-permission'];
    const permission =
      shared === undefined
        ? byOperation.get(found)
        : typeof shared === 'string'
          ? byId.get(shared)
          : undefined;
    if (permission === undefined) {
      if (shared !== undefined)
        reading.problems.push({
          place: `${found.place}["x-latchkey-permission"]`,
          problem: `no operation has the operationId ${shown(shared)}`,
          fix: 'Name the operationId whose permission this operation shares; it must have one of its own.',
        });
      continue;
    }
    const { template } = found.template;
    let entry = paths.get(template);
    if (entry === undefined) {
      const byMethod = new Map<string, Permission>();
      entry = { path: { template: found.template, dialect: found.dialect, byMethod }, byMethod };
      paths.set(template, entry);
    }
    entry.byMethod.set(found.method, permission);
  }
  return [...paths.values()].map((entry) => entry.path);
};

/** Groups in the order of the document's `tags`, then as the paths name them. */
const inOrder = (root: Fields, groups: readonly CatalogueGroup[]): CatalogueGroup[] => {
  const tags = Array.isArray(root['tags']) ? root['tags'].map((tag) => fieldsOf(tag)?.['name']) : [];
  const rank = ({ group }: CatalogueGroup): number => {
    const at = tags.indexOf(group);
    return at < 0 ? tags.length : at;
  };
  return groups.toSorted((a, b) => rank(a) - rank(b));
};

/** Every problem at once, so that a document is put right in one go. */
export const catalogueFromOpenApi = (
  text: string,
): { readonly catalogue: Catalogue } | { readonly problems: readonly Problem[] } => {
  const document = readDocument(text);
  if ('problem' in document) return { problems: [document.problem] };
  const { root } = document;
  const problems: Problem[] = [];
  const draft: Reading = { root, problems, found: [], defaultDialect: 'lofty' };
  const stated = root['x-latchkey-dialect'];
  const defaultDialect = oneOf(draft, 'x-latchkey-dialect', stated, DIALECTS, 'lofty');
  const reading: Reading = { ...draft, defaultDialect };
  readOperations(reading);
  const named = readPermissions(reading);
  const paths = pathsOf(reading, named);
  if (problems.length > 0) return { problems };
  return {
    catalogue: createCatalogue(named.permissions, inOrder(root, named.groups), paths, defaultDialect),
  };
};

export const problemText = (problem: Problem): string =>
  `${problem.place}: ${problem.problem}. ${problem.fix}`;
