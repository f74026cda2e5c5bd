// Browser login: authorization code with PKCE on a loopback port (RFC 8252, RFC 7636, RFC 9207), or with the code pasted
// by hand; whichever comes first. The tab says "Signed in" only once the credential is stored.
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import type { Identity } from '../identity.ts';
import { checkBaseUrl } from '../http/base-url.ts';
import { askTokens, printable } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import { renewedAt } from '../token-set.ts';
import type { TokenSet } from '../token-set.ts';
import type { PageContent } from './callback-page.ts';
import type { Callback, Loopback } from './loopback.ts';
import { readPasted } from './pasted.ts';
import type { PasteVerdict } from './pasted.ts';
import { findEndpoints } from './server-endpoints.ts';
import type { Endpoints } from './server-endpoints.ts';
import { turnstile } from './turnstile.ts';
import type { Turnstile } from './turnstile.ts';

export type BrowserLoginEvent =
  | {
      readonly type: 'listening';
      /** Short loopback address that redirects to the long one; undefined when nothing listens. */
      readonly shortUrl: string | undefined;
      readonly url: string;
      /** The same sign-in, ending on a page that shows what to paste; undefined when the server has none. */
      readonly pasteUrl: string | undefined;
      /** Offers what the person pasted: `code#state`, or the whole address that the browser ended at. */
      readonly paste: (text: string) => PasteVerdict;
      readonly opened: boolean;
      /** Milliseconds on the monotonic clock of `io`. */
      readonly deadlineMs: number;
    }
  | { readonly type: 'redeeming' };

export type BrowserLoginOptions = {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scope?: string | undefined;
  /** Default true. */
  readonly openBrowser?: boolean | undefined;
  /** False: no port is opened, and the code can only be pasted; needs `pasteRedirectUri`. Default true. */
  readonly listen?: boolean | undefined;
  /** The server's page that shows `code#state`, registered as a redirect URL of this app. */
  readonly pasteRedirectUri?: string | undefined;
  /** How long the person may take. Default 5 minutes. */
  readonly timeoutMs?: number | undefined;
  /** Fixed loopback port; default any free one. */
  readonly port?: number | undefined;
  /** Shown on the browser's failure page and in failures. */
  readonly loginCommand: string;
  readonly onEvent?: ((event: BrowserLoginEvent) => void) | undefined;
  /** Who the tokens are for; asked before saving. Not knowing it does not fail the login. */
  readonly identify?: ((tokens: TokenSet) => Promise<Identity | undefined>) | undefined;
  readonly save: (tokens: TokenSet) => Promise<Result<void>>;
  readonly signal?: AbortSignal | undefined;
  /** Shared with another way of the same login, so that only one of them redeems. */
  readonly turnstile?: Turnstile | undefined;
};

type Attempt = {
  readonly server: Endpoints;
  readonly state: string;
  readonly verifier: string;
};

/** How the code came back, and to which address it was sent. */
type Arrival = {
  readonly parameters: URLSearchParams;
  readonly redirectUri: string;
  readonly answer: Callback['answer'];
};

/**
 * Ends with saved tokens, or fails: `denied` (Cancel was pressed), `expired` (nobody came within `timeoutMs`), `rejected` (the
 * answer is not from this server, or the code was refused), `configuration` with code `no-port`, `storage` (not saved),
 * `network`, `server`, `cancelled`.
 */
export async function loginWithBrowser(options: BrowserLoginOptions): Promise<Result<TokenSet>> {
  const { io, signal } = options;
  const base = checkBaseUrl(options.baseUrl, 'the server address');
  if (!base.ok) return base;
  const server = await findEndpoints(io, base.value, signal);
  if (!server.ok) return server;
  const state = base64url(io.randomBytes(32));
  const attempt: Attempt = { server: server.value, state, verifier: base64url(io.randomBytes(32)) };
  if (options.listen === false) return await run(options, attempt, undefined);
  // Loaded here: a command with a saved sign-in never needs an HTTP server.
  const { listenOnLoopback } = await import('./loopback.ts');
  const loopback = await listenOnLoopback({ state, shortPath: shortName(io), port: options.port });
  if (!loopback.ok) return loopback;
  try {
    return await run(options, attempt, loopback.value);
  } finally {
    loopback.value.close();
  }
}

async function run(
  options: BrowserLoginOptions,
  attempt: Attempt,
  loopback: Loopback | undefined,
): Promise<Result<TokenSet>> {
  const arrived = await invite(options, attempt, loopback);
  return arrived.ok ? await finish(options, attempt, arrived.value) : arrived;
}

/** Shows and opens the address, and waits for the browser to come back, or for its code to be pasted. */
async function invite(
  options: BrowserLoginOptions,
  attempt: Attempt,
  loopback: Loopback | undefined,
): Promise<Result<Arrival>> {
  const { io, timeoutMs = 5 * 60_000, pasteRedirectUri } = options;
  const address = (redirectUri: string | undefined): Promise<string | undefined> =>
    redirectUri === undefined ? Promise.resolve(undefined) : authorizationUrl(options, attempt, redirectUri);
  const pasteUrl = await address(pasteRedirectUri);
  const url = (await address(loopback?.redirectUri)) ?? pasteUrl;
  if (url === undefined) return fail('configuration', 'a browser login needs a port or a page for its code');
  loopback?.setTarget(url);
  const pasted = pasteBox(attempt, pasteRedirectUri, loopback?.redirectUri);
  const deadlineMs = io.monotonicMs() + timeoutMs;
  const opened = options.openBrowser !== false && (await io.openBrowser(url));
  const { paste } = pasted;
  const shortUrl = loopback?.shortUrl;
  options.onEvent?.({ type: 'listening', shortUrl, url, pasteUrl, paste, opened, deadlineMs });
  const over = new AbortController();
  const stop = AbortSignal.any([
    io.signal,
    over.signal,
    ...(options.signal === undefined ? [] : [options.signal]),
  ]);
  const visited = loopback?.callback.then((callback) => ({
    ...callback,
    redirectUri: loopback.redirectUri,
  }));
  const ways = visited === undefined ? [pasted.arrival] : [visited, pasted.arrival];
  const arrived = await Promise.race([...ways, io.sleep(timeoutMs, stop)]);
  over.abort();
  if (arrived !== undefined) return ok(arrived);
  if (io.signal.aborted || options.signal?.aborted === true) return cancelled;
  return fail('expired', `nobody authorized within ${Math.round(timeoutMs / 60_000)} minutes`, {
    next: options.loginCommand,
  });
}

function pasteBox(
  { state, server }: Attempt,
  page: string | undefined,
  loopback: string | undefined,
): { readonly paste: (text: string) => PasteVerdict; readonly arrival: Promise<Arrival> } {
  let settle: (arrival: Arrival) => void;
  const arrival = new Promise<Arrival>((resolve) => (settle = resolve));
  const paste = (text: string): PasteVerdict => {
    const read = readPasted(text, { state, page, loopback });
    if (read.verdict !== 'taken') return read.verdict;
    const { parameters, redirectUri, shortened } = read;
    // The page is this server's own, and shows the code only: who copied it has read whose page it was.
    if (shortened) parameters.set('iss', server.issuer);
    settle({ parameters, redirectUri, answer: () => Promise.resolve() });
    return 'taken';
  };
  return { paste, arrival };
}

async function authorizationUrl(
  options: BrowserLoginOptions,
  attempt: Attempt,
  redirectUri: string,
): Promise<string> {
  const { challengeMethod } = await import('@latchkey/protocol');
  const { calculatePKCECodeChallenge } = await import('oauth4webapi');
  const url = new URL(attempt.server.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: redirectUri,
    state: attempt.state,
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: challengeMethod,
    ...(options.scope !== undefined && { scope: options.scope }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Whatever happens from here on, the tab gets its page. */
async function finish(
  options: BrowserLoginOptions,
  attempt: Attempt,
  arrival: Arrival,
): Promise<Result<TokenSet>> {
  options.onEvent?.({ type: 'redeeming' });
  const only = options.turnstile ?? turnstile();
  const result = await only.pass(() => redeemAndSave(options, attempt, arrival));
  if (result === 'over') {
    await arrival.answer(200, signedIn);
    return cancelled;
  }
  await (result.ok ? arrival.answer(200, signedIn) : arrival.answer(400, sorry(result.failure, options)));
  return result;
}

async function redeemAndSave(
  options: BrowserLoginOptions,
  attempt: Attempt,
  { parameters, redirectUri }: Arrival,
): Promise<Result<TokenSet>> {
  const { io, clientId } = options;
  const code = await readCode(options, attempt, parameters);
  if (!code.ok) return code;
  const form = {
    grant_type: 'authorization_code',
    code: code.value,
    redirect_uri: redirectUri,
    client_id: clientId,
    code_verifier: attempt.verifier,
  };
  const { baseUrl, token_endpoint: url } = attempt.server;
  const answer = await askTokens(io, { url, body: { form } }, baseUrl);
  if (!answer.ok) return { ok: false, failure: { next: options.loginCommand, ...answer.failure } };
  const identity = await options.identify?.(answer.value).catch(() => undefined);
  const tokens = {
    ...answer.value,
    ...renewedAt(baseUrl, url),
    ...(identity !== undefined && { identity }),
  };
  const saved = await options.save(tokens);
  return saved.ok ? ok(tokens) : saved;
}

/** `state` was compared when the code came; `iss` and the error form are the library's. */
async function readCode(
  { clientId, loginCommand }: BrowserLoginOptions,
  { server, state }: Attempt,
  parameters: URLSearchParams,
): Promise<Result<string>> {
  const oauth = await import('oauth4webapi');
  let code;
  try {
    code = oauth.validateAuthResponse(server, { client_id: clientId }, parameters, state).get('code');
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      return refusal(error.error, error.error_description, loginCommand);
    }
    return fail('rejected', 'the answer in the browser is not from this server', { next: loginCommand });
  }
  if (code !== null && code !== '') return ok(code);
  return fail('rejected', 'the browser came back without a code', { next: loginCommand });
}

function refusal(error: string, description: string | undefined, next: string): Result<never> {
  if (error === 'access_denied') {
    return fail('denied', 'not authorized: Cancel was pressed in the browser', { code: error, next });
  }
  const said = description === undefined ? '' : `: ${printable(description)}`;
  return fail('rejected', `the server answered ${printable(error)}${said}`, { code: error, next });
}

const signedIn: PageContent = {
  title: 'Signed in. Go back to your terminal.',
  lines: ['You can close this tab.'],
};

function sorry(failure: Failure, { loginCommand }: BrowserLoginOptions): PageContent {
  const reason = failure.reason.charAt(0).toUpperCase() + failure.reason.slice(1);
  const lines = [`${reason}. Nothing was saved.`, `To try again, run in your terminal: ${loginCommand}`];
  return { title: 'Not signed in', lines };
}

/** Four symbols that are hard to misread: it is typed when nothing opens. */
function shortName(io: Io): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return [...io.randomBytes(4)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
