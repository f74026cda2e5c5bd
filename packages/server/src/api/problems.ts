// What the management API answers when it does not do what was asked: one shape, a closed set of codes, each with its
// place in the reference. Refusals of an operation have its own codes, words and statuses.
import type { FieldProblem } from '../domain/field-problem.ts';
import { fieldText } from '../portal/words/fields.ts';
import { refusalWords } from '../portal/words/refusals.ts';
import type { ApiOperation } from './table.ts';
import { apiWords } from './words.ts';

/** Statuses of what any operation can answer besides its own refusals. */
export const COMMON_STATUS = {
  invalid_request: 400,
  invalid_json: 400,
  invalid_input: 400,
  not_signed_in: 401,
  invalid_credential: 401,
  foreign_request: 403,
  session_only: 403,
  operation_not_chosen: 403,
  step_up_needed: 403,
  not_found: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  server_error: 500,
} as const satisfies Readonly<Record<keyof typeof apiWords.problems, number>>;

export type CommonCode = keyof typeof COMMON_STATUS;
type Headers = Readonly<Record<string, string>>;
export type ApiAnswer = { readonly status: number; readonly headers?: Headers; readonly body?: object };

/** On the wire with underscores, like every other error of this service. */
export const codeOf = (reason: string): string => reason.replaceAll('-', '_');

/** Ids in the reference page; an operation's own id is the anchor of its refusals. */
export const errorAnchor = (code: string): string => `error-${code}`;

export type Problems = {
  readonly common: (code: CommonCode, details?: object, headers?: Headers) => ApiAnswer;
  readonly refused: (
    op: ApiOperation,
    reason: string,
    detail: Readonly<Record<string, number>> | undefined,
  ) => ApiAnswer;
  readonly invalid: (op: ApiOperation, problems: readonly FieldProblem[]) => ApiAnswer;
};

const inputNames = (op: ApiOperation): readonly string[] =>
  Object.keys((op.input as unknown as { readonly entries: object }).entries);

const wireProblem = (names: readonly string[], { field, index, code }: FieldProblem): object => {
  const isUnknown = field !== '' && !names.includes(field);
  return {
    field,
    ...(index === undefined ? {} : { index }),
    code: isUnknown ? 'unknown_field' : codeOf(code),
    message: isUnknown ? apiWords.unknownField : fieldText(code),
  };
};

export const problemsFor = (issuer: string): Problems => {
  const common: Problems['common'] = (code, details, headers) => ({
    status: COMMON_STATUS[code],
    ...(headers === undefined ? {} : { headers }),
    body: {
      code,
      message: apiWords.problems[code],
      ...(details === undefined ? {} : { details }),
      docs: `${issuer}/docs/api#${errorAnchor(code)}`,
    },
  });
  return {
    common,
    refused: (op, reason, detail) => {
      const message = (refusalWords as Readonly<Record<string, Readonly<Record<string, string>>>>)[op.id]?.[
        reason
      ];
      const status = op.refusals[reason];
      if (status === undefined || message === undefined)
        throw new Error(`${op.id} refused without words: ${reason}`);
      const seconds = detail?.['seconds'];
      return {
        status,
        ...(status === 429 && seconds !== undefined ? { headers: { 'retry-after': String(seconds) } } : {}),
        body: {
          code: codeOf(reason),
          message,
          ...(detail === undefined ? {} : { details: detail }),
          docs: `${issuer}/docs/api/${op.id}`,
        },
      };
    },
    invalid: (op, problems) => {
      const names = inputNames(op);
      return common('invalid_input', { fields: problems.map((problem) => wireProblem(names, problem)) });
    },
  };
};
