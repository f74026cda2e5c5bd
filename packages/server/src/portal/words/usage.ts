// Words of an app's traffic. Reasons are typed by the gateway's own list: a reason without words fails the type check.
import type { Outcome } from '../../domain/usage/usage.ts';
import type { Decision } from '../../gateway/decision.ts';

/** Each says what happened; the page beside it has status and path. */
const reasonWords: Readonly<Record<Decision['reason'], string>> = {
  ok: 'Forwarded',
  preflight: 'Browser preflight, answered here',
  'caller-gone': 'The caller hung up before the answer',
  'not-a-path': 'The address is no path that starts with “/”',
  'odd-byte': 'The address holds bytes that are not printable ASCII',
  fragment: 'The address holds “#”',
  backslash: 'The path holds a backslash',
  parameter: 'The path holds “;”',
  'empty-segment': 'The path holds “//”',
  'dot-segment': 'The path holds “.” or “..” segments',
  'encoded-separator': 'The path holds an encoded slash or backslash',
  'encoded-control': 'The path holds encoded control characters or a stray “%”',
  'too-long': 'The address is too long',
  'bad-request': 'No valid HTTP request for this API',
  'two-credentials': 'More than one credential was sent',
  'token-in-query': 'The token stood in the address; send it in the Authorization header',
  'no-credential': 'No credential was sent',
  'key-as-bearer': 'An API key was sent as an access token',
  'token-as-key': 'An access token was sent as an API key',
  'unknown-scheme': 'The Authorization header is of an unknown kind',
  'bad-credential': 'The credential is not valid, or it has ended',
  'app-suspended': 'The app is suspended',
  'not-permitted': 'The permission for this endpoint was not granted',
  'unknown-path': 'The API has no such path',
  'wrong-method': 'The path does not take this method',
  'body-too-large': 'The request body is too large',
  'too-many-requests': 'More requests in a minute than the limit allows',
  unavailable: 'Credentials could not be checked',
  busy: 'Too many requests were under way',
  'upstream-down': 'The API did not answer',
  'upstream-broken': 'The API gave no usable answer',
  'upstream-slow': 'The API took too long',
};

/** What an older version logged may have no words any more. */
export const reasonText = (reason: string): string =>
  Object.hasOwn(reasonWords, reason) ? reasonWords[reason as Decision['reason']] : reason;

const outcomes: Readonly<Record<Outcome, string>> = {
  '2xx': 'Answered',
  '4xx': 'Refused (4xx)',
  '429': 'Over the limit (429)',
  '5xx': 'Failed (5xx)',
};

const grouped = new Intl.NumberFormat('en-GB');
export const number = (value: number): string => grouped.format(value);

const requests = (count: number): string => (count === 1 ? '1 request' : `${number(count)} requests`);

export const usageWords = {
  lead: 'Counted by the gateway. Calls without a valid credential belong to no app and are not here.',
  minutes: 'Last hour, per minute',
  days: 'Last 30 days, per day',
  outcomes,
  limitLine: (limit: number): string => `${number(limit)}/min`,
  minutePeak: (peak: number, limit: number, time: string): string =>
    `Peak ${number(peak)} of ${number(limit)} at ${time}`,
  dayPeak: (peak: number, day: string): string => `Peak ${requests(peak)} on ${day}`,
  noHour: 'No requests in this hour',
  noDays: 'No requests in these 30 days',
  figures: 'Show the figures',
  minute: 'Minute',
  day: 'Day (UTC)',
  total: 'All',
  endpoints: 'Endpoints, last 30 days',
  endpoint: 'Endpoint',
  unknownEndpoint: 'No endpoint of the API',
  goneEndpoint: 'no longer in the API',
  noEndpoints: 'No endpoint was called yet. Connect the app, then call one.',
  tokens: 'Tokens, last 30 days',
  tokenColumns: { grant: 'Grant', issued: 'Issued', refused: 'Refused' },
  noTokens: 'No token was asked for yet.',
  requestsTitle: 'Requests',
  requestsLead: 'The last 1,000, newest first. Bodies and queries are never kept.',
  requestsFilter: 'Show',
  filters: { all: 'All', refused: 'Refused' },
  requestColumns: {
    time: 'Time',
    request: 'Request',
    answer: 'Answer',
    reason: 'Reason',
    took: 'ms',
    id: 'Request ID',
  },
  emptyTitle: 'No requests yet',
  emptyText: 'Calls that the app makes through the gateway appear here within a second or two.',
  noRefusedTitle: 'Nothing refused',
  noRefusedText: 'None of the requests kept here was refused.',
  headroom: 'Busiest minute of the last hour',
  headroomOf: (peak: number, limit: number): string => `${number(peak)} of ${number(limit)}`,
  allRefused: 'See all refused requests',
} as const;
