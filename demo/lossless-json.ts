// Lossless JSON: 64-bit integers are JSON numbers on the wire and bigint here, so no digit is lost either way.

export type Json =
  null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Integers that a double cannot hold become bigint; everything else is as JSON.parse has it. Undefined: not JSON. */
export const parseJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
        ? BigInt(context?.source ?? 0)
        : value,
    ) as Json;
  } catch {
    // A SyntaxError, or a RangeError for nesting that is deeper than the stack: both are not our JSON.
    return undefined;
  }
};

// Node has had JSON.rawJSON since 22; TypeScript's library does not declare it yet.
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

export const writeJson = (value: Json, indent?: number): string =>
  JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === 'bigint' ? rawJSON(inner.toString()) : inner),
    indent,
  );

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
