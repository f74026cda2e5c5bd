// Tests only: the part of JSON Schema that openapi.yaml uses, so that document and answers are held against each other.
import type { Json, JsonObject } from '../lossless-json.ts';

type Resolve = (node: JsonObject) => JsonObject;

const typeOf = (value: Json): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  return typeof value;
};

const checkText = (schema: JsonObject, value: string): string[] => {
  const { maxLength, pattern, format } = schema;
  if (typeof maxLength === 'number' && value.length > maxLength) return [`longer than ${maxLength}`];
  if (typeof pattern === 'string' && !new RegExp(pattern).test(value)) return [`not like ${pattern}`];
  if (format === 'date-time' && new Date(value).toISOString() !== value) return ['no date-time'];
  return [];
};

const checkNumber = ({ minimum, maximum }: JsonObject, value: number | bigint): string[] => {
  if (typeof minimum === 'number' && value < minimum) return [`below ${minimum}`];
  return typeof maximum === 'number' && value > maximum ? [`above ${maximum}`] : [];
};

const checkObject = (schema: JsonObject, value: JsonObject, resolve: Resolve): string[] => {
  const properties = (schema['properties'] ?? {}) as JsonObject;
  const required = (schema['required'] ?? []) as readonly string[];
  const absent = required.filter((name) => value[name] === undefined).map((name) => `lacks ${name}`);
  const inner = Object.entries(value).flatMap(([name, part]) => {
    const property = properties[name];
    if (property === undefined)
      return schema['additionalProperties'] === false ? [`undocumented ${name}`] : [];
    return schemaErrors(property as JsonObject, part ?? null, resolve).map((error) => `${name}: ${error}`);
  });
  return [...absent, ...inner];
};

/** What is wrong with the value; empty when it fits. */
export const schemaErrors = (node: JsonObject, value: Json, resolve: Resolve): string[] => {
  const schema = resolve(node);
  const choices = schema['oneOf'] as unknown as readonly JsonObject[] | undefined;
  if (choices !== undefined) {
    const all = choices.map((choice) => schemaErrors(choice, value, resolve));
    return all.filter((errors) => errors.length === 0).length === 1 ? [] : all.flat();
  }
  const types = [schema['type'] ?? []].flat() as readonly string[];
  if (types.length > 0 && !types.includes(typeOf(value)))
    return [`is ${typeOf(value)}, not ${types.join(' or ')}`];
  const known = schema['enum'] as readonly Json[] | undefined;
  if (known !== undefined && !known.includes(value)) return ['is none of the listed values'];
  if (typeof value === 'string') return checkText(schema, value);
  if (typeof value === 'number' || typeof value === 'bigint') return checkNumber(schema, value);
  if (Array.isArray(value)) {
    const items = (schema['items'] ?? {}) as JsonObject;
    return (value as readonly Json[]).flatMap((item, index) =>
      schemaErrors(items, item, resolve).map((error) => `[${index}] ${error}`),
    );
  }
  return value !== null && typeof value === 'object' ? checkObject(schema, value as JsonObject, resolve) : [];
};
