// Browser login: authorization code with PKCE on a loopback port (RFC 8252, RFC 7636, RFC 9207). The tab says "Signed
// in" only once the credential is stored.
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import type { Identity } from '../credential.ts';
import { checkBaseUrl } from '../http/base-url.ts';
import { askTokens, printable } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import type { TokenSet } from '../token-set.ts';
import type { PageContent } from './callback-page.ts';

import type { Callback, Loopback } from './loopback.ts';
import { findEndpoints } from './server-endpoints.ts';
import type { Endpoints } from './server-endpoints.ts';

export type BrowserLoginEvent =
  | {
      readonly type: 'listening';
      /** Short loopback address that redirects to the long one. */
      readonly shortUrl: string;
      readonly url: string;
      readonly opened: boolean;
      /** On the monotonic clock. */
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
};

type Attempt = {
  readonly server: Endpoints;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
};

export async function loginWithBrowser(options: BrowserLoginOptions): Promise<Result<TokenSet>> {
  const { io, signal } = options;
  const base = checkBaseUrl(options.baseUrl, 'the server address');
  if (!base.ok) return base;
  const server = await findEndpoints(io, base.value, signal);
  if (!server.ok) return server;
  const state = base64url(io.randomBytes(32));
  // Loaded here: a command with a saved sign-in never needs an HTTP server.
  const { listenOnLoopback } = await import('./loopback.ts');
  const loopback = await listenOnLoopback({ state, shortPath: shortName(io), port: options.port });
  if (!loopback.ok) return loopback;
  try {
    const attempt: Attempt = {
      server: server.value,
      state,
      verifier: base64url(io.randomBytes(32)),
      redirectUri: loopback.value.redirectUri,
    };
    const arrived = await invite(options, attempt, loopback.value);
    return arrived.ok ? await finish(options, attempt, arrived.value) : arrived;
  } finally {
    loopback.value.close();
  }
}

/** Shows and opens the address, and waits for the browser to come back. */
async function invite(
  options: BrowserLoginOptions,
  attempt: Attempt,
  loopback: Loopback,
): Promise<Result<Callback>> {
  const { io, timeoutMs = 5 * 60_000 } = options;
  const url = await authorizationUrl(options, attempt);
  loopback.setTarget(url);
  const deadlineMs = io.monotonicMs() + timeoutMs;
  const opened = options.openBrowser !== false && (await io.openBrowser(url));
  options.onEvent?.({ type: 'listening', shortUrl: loopback.shortUrl, url, opened, deadlineMs });
  const over = new AbortController();
  const stop = AbortSignal.any([
    io.signal,
    over.signal,
    ...(options.signal === undefined ? [] : [options.signal]),
  ]);
  const arrived = await Promise.race([loopback.callback, io.sleep(timeoutMs, stop)]);
  over.abort();
  if (arrived !== undefined) return ok(arrived);
  if (io.signal.aborted || options.signal?.aborted === true) return cancelled;
  return fail('expired', `nobody authorized within ${Math.round(timeoutMs / 60_000)} minutes`, {
    next: options.loginCommand,
  });
}

async function authorizationUrl(options: BrowserLoginOptions, attempt: Attempt): Promise<string> {
  const { challengeMethod } = await import('@latchkey/protocol');
  const { calculatePKCECodeChallenge } = await import('oauth4webapi');
  const url = new URL(attempt.server.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: attempt.redirectUri,
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
  callback: Callback,
): Promise<Result<TokenSet>> {
  options.onEvent?.({ type: 'redeeming' });
  const result = await redeemAndSave(options, attempt, callback.parameters);
  await (result.ok ? callback.answer(200, signedIn) : callback.answer(400, sorry(result.failure, options)));
  return result;
}

async function redeemAndSave(
  options: BrowserLoginOptions,
  attempt: Attempt,
  parameters: URLSearchParams,
): Promise<Result<TokenSet>> {
  const { io, clientId } = options;
  const code = await readCode(options, attempt, parameters);
  if (!code.ok) return code;
  const form = {
    grant_type: 'authorization_code',
    code: code.value,
    redirect_uri: attempt.redirectUri,
    client_id: clientId,
    code_verifier: attempt.verifier,
  };
  const { issuer, token_endpoint: url } = attempt.server;
  const answer = await askTokens(io, { url, body: { form } }, issuer);
  if (!answer.ok) return { ok: false, failure: { next: options.loginCommand, ...answer.failure } };
  const identity = await options.identify?.(answer.value).catch(() => undefined);
  const tokens = identity === undefined ? answer.value : { ...answer.value, identity };
  const saved = await options.save(tokens);
  return saved.ok ? ok(tokens) : saved;
}

/** `state` was compared when the request came; `iss` and the error form are the library's. */
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
