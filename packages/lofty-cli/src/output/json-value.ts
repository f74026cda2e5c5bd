/** Owns JSON as we carry it: numbers keep their digits, since ids are 64-bit integers. */
import { isLosslessNumber, parse, stringify } from 'lossless-json';
import type { LosslessNumber } from 'lossless-json';

export type JsonValue =
  null | boolean | string | LosslessNumber | readonly JsonValue[] | { readonly [name: string]: JsonValue };

export type JsonObject = { readonly [name: string]: JsonValue };

/** Undefined if the text is not JSON (or names a member twice). */
export function readJson(text: string): JsonValue | undefined {
  try {
    return parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

export function writeJson(value: JsonValue): string {
  return stringify(value, undefined, 2) ?? 'null';
}

/** On one line, for a request. */
export function writeCompactJson(value: JsonValue): string {
  return stringify(value) ?? 'null';
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A value as one cell of a table: lists and objects as JSON, digits as sent. */
export function cellText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isLosslessNumber(value)) return value.value;
  if (isList(value) && value.every((item) => !isList(item) && !isObject(item))) {
    return value.map(cellText).join(', ');
  }
  return stringify(value) ?? '';
}
