// What can be said about each operation of the management API, from the table alone: for the OpenAPI document and the
// reference page, so that the two and the code cannot differ.
import { refusalWords } from '../portal/words/refusals.ts';
import { exampleOf, inputExample } from './examples.ts';
import { isNothing, jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { codeOf, COMMON_STATUS, type CommonCode } from './problems.ts';
import { apiOperations, nounOf, pathParameters, type ApiOperation } from './table.ts';
import { apiWords } from './words.ts';

export type DescribedError = {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** One of every operation; else of this one alone. */
  readonly common: boolean;
};

export type Described = {
  readonly id: string;
  readonly noun: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly needs: 'nobody' | 'session' | 'session-or-key';
  readonly stepUp: boolean;
  readonly pathFields: readonly string[];
  /** Of the query or the JSON body: without the path's. */
  readonly input: JsonSchema;
  readonly inputExample: Readonly<Record<string, unknown>>;
  readonly pathExample: string;
  /** Undefined: 204. */
  readonly output: JsonSchema | undefined;
  readonly outputExample: unknown;
  readonly errors: readonly DescribedError[];
};

const commonCodes = (op: ApiOperation): readonly CommonCode[] => {
  const isPost = op.http[0] === 'POST';
  const signedIn = op.who === 'signed-in';
  const mayBeUnknown = (op.subject as string) !== 'none' || op.allow.length > 0;
  return [
    'invalid_request',
    ...(isPost ? (['invalid_json'] as const) : []),
    'invalid_input',
    ...(signedIn ? (['not_signed_in'] as const) : []),
    'invalid_credential',
    ...(isPost ? (['foreign_request'] as const) : []),
    op.sessionOnly ? 'session_only' : 'operation_not_chosen',
    ...(op.stepUp ? (['step_up_needed'] as const) : []),
    ...(mayBeUnknown ? (['not_found'] as const) : []),
    ...(isPost ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
    'rate_limited',
  ];
};

const errorsOf = (op: ApiOperation): readonly DescribedError[] => {
  const words = (refusalWords as Readonly<Record<string, Readonly<Record<string, string>>>>)[op.id] ?? {};
  return [
    ...commonCodes(op).map((code) => ({
      code,
      status: COMMON_STATUS[code],
      message: apiWords.problems[code],
      common: true,
    })),
    ...Object.entries(op.refusals).map(([reason, status]) => ({
      code: codeOf(reason),
      status,
      message: words[reason] ?? '',
      common: false,
    })),
  ];
};

const withoutFields = (schema: JsonSchema, names: readonly string[]): JsonSchema => {
  const { required, ...rest } = schema;
  const kept = (required ?? []).filter((name) => !names.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {}).filter(([name]) => !names.includes(name)),
    ),
    ...(kept.length === 0 ? {} : { required: kept }),
  };
};

const describe = (op: ApiOperation): Described => {
  const [method, path] = op.http;
  const pathFields = pathParameters(path);
  const all = jsonSchemaOf(op.input);
  const input = withoutFields(all, pathFields);
  const output = isNothing(op.output) ? undefined : jsonSchemaOf(op.output);
  return {
    id: op.id,
    noun: nounOf(op),
    summary: op.summary,
    method,
    path,
    needs: op.who === 'anyone' ? 'nobody' : op.sessionOnly ? 'session' : 'session-or-key',
    stepUp: op.stepUp,
    pathFields,
    input,
    inputExample: inputExample(input),
    pathExample: path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
      encodeURIComponent(String(exampleOf(all.properties?.[name] ?? {}, name))),
    ),
    output,
    outputExample: output === undefined ? undefined : exampleOf(output),
    errors: errorsOf(op),
  };
};

let described: readonly Described[] | undefined;

export const describedOperations = (): readonly Described[] => (described ??= apiOperations.map(describe));
