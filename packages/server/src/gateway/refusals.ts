// Every refusal of the gateway in both dialects (protocol.md 15), in one table. Bodies and documented messages are exact.
import type { DialectName } from '../domain/permissions/permission.ts';
import type { Answer } from '../http/exchange.ts';
import type { CredentialProblem } from './credential.ts';
import { TARGET_PROBLEM_TEXT, type TargetProblem } from './raw-target.ts';

export type RefusalReason =
  | TargetProblem
  | CredentialProblem
  | 'bad-request'
  | 'app-suspended'
  | 'not-permitted'
  | 'unknown-path'
  | 'wrong-method'
  | 'body-too-large'
  | 'too-many-requests'
  | 'unavailable'
  | 'busy'
  | 'upstream-down'
  | 'upstream-broken'
  | 'upstream-slow';

type Row = {
  readonly status: number;
  /** `null`: the documented body has no code. */
  readonly lofty: readonly [code: string | number | null, message: string];
  readonly loomta: readonly [code: string, message: string];
  /** Attributes of the `WWW-Authenticate: Bearer` challenge (RFC 6750 section 3). */
  readonly challenge?: string;
  readonly retryAfterSeconds?: number;
};

const target = (problem: TargetProblem): Row => ({
  status: problem === 'too-long' ? 414 : 400,
  lofty: ['INVALID_PARAMETER', TARGET_PROBLEM_TEXT[problem]],
  loomta: ['invalid_request', TARGET_PROBLEM_TEXT[problem]],
});

const badCredential = (loftyMessage: string): Row => ({
  status: 401,
  lofty: ['BAD_CREDENTIALS', loftyMessage],
  loomta: ['invalid_api_key', 'The API key is invalid.'],
  challenge: 'Bearer error="invalid_token"',
});

const same = (
  status: number,
  code: string,
  message: string,
  more: Partial<Pick<Row, 'challenge' | 'retryAfterSeconds'>> = {},
): Row => ({ status, lofty: [code, message], loomta: [code.toLowerCase(), message], ...more });

const ONE_CREDENTIAL =
  'Send exactly one credential, in the Authorization header; access tokens in the query are not accepted.';
const oneCredential: Row = {
  status: 400,
  lofty: ['INVALID_PARAMETER', ONE_CREDENTIAL],
  loomta: ['invalid_request', ONE_CREDENTIAL],
  challenge: 'Bearer error="invalid_request"',
};

const TABLE: Readonly<Record<RefusalReason, Row>> = {
  'not-a-path': target('not-a-path'),
  'odd-byte': target('odd-byte'),
  fragment: target('fragment'),
  backslash: target('backslash'),
  parameter: target('parameter'),
  'empty-segment': target('empty-segment'),
  'dot-segment': target('dot-segment'),
  'encoded-separator': target('encoded-separator'),
  'encoded-control': target('encoded-control'),
  'too-long': target('too-long'),
  'bad-request': {
    status: 400,
    lofty: ['INVALID_PARAMETER', 'The request is not valid HTTP for this API.'],
    loomta: ['invalid_request', 'The request is not valid HTTP for this API.'],
  },
  'two-credentials': oneCredential,
  'token-in-query': oneCredential,
  'no-credential': {
    status: 401,
    lofty: [
      'BAD_CREDENTIALS',
      'Send "Authorization: Bearer <access token>", or "Authorization: token <API key>".',
    ],
    loomta: ['missing_api_key', 'A Bearer API key is required.'],
    challenge: 'Bearer',
  },
  'bad-credential': badCredential(
    'The access token or API key is not valid, or it has ended. Get a new one, then try again.',
  ),
  'key-as-bearer': badCredential(
    'This is an API key, sent as an access token. Send it as "Authorization: token <API key>".',
  ),
  'token-as-key': badCredential(
    'This is an access token, sent as an API key. Send it as "Authorization: Bearer <access token>".',
  ),
  'unknown-scheme': badCredential(
    'This kind of Authorization is not accepted. Send "Bearer <access token>" or "token <API key>".',
  ),
  'app-suspended': {
    status: 403,
    lofty: [
      'VENDOR_HAS_NO_PERMISSION',
      'This app is suspended and may not use this API. Its vendor can ask why.',
    ],
    loomta: ['app_suspended', 'This app is suspended and may not use this API. Its vendor can ask why.'],
  },
  'not-permitted': {
    status: 403,
    lofty: [200100, 'Sorry, the vendor does not have permission for this API.'],
    loomta: ['permission_denied', 'Sorry, the vendor does not have permission for this API.'],
    challenge: 'Bearer error="insufficient_scope"',
  },
  'unknown-path': same(
    404,
    'NOT_FOUND',
    'This API has no such path. Check it against the API documentation.',
  ),
  'wrong-method': same(
    405,
    'METHOD_NOT_ALLOWED',
    'This path does not take this method; the Allow header names those it takes.',
  ),
  'body-too-large': same(413, 'PAYLOAD_TOO_LARGE', 'The request body is larger than this API takes.'),
  'too-many-requests': {
    status: 429,
    lofty: [null, 'Too Many Requests'],
    loomta: ['too_many_requests', 'Too Many Requests'],
  },
  unavailable: same(
    503,
    'SERVICE_UNAVAILABLE',
    'Credentials cannot be checked right now. Try again in a moment.',
    {
      retryAfterSeconds: 1,
    },
  ),
  busy: same(503, 'SERVICE_UNAVAILABLE', 'Too many requests are under way. Try again in a moment.', {
    retryAfterSeconds: 1,
  }),
  'upstream-down': same(
    502,
    'UPSTREAM_UNAVAILABLE',
    'The API behind this gateway does not answer. Try again later.',
  ),
  'upstream-broken': same(
    502,
    'UPSTREAM_BROKEN',
    'The API behind this gateway gave no usable answer. Try again later.',
  ),
  'upstream-slow': same(
    504,
    'UPSTREAM_TIMEOUT',
    'The API behind this gateway took too long to answer. Try again later.',
  ),
};

const bodyOf = ([code, message]: readonly [string | number | null, string]): string =>
  JSON.stringify(code === null ? { message } : { code, message });

/** Answers differ per caller and may be stored by nobody [security 65]. */
const PRIVATE = { 'cache-control': 'private, no-store', vary: 'Authorization' } as const;
/** Any origin, without credentials: tokens are sent by the page's own code, never by the browser (protocol.md 10). */
export const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
} as const;

const answerOf = (dialect: DialectName, row: Row): Answer => ({
  status: row.status,
  headers: {
    'content-type': 'application/json',
    ...PRIVATE,
    ...ANY_ORIGIN,
    ...(row.challenge === undefined ? {} : { 'www-authenticate': row.challenge }),
    ...(row.retryAfterSeconds === undefined ? {} : { 'retry-after': String(row.retryAfterSeconds) }),
  },
  body: bodyOf(row[dialect]),
});

/** Made once: a flood of refusals costs no more than looking them up. */
const answersOf = (dialect: DialectName): ReadonlyMap<RefusalReason, Answer> =>
  new Map(Object.entries(TABLE).map(([reason, row]) => [reason as RefusalReason, answerOf(dialect, row)]));

const ANSWERS: Readonly<Record<DialectName, ReadonlyMap<RefusalReason, Answer>>> = {
  lofty: answersOf('lofty'),
  loomta: answersOf('loomta'),
};

export const refusalAnswer = (
  dialect: DialectName,
  reason: RefusalReason,
  more?: Readonly<Record<string, string>>,
): Answer => {
  const answer = ANSWERS[dialect].get(reason) as Answer;
  return more === undefined ? answer : { ...answer, headers: { ...answer.headers, ...more } };
};

export const REFUSAL_REASONS = Object.keys(TABLE) as readonly RefusalReason[];
