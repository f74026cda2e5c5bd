// JSON Schema of the inputs and answers of operations, as the reference and the OpenAPI document show it.
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';

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

const tidy = (schema: JsonSchema): JsonSchema => {
  const { default: preset, properties, items, anyOf, ...rest } = schema;
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
    ...(items === undefined ? {} : { items: tidy(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(tidy) }),
  };
};

/**
 * What has to be there, asked of the schema itself: forms send what was left empty as '', so many fields have a default
 * that they then refuse.
 */
const owedFields = (schema: v.GenericSchema): readonly string[] => {
  const names = (v.safeParse(schema, {}).issues ?? []).map(({ path }): unknown => path?.[0]?.key);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
};

/** Checks that JSON Schema has no words for are left out; the operation makes them all the same. */
export const jsonSchemaOf = (schema: v.GenericSchema): JsonSchema => {
  const { $schema: _version, ...made } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  const { required: _stated, ...tidied } = tidy(made as JsonSchema);
  const required = owedFields(schema);
  return { ...tidied, ...(required.length === 0 ? {} : { required }) };
};

/** No answer at all: 204. */
export const isNothing = (schema: v.GenericSchema): boolean => schema.type === 'undefined';
