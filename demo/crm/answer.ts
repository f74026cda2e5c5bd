// What an endpoint of the CRM gets and gives: plain data. Refusals are values with the documented codes.
import type { Json, JsonObject } from '../lossless-json.ts';

export type Answer = { readonly status: number; readonly body: Json };

/** Reached only as the value of a failed step; `isRefusal` tells it from every parsed value. */
export type Refusal = { readonly refused: Answer };

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

export const ok = (body: JsonObject): Answer => ({ status: 200, body });

/** The Lofty shape: code and message. */
export const refuse = (status: number, code: string | number, message: string): Refusal => ({
  refused: { status, body: { code, message } },
});

export const invalid = (message: string): Refusal => refuse(400, 'INVALID_PARAMETER', message);
export const missing = (message: string): Refusal => refuse(400, 'MISSING_PARAMETER', message);
export const tooLong = (message: string): Refusal => refuse(400, 'PARAMETER_TOO_LONG', message);

/** The Loomta shape: code, message and, on validation, the places that are wrong. */
export const refusePublic = (
  status: number,
  code: string,
  message: string,
  details?: readonly { readonly path: readonly string[]; readonly message: string }[],
): Refusal => ({
  refused: { status, body: details === undefined ? { code, message } : { code, message, details } },
});
