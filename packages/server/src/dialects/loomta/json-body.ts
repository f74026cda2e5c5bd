// JSON bodies of Loomta's device endpoints: an object or nothing, small, strict UTF-8; a repeated name is refused by shape.
import type { Exchange } from '../../http/exchange.ts';
import { readText } from '../../http/parameters.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object, an empty one for an empty body, or undefined when it is anything else or not announced as JSON. */
export const readJsonObject = async (exchange: Exchange): Promise<JsonObject | undefined> => {
  const text = await readText(exchange);
  if (typeof text !== 'string') return undefined;
  if (text === '') return {};
  if (!/^application\/json *(;.*)?$/i.test(exchange.header('content-type') ?? '')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
};

const MAX_FIELD_LENGTH = 256;

/** A string field without NUL, of sensible length. */
export const textField = (body: JsonObject, name: string): string | undefined => {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (typeof value !== 'string' || value === '' || value.length > MAX_FIELD_LENGTH || value.includes('\0')) {
    return undefined;
  }
  return value;
};
