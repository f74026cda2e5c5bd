// JSON Schema of the inputs and answers of operations, as the reference and the OpenAPI document show it.
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';

export type JsonSchema = {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: boolean | JsonSchema;
};

/** A field that may be left out but not be empty is one that must be sent. */
const isOwed = (field: JsonSchema): boolean => field.default === '' && (field.minLength ?? 0) > 0;

const tidy = (schema: JsonSchema): JsonSchema => {
  const { default: preset, properties, required, items, anyOf, ...rest } = schema;
  const owed = Object.entries(properties ?? {})
    .filter(([, field]) => isOwed(field))
    .map(([name]) => name);
  return {
    ...rest,
    // Empty is the same as left out, and says nothing to a reader.
    ...(preset === undefined || preset === '' ? {} : { default: preset }),
    ...(typeof rest.const === 'string' ? { type: 'string' } : {}),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, tidy(field)]),
          ),
        }),
    ...(properties === undefined || (required ?? []).length + owed.length === 0
      ? {}
      : { required: [...(required ?? []), ...owed] }),
    ...(items === undefined ? {} : { items: tidy(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(tidy) }),
  };
};

/** Checks that JSON Schema has no words for are left out; the operation makes them all the same. */
export const jsonSchemaOf = (schema: v.GenericSchema): JsonSchema => {
  const { $schema: _version, ...made } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return tidy(made as JsonSchema);
};

/** No answer at all: 204. */
export const isNothing = (schema: v.GenericSchema): boolean => schema.type === 'undefined';
