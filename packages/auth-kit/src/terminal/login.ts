// A whole login as the person meets it: the planned way, the ways out of it, and one end. Whichever way is done first
// wins; the others are stopped, and never redeem.
import type { Identity } from '../identity.ts';
import type { Failure, Result } from '../failure.ts';
import type { Io } from '../io.ts';
import { loginWithBrowser } from '../login/browser.ts';
import type { BrowserLoginOptions } from '../login/browser.ts';
import { rfc8628Dialect } from '../login/device-dialect.ts';
import type { LoginPlan } from '../login/plan.ts';
import { findEndpoints } from '../login/server-endpoints.ts';
import { turnstile } from '../login/turnstile.ts';
import type { Turnstile } from '../login/turnstile.ts';
import type { TokenSet } from '../token-set.ts';
import { showAddress, showPaste } from './browser-screen.ts';
import type { Listening } from './browser-screen.ts';
import { deviceLoginInTerminal } from './device-login.ts';
import { capital } from './screen.ts';

export type TerminalLoginOptions = {
  readonly io: Io;
  readonly plan: LoginPlan;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scope?: string | undefined;
  /** The server's page that shows `code#state`; `/oauth/code` on a Latchkey server. */
  readonly pasteRedirectUri?: string | undefined;
  readonly loginCommand: string;
  /** Proves that the result can be saved, before anything is asked. */
  readonly proveStore: () => Promise<Result<void>>;
  readonly save: (tokens: TokenSet) => Promise<Result<void>>;
  readonly identify?: ((tokens: TokenSet) => Promise<Identity | undefined>) | undefined;
};

/** Shows and asks on stderr; stdout stays the tool's own. Fails as `loginWithBrowser` and `finishDeviceLogin` do. */
export async function loginInTerminal(options: TerminalLoginOptions): Promise<Result<TokenSet>> {
  const writable = await options.proveStore();
  if (!writable.ok) return writable;
  const { plan } = options;
  if (plan.way === 'browser') {
    const result = await byBrowser(options);
    if (result.ok || result.failure.code !== 'no-port') return result;
    return await elsewhere(options, 'No port is free on this machine.');
  }
  const why = plan.asked ? undefined : `${capital(plan.because)}, so no browser is opened here.`;
  return plan.way === 'paste' ? await byPaste(options, why) : await elsewhere(options, why);
}

/** A code if the server has that; else the browser's code is carried back by hand. */
async function elsewhere(options: TerminalLoginOptions, why: string | undefined): Promise<Result<TokenSet>> {
  const result = await byDevice(options, { why });
  return offersNoDeviceCodes(result) ? await byPaste(options, why) : result;
}

type Meanwhile = {
  readonly why?: string | undefined;
  readonly signal?: AbortSignal;
  readonly turnstile?: Turnstile;
  readonly paste?: Listening['paste'];
  readonly onCode?: () => void;
};

async function byDevice(options: TerminalLoginOptions, meanwhile: Meanwhile): Promise<Result<TokenSet>> {
  const { io, baseUrl, clientId, scope, proveStore, loginCommand } = options;
  const server = await findEndpoints(io, baseUrl, meanwhile.signal);
  if (!server.ok) return server;
  const dialect = rfc8628Dialect({
    baseUrl: server.value.baseUrl,
    clientId,
    scope,
    deviceAuthorizationEndpoint: server.value.device_authorization_endpoint,
    tokenEndpoint: server.value.token_endpoint,
    revocationEndpoint: server.value.revocation_endpoint,
  });
  return await deviceLoginInTerminal<TokenSet>({
    io,
    dialect,
    proveStore,
    loginCommand,
    open: false,
    save: async (tokens) => {
      const identity = await options.identify?.(tokens).catch(() => undefined);
      return await options.save(identity === undefined ? tokens : { ...tokens, identity });
    },
    ...meanwhile,
  });
}

/** Not a failure of the login: this way is closed, and another may be open. */
function offersNoDeviceCodes(result: Result<TokenSet>): boolean {
  if (result.ok) return false;
  const { status, code } = result.failure;
  return status === 404 || code === 'unauthorized_client' || code === 'unsupported_grant_type';
}

async function byPaste(options: TerminalLoginOptions, why: string | undefined): Promise<Result<TokenSet>> {
  let stopWaiting = (): void => undefined;
  const result = await loginWithBrowser({
    ...browserOptions(options),
    openBrowser: false,
    listen: options.pasteRedirectUri === undefined,
    onEvent: (event) => {
      stopWaiting();
      if (event.type === 'listening') stopWaiting = showPaste(options.io, event, why);
    },
  });
  stopWaiting();
  return result;
}

/** `p` adds a device code; the browser may still come back first. */
async function byBrowser(options: TerminalLoginOptions): Promise<Result<TokenSet>> {
  const { io, plan } = options;
  const only = turnstile();
  const stop = new AbortController();
  let stopWaiting = (): void => undefined;
  let device: Promise<Result<TokenSet>> | undefined;
  let codeIsOut = false;
  let settle: (result: Result<TokenSet>) => void = () => undefined;
  const first = new Promise<Result<TokenSet>>((resolve) => (settle = resolve));
  const codeInstead = (event: Listening): void => {
    device ??= byDevice(options, {
      signal: stop.signal,
      turnstile: only,
      paste: event.paste,
      onCode: () => {
        codeIsOut = true;
        stopWaiting();
      },
    }).then((result) => {
      if (codeIsOut || !offersNoDeviceCodes(result)) settle(result);
      else {
        stopWaiting();
        stopWaiting = showPaste(io, event, undefined);
      }
      return result;
    });
  };
  const browser = loginWithBrowser({
    ...browserOptions(options),
    openBrowser: plan.openBrowser,
    turnstile: only,
    signal: stop.signal,
    onEvent: (event) => {
      stopWaiting();
      if (event.type === 'listening') stopWaiting = showAddress(io, event, () => codeInstead(event));
    },
  });
  const browserEnds = async (): Promise<void> => {
    const result = await browser;
    // The code on screen may live longer than the port.
    if (result.ok || result.failure.kind !== 'expired' || !codeIsOut) settle(result);
  };
  void browserEnds();
  const result = await first;
  stop.abort();
  const [, byCode] = await Promise.all([browser, device]);
  stopWaiting();
  return endOf(result, byCode);
}

/** After Ctrl-C the code's end is what there is to tell. */
function endOf(result: Result<TokenSet>, byCode: Result<TokenSet> | undefined): Result<TokenSet> {
  const cancelled = (failure: Failure): boolean => failure.kind === 'cancelled';
  if (result.ok || byCode === undefined || byCode.ok) return result;
  return cancelled(result.failure) && cancelled(byCode.failure) ? byCode : result;
}

function browserOptions(options: TerminalLoginOptions): BrowserLoginOptions {
  const { io, baseUrl, clientId, scope, pasteRedirectUri, loginCommand, save, identify } = options;
  return { io, baseUrl, clientId, scope, pasteRedirectUri, loginCommand, save, identify };
}
