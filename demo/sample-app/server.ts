// A vendor's web app: a confidential OAuth app on a host name of its own (127.0.0.1; the CRM's is localhost), because
// cookies ignore ports and one shared name would hand it the CRM's session cookie.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, type Running } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { callApi, deleteLead } from './leads.ts';
import { beginConnecting, exchangeCode, readCallback, refreshTokens, type AppSettings } from './oauth.ts';
import { connectedPage, CRM_NAME, problemPage, startPage } from './page.ts';
import { createSessions, isFormToken, type Session, type Sessions } from './session.ts';

export type SampleAppOptions = {
  readonly port: number;
  /** The authorization server, as this server reaches it. */
  readonly issuer: string;
  /** The same, as the browser reaches it; `issuer` unless told. */
  readonly publicIssuer?: string;
  /** Where the API is; `issuer` unless told. */
  readonly apiUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now?: () => number;
  readonly random?: () => string;
};

type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

type Site = {
  readonly settings: AppSettings;
  readonly apiUrl: string;
  readonly sessions: Sessions;
  readonly now: () => number;
  readonly random: () => string;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
};

const page = (body: string, status = 200): Answer => ({
  status,
  body,
  headers: { 'content-type': 'text/html; charset=utf-8' },
});

const problem = (status: number, title: string, words: string): Answer =>
  page(problemPage(title, words), status);

/** 303: reloading the next page repeats nothing. */
const goTo = (location: string, cookie?: string): Answer => ({
  status: 303,
  body: '',
  headers: { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) },
});

const file = (name: string, type: string): Answer => ({
  status: 200,
  body: readFileSync(new URL(name, import.meta.url), 'utf8'),
  headers: { 'content-type': type },
});

const files: Readonly<Record<string, Answer>> = {
  '/style.css': file('style.css', 'text/css; charset=utf-8'),
  '/icon.svg': file('icon.svg', 'image/svg+xml'),
};

const showHome = (session: Session | undefined): Answer => {
  if (session?.tokens === undefined) {
    const body = startPage(session);
    if (session !== undefined) session.notice = undefined;
    return page(body);
  }
  const body = connectedPage(session);
  session.notice = undefined;
  return page(body);
};

const connect = (known: Session | undefined, site: Site): Answer => {
  const session = known ?? site.sessions.create();
  const location = beginConnecting(
    session,
    site.settings,
    `${site.origin}/callback`,
    site.now(),
    site.random,
  );
  return goTo(location, known === undefined ? site.sessions.admit(session) : undefined);
};

const kept = (session: Session): string =>
  session.tokens === undefined ? 'Nothing was connected.' : 'The earlier connection is as it was.';

const finishConnecting = async (
  session: Session | undefined,
  query: URLSearchParams,
  site: Site,
): Promise<Answer> => {
  const callback = readCallback(session, query, site.settings, site.now());
  if (session === undefined || callback.is === 'unexpected') {
    return problem(
      400,
      'This answer fits no request',
      'It is not one that this browser asked for, or it was used already, or is older than ten minutes. Connect again.',
    );
  }
  if (callback.is === 'other-issuer') {
    return problem(400, 'This answer came from elsewhere', `It is not from ${CRM_NAME}, so it was not used.`);
  }
  if (callback.is === 'cancelled') {
    const text = `The answer was error=access_denied. ${kept(session)}`;
    session.notice = { kind: 'info', title: 'You did not authorize this app', text };
    return goTo('/');
  }
  if (callback.is === 'refused') {
    const text = `${CRM_NAME} answered ${callback.error.slice(0, 60)}. ${callback.description.slice(0, 300)} ${kept(session)}`;
    session.notice = { kind: 'bad', title: 'The connection was refused', text };
    return goTo('/');
  }
  const { code, verifier } = callback;
  const clock = { now: site.now };
  const isDone = await exchangeCode(
    session,
    site.settings,
    { code, verifier, redirectUri: `${site.origin}/callback` },
    clock,
  );
  if (isDone && session.tokens !== undefined) {
    session.leads = [];
    await callApi(session, session.tokens.accessToken, site.apiUrl, clock);
  }
  // What the browser may do has changed, so its cookie changes too.
  return goTo('/', site.sessions.admit(session));
};

type Act = (session: Session, accessToken: string, site: Site) => Promise<void>;

const acts: Readonly<Record<string, Act>> = {
  '/call': (session, accessToken, site) => callApi(session, accessToken, site.apiUrl, site),
  '/delete': (session, accessToken, site) => deleteLead(session, accessToken, site.apiUrl, site),
  '/refresh': async (session, _accessToken, site) => {
    const refreshToken = session.tokens?.refreshToken;
    if (refreshToken === undefined) {
      session.notice = {
        kind: 'bad',
        title: 'There is no refresh token',
        text: `${CRM_NAME} gave none with the access token. Connect again when it ends.`,
      };
      return;
    }
    await refreshTokens(session, refreshToken, site.settings, site);
  },
};

const isForeign = (incoming: IncomingMessage, origin: string): boolean => {
  const site = incoming.headers['sec-fetch-site'];
  const from = incoming.headers.origin;
  return (site !== undefined && site !== 'same-origin') || (from !== undefined && from !== origin);
};

const perform = async (
  act: Act,
  session: Session | undefined,
  incoming: IncomingMessage,
  site: Site,
): Promise<Answer> => {
  const body = await readBody(incoming, 4096);
  const given = new URLSearchParams(body?.toString() ?? '').get('form_token') ?? '';
  if (session?.tokens === undefined) {
    return problem(
      403,
      'Not connected',
      `This browser has no connection to ${CRM_NAME} any more. Connect again.`,
    );
  }
  if (isForeign(incoming, site.origin) || !isFormToken(session, given)) {
    return problem(403, 'This page is out of date', 'Go back to the start and press the button there.');
  }
  await act(session, session.tokens.accessToken, site);
  return goTo('/');
};

const answerTo = async (incoming: IncomingMessage, site: Site): Promise<Answer> => {
  const { host } = incoming.headers;
  const url = URL.parse(incoming.url ?? '/', site.origin);
  if (url === null) return problem(404, 'No such page', 'Check the address.');
  if (host !== new URL(site.origin).host) {
    // Another name for this server would get cookies of its own; a foreign one is a rebinding attempt.
    return host?.startsWith('localhost:') === true && incoming.method === 'GET'
      ? { status: 307, body: '', headers: { location: `${site.origin}${url.pathname}${url.search}` } }
      : problem(400, 'Wrong host', `Open this app at ${site.origin}.`);
  }
  const session = site.sessions.find(incoming.headers.cookie);
  const act = Object.hasOwn(acts, url.pathname) ? acts[url.pathname] : undefined;
  if (act !== undefined && incoming.method === 'POST') return perform(act, session, incoming, site);
  if (act !== undefined) return goTo('/');
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
    return { ...problem(405, 'This page can only be read', 'Go back to the start.') };
  }
  if (url.pathname === '/') return showHome(session);
  if (url.pathname === '/connect') return connect(session, site);
  if (url.pathname === '/callback') return finishConnecting(session, url.searchParams, site);
  const known = Object.hasOwn(files, url.pathname) ? files[url.pathname] : undefined;
  return known ?? problem(404, 'No such page', 'Check the address, or start over.');
};

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

const send = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, body, headers }: Answer,
): void => {
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { ...securityHeaders, ...headers, 'content-length': bytes.length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : bytes);
};

export const startSampleApp = async (options: SampleAppOptions): Promise<Running> => {
  const { issuer, publicIssuer = issuer, apiUrl = issuer, clientId, clientSecret } = options;
  const { now = Date.now, random = () => randomBytes(32).toString('base64url') } = options;
  const plain = (address: string): string => address.replace(/\/+$/, '');
  const parts = {
    settings: { issuer: plain(issuer), publicIssuer: plain(publicIssuer), clientId, clientSecret },
    apiUrl: plain(apiUrl),
    sessions: createSessions(now, random),
    now,
    random,
  };
  const server = createServer((incoming, outgoing) => {
    void answerTo(incoming, { ...parts, origin: running.url }).then(
      (answer) => send(incoming, outgoing, answer),
      // Only a caller that went away mid-body, or a bug, comes here.
      () => outgoing.destroy(),
    );
  });
  const running = await listen(server, options.port, '127.0.0.1');
  return running;
};
