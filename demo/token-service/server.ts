// A sample Token URL service, as docs/token-url.md defines it: it turns session ids that an upstream system gave out
// into access tokens, and keeps the app's secret and the customer key to itself.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, type Running } from '../listen.ts';
import { exchange, type Exchange, type ExchangeSettings } from './exchange.ts';
import { readSessionRequest } from './session-request.ts';

export type TokenServiceOptions = ExchangeSettings & {
  readonly port: number;
  readonly host?: string;
  /** Session ids that are good, e.g. one made per data folder. High-entropy: they are credentials. */
  readonly sessions: readonly string[];
  readonly now?: () => number;
};

type Answer = {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
};

const refuse = (
  status: number,
  error: string,
  error_description: string,
  headers?: Readonly<Record<string, string>>,
): Answer => ({ status, body: { error, error_description }, ...(headers === undefined ? {} : { headers }) });

const answerFor = (result: Exchange): Answer => {
  switch (result.is) {
    case 'tokens':
      return { status: 200, body: result.tokens };
    case 'ended':
      return refuse(401, 'invalid_session', 'The access behind this session has ended. Get a new session.', {
        'www-authenticate': 'Session',
      });
    case 'unavailable':
      return refuse(503, 'temporarily_unavailable', 'The authorization server does not answer. Try again.', {
        'retry-after': String(result.retryAfterSeconds),
      });
    case 'broken':
      return refuse(
        502,
        'server_error',
        'The authorization server refused this service. Its operator must look into it.',
      );
  }
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const GUESSES_MAX = 30;
const WINDOW_MS = 60_000;

/** Wrong session ids per minute, for all callers together. Right ones are never counted and never locked out. */
const guessLimit = (now: () => number): (() => number | undefined) => {
  let window = -1;
  let wrong = 0;
  return () => {
    const current = Math.floor(now() / WINDOW_MS);
    if (current !== window) [window, wrong] = [current, 0];
    wrong += 1;
    return wrong > GUESSES_MAX ? Math.ceil(((window + 1) * WINDOW_MS - now()) / 1000) : undefined;
  };
};

type Service = {
  readonly settings: ExchangeSettings;
  readonly isKnown: (sessionId: string) => boolean;
  readonly countGuess: () => number | undefined;
};

const answerTo = async (incoming: IncomingMessage, service: Service): Promise<Answer> => {
  if ((incoming.url ?? '').split('?', 1)[0] !== '/token') {
    return refuse(404, 'invalid_request', 'The Token URL is POST /token.');
  }
  if (incoming.method !== 'POST') {
    return refuse(405, 'invalid_request', 'The Token URL takes POST.', { allow: 'POST' });
  }
  const request = await readSessionRequest(incoming);
  if (!request.ok) return refuse(400, 'invalid_request', request.problem);
  if (service.isKnown(request.sessionId)) return answerFor(await exchange(service.settings));
  const waitSeconds = service.countGuess();
  return waitSeconds === undefined
    ? refuse(401, 'invalid_session', 'This session is unknown or has ended. Get a new one.', {
        'www-authenticate': 'Session',
      })
    : refuse(429, 'too_many_requests', `Too many wrong session ids. Wait ${waitSeconds} seconds.`, {
        'retry-after': String(waitSeconds),
      });
};

const send = (outgoing: ServerResponse, { status, body, headers }: Answer): void => {
  const bytes = Buffer.from(JSON.stringify(body));
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  outgoing.end(bytes);
};

export const startTokenService = async (options: TokenServiceOptions): Promise<Running> => {
  const { port, host = '127.0.0.1', sessions, now = Date.now, ...settings } = options;
  const known = sessions.map(digest);
  const service: Service = {
    settings: { ...settings, issuer: settings.issuer.replace(/\/+$/, '') },
    isKnown: (sessionId) => {
      const asked = digest(sessionId);
      // Every digest is compared, so that the time tells nothing about which one matched.
      return known.filter((one) => timingSafeEqual(one, asked)).length > 0;
    },
    countGuess: guessLimit(now),
  };
  const server = createServer((incoming, outgoing) => {
    void answerTo(incoming, service).then(
      (answer) => send(outgoing, answer),
      // Only a caller that went away mid-body, or a bug, comes here.
      () => outgoing.destroy(),
    );
  });
  return listen(server, port, host);
};
