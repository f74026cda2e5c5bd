/** Owns how any JSON answer becomes rows: which part of it is the list, and nested members as dotted names. */
import type { JsonObject, JsonValue } from './json-value.ts';
import { isList, isObject } from './json-value.ts';

export type Records = { readonly many: boolean; readonly rows: readonly JsonObject[] };

/** A list answers many rows; an object whose only list of objects is its content answers that; else one row. */
export function toRecords(value: JsonValue): Records {
  if (isList(value)) return { many: true, rows: value.map(toRow) };
  if (!isObject(value)) return { many: false, rows: [toRow(value)] };
  const lists = Object.values(value).filter(isList);
  const others = Object.entries(value).filter(([name, member]) => !isList(member) && !isMetadata(name));
  const [only] = lists;
  if (lists.length === 1 && others.length === 0 && only !== undefined) {
    return { many: true, rows: only.map(toRow) };
  }
  return { many: false, rows: [value] };
}

/** Paging data beside the list; documents call it both `get_metadata` and `_metadata`. */
function isMetadata(name: string): boolean {
  return name.endsWith('metadata');
}

function toRow(value: JsonValue): JsonObject {
  return isObject(value) ? value : { value };
}

/** Nested objects become dotted names; lists stay values. Null prototype: a member may be called anything. */
export function flatten(row: JsonObject): ReadonlyMap<string, JsonValue> {
  const flat = new Map<string, JsonValue>();
  const visit = (value: JsonObject, prefix: string): void => {
    for (const [name, member] of Object.entries(value)) {
      if (isObject(member) && Object.keys(member).length > 0) visit(member, `${prefix}${name}.`);
      else flat.set(prefix + name, member);
    }
  };
  visit(row, '');
  return flat;
}

/** Every name in any row, in order of first sight. */
export function columnsOf(rows: readonly ReadonlyMap<string, JsonValue>[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => [...row.keys()]))];
}
