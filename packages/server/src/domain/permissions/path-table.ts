// Finds the endpoint of a raw request path. Nothing is decoded or normalised: what is matched is what the upstream gets.
import { fitsAround, isWhole, type PathTemplate } from './path-template.ts';

type Node<T> = {
  readonly statics: Map<string, Node<T>>;
  /** Names of `statics` in lower case: a parameter that only looks different from one of them is refused. */
  readonly folded: Set<string>;
  readonly partials: { readonly around: readonly string[]; readonly node: Node<T> }[];
  whole: Node<T> | undefined;
  value: T | undefined;
  /** Of the first template through here: what to take a path for that no template fits. */
  readonly hint: T;
};

const newNode = <T>(hint: T): Node<T> => ({
  statics: new Map(),
  folded: new Set(),
  partials: [],
  whole: undefined,
  value: undefined,
  hint,
});

const stepInto = <T>(node: Node<T>, segment: PathTemplate['segments'][number], hint: T): Node<T> => {
  if ('text' in segment) {
    const known = node.statics.get(segment.text) ?? newNode(hint);
    node.statics.set(segment.text, known);
    node.folded.add(segment.text.toLowerCase());
    return known;
  }
  if (isWhole(segment.around)) return (node.whole ??= newNode(hint));
  const same = node.partials.find((partial) => partial.around.join('{}') === segment.around.join('{}'));
  if (same !== undefined) return same.node;
  const added = newNode(hint);
  node.partials.push({ around: segment.around, node: added });
  return added;
};

/**
 * A parameter that a lenient router would read as a sibling endpoint (`/leads/Search`, `/leads/%73earch` beside
 * `/leads/search`): permission for the one must not reach the other [security 61].
 */
const disguised = (node: Node<unknown>, segment: string): boolean => {
  if (node.folded.size === 0) return false;
  let plain = segment;
  if (segment.includes('%')) {
    try {
      plain = decodeURIComponent(segment);
    } catch {
      return true;
    }
  }
  return node.folded.has(plain.toLowerCase()) && !node.statics.has(segment);
};

const search = <T>(node: Node<T>, path: string, from: number): T | undefined => {
  if (from > path.length) return node.value;
  const slash = path.indexOf('/', from);
  const end = slash < 0 ? path.length : slash;
  const segment = path.slice(from, end);
  const exact = node.statics.get(segment);
  if (exact !== undefined) {
    const found = search(exact, path, end + 1);
    if (found !== undefined) return found;
  }
  if (segment === '' || (node.whole === undefined && node.partials.length === 0)) return undefined;
  if (disguised(node, segment)) return undefined;
  for (const partial of node.partials) {
    if (!fitsAround(partial.around, segment)) continue;
    const found = search(partial.node, path, end + 1);
    if (found !== undefined) return found;
  }
  return node.whole === undefined ? undefined : search(node.whole, path, end + 1);
};

export type PathTable<T> = {
  /** Static segments win over parameters, segment by segment. */
  readonly find: (rawPath: string) => T | undefined;
  /** For a path that fits no template: the value of the template with the longest static beginning in common. */
  readonly nearest: (rawPath: string) => T | undefined;
};

export const createPathTable = <T>(entries: readonly (readonly [PathTemplate, T])[]): PathTable<T> => {
  const first = entries[0];
  const root = first === undefined ? undefined : newNode(first[1]);
  const whollyStatic = new Map<string, T>();
  for (const [template, value] of root === undefined ? [] : entries) {
    let node = root as Node<T>;
    for (const segment of template.segments) node = stepInto(node, segment, value);
    node.value = value;
    if (template.segments.every((segment) => 'text' in segment)) whollyStatic.set(template.template, value);
  }
  return {
    find: (rawPath) => {
      const found = whollyStatic.get(rawPath);
      if (found !== undefined || root === undefined || !rawPath.startsWith('/')) return found;
      return search(root, rawPath, 1);
    },
    nearest: (rawPath) => {
      let node = root;
      for (const segment of rawPath.split('/').slice(1)) {
        const next: Node<T> | undefined = node?.statics.get(segment);
        if (next === undefined) break;
        node = next;
      }
      return node?.hint;
    },
  };
};
