// The OpenAPI 3.1 document of the management API, made from the table of operations.
import { createCookieJar } from '../http/cookies.ts';
import { describedOperations, type Described, type DescribedError } from './describe.ts';
import { errorAnchor } from './problems.ts';
import { apiWords } from './words.ts';

export type OpenApiFacts = { readonly issuer: string; readonly brand: string };

const ERROR_SCHEMA = {
  type: 'object',
  required: ['code', 'message', 'docs'],
  properties: {
    code: { type: 'string', description: apiWords.document.code },
    message: { type: 'string', description: apiWords.document.message },
    details: { type: 'object', description: apiWords.document.details },
    docs: { type: 'string', format: 'uri', description: apiWords.document.docs },
  },
};

/** Those that many operations share stand in the document once. */
const exampleFor = (issuer: string, op: Described, error: DescribedError) =>
  error.common ? { $ref: `#/components/examples/${error.code}` } : { value: errorValue(issuer, op, error) };

const sharedExamples = (issuer: string) =>
  Object.fromEntries(
    describedOperations().flatMap((op) =>
      op.errors
        .filter(({ common }) => common)
        .map((error) => [error.code, { value: errorValue(issuer, op, error) }]),
    ),
  );

const errorValue = (issuer: string, op: Described, error: DescribedError) => ({
  code: error.code,
  message: error.message,
  docs: `${issuer}/docs/api${error.common ? `#${errorAnchor(error.code)}` : `/${op.id}`}`,
});

const errorResponses = (issuer: string, op: Described) =>
  Object.fromEntries(
    [...Map.groupBy(op.errors, ({ status }) => status)].map(([status, errors]) => [
      String(status),
      {
        description: errors.map(({ code }) => `\`${code}\``).join(', '),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
            examples: Object.fromEntries(errors.map((error) => [error.code, exampleFor(issuer, op, error)])),
          },
        },
      },
    ]),
  );

const success = (op: Described) =>
  op.output === undefined
    ? { '204': { description: apiWords.document.done } }
    : {
        '200': {
          description: apiWords.document.done,
          content: { 'application/json': { schema: op.output, example: op.outputExample } },
        },
      };

const parametersOf = (op: Described) => [
  ...op.pathFields.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 64 },
  })),
  ...(op.method === 'POST'
    ? []
    : Object.entries(op.input.properties ?? {}).map(([name, { description, ...schema }]) => ({
        name,
        in: 'query',
        required: op.input.required?.includes(name) === true,
        ...(description === undefined ? {} : { description }),
        schema,
      }))),
];

const bodyOf = (op: Described) =>
  op.method === 'GET'
    ? {}
    : {
        requestBody: {
          required: (op.input.required ?? []).length > 0,
          content: { 'application/json': { schema: op.input, example: op.inputExample } },
        },
      };

const SECURITY = {
  nobody: [],
  session: [{ session: [] }],
  'session-or-key': [{ session: [] }, { managementKey: [] }],
} as const satisfies Record<Described['needs'], readonly object[]>;

const operationOf = (issuer: string, op: Described) => ({
  operationId: op.id,
  summary: op.summary,
  tags: [op.noun],
  security: SECURITY[op.needs],
  ...(op.stepUp ? { description: apiWords.document.stepUp } : {}),
  parameters: parametersOf(op),
  ...bodyOf(op),
  responses: { ...success(op), ...errorResponses(issuer, op) },
});

const pathsOf = (issuer: string) =>
  Object.fromEntries(
    [...Map.groupBy(describedOperations(), ({ path }) => path)].map(([path, operations]) => [
      path,
      Object.fromEntries(operations.map((op) => [op.method.toLowerCase(), operationOf(issuer, op)])),
    ]),
  );

export const openApiDocument = ({ issuer, brand }: OpenApiFacts) => ({
  openapi: '3.1.0',
  info: { title: apiWords.document.title(brand), version: '1', description: apiWords.document.lead },
  servers: [{ url: issuer }],
  tags: [...new Set(describedOperations().map(({ noun }) => noun))].map((name) => ({ name })),
  paths: pathsOf(issuer),
  components: {
    schemas: { Error: ERROR_SCHEMA },
    examples: sharedExamples(issuer),
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: createCookieJar(issuer).session },
      managementKey: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'lk_mk_…',
        description: apiWords.document.managementKey,
      },
    },
  },
});

export const openApiText = (facts: OpenApiFacts): string => JSON.stringify(openApiDocument(facts));
