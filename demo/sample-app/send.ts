// One request to the CRM's side, and the record of it that the page shows: everything but the secrets.
import { isObject, parseJson, writeJson, type Json, type JsonObject } from '../lossless-json.ts';

export type Request = {
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly bearer?: string;
  readonly form?: Readonly<Record<string, string>>;
};

export type Answer = {
  /** 0: nobody answered. */
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
};

export type Sent = {
  readonly title: string;
  readonly atMs: number;
  readonly tookMs: number;
  readonly status: number;
  readonly request: string;
  readonly answer: string;
  readonly meaning: string;
};

const TIMEOUT_MS = 15_000;
const SHOWN_MAX = 6000;

/** The kind (`lk_at_`) and the last four characters: enough to tell two apart, useless to a thief. */
const mask = (secret: string): string => {
  const kind = /^[a-z]+_[a-z]+_/.exec(secret)?.[0] ?? '';
  return secret.length - kind.length >= 16 ? `${kind}…${secret.slice(-4)}` : `${kind}…`;
};

const secretFields: ReadonlySet<string> = new Set([
  'access_token',
  'refresh_token',
  'client_secret',
  'code',
  'code_verifier',
]);

const maskField = (name: string, value: string): string => (secretFields.has(name) ? mask(value) : value);

const maskJson = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskField(name, value) : value,
    ]),
  );

const requestText = ({ method, url, bearer, form }: Request): string => {
  const { host, pathname, search } = new URL(url);
  return [
    `${method} ${pathname}${search}`,
    `Host: ${host}`,
    'Accept: application/json',
    ...(bearer === undefined ? [] : [`Authorization: Bearer ${mask(bearer)}`]),
    ...(form === undefined ? [] : ['Content-Type: application/x-www-form-urlencoded', '']),
    ...Object.entries(form ?? {}).map(([name, value]) => `${name}=${maskField(name, value)}`),
  ].join('\n');
};

/** What was secret in the request stays so, wherever the answer repeats it. */
const hideSecrets = (text: string, { bearer, form }: Request): string =>
  Object.entries({ ...form, access_token: bearer ?? '' })
    .filter(([name, value]) => secretFields.has(name) && value.length >= 8)
    .reduce((shown, [, value]) => shown.replaceAll(value, mask(value)), text);

const shownHeaders = [
  'content-type',
  'www-authenticate',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'retry-after',
  'x-request-id',
];

const answerText = (response: Response, body: Json | undefined, text: string): string => {
  const lines = shownHeaders.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
  const shown = body === undefined ? text : writeJson(isObject(body) ? maskJson(body) : body, 2);
  const cut = shown.length > SHOWN_MAX ? `${shown.slice(0, SHOWN_MAX)}\n… (cut)` : shown;
  return [`${response.status} ${response.statusText}`.trim(), ...lines, '', cut].join('\n');
};

export type Clock = { readonly now: () => number };

export const send = async (
  request: Request,
  explain: (answer: Answer) => string,
  { now }: Clock,
): Promise<{ readonly answer: Answer; readonly sent: Sent }> => {
  const atMs = now();
  const record = (answer: Answer, shown: string): { readonly answer: Answer; readonly sent: Sent } => ({
    answer,
    sent: {
      title: request.title,
      atMs,
      tookMs: now() - atMs,
      status: answer.status,
      request: requestText(request),
      answer: shown,
      meaning: explain(answer),
    },
  });
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
      },
      ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
      // A credential goes to the address that it was meant for, or nowhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const body = parseJson(text);
    const answer = { status: response.status, headers: response.headers, json: isObject(body) ? body : {} };
    return record(answer, hideSecrets(answerText(response, body, text), request));
  } catch {
    return record({ status: 0, headers: new Headers(), json: {} }, 'No answer.');
  }
};
