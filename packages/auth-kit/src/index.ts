// auth-kit: login for any command-line tool. This is the package's only public edge.
import type { Credential, CredentialSource, Identity } from './credential.ts';
import type { Failure, Result } from './failure.ts';
import type { Io } from './io.ts';
import type { TokenSet } from './token-set.ts';

export { nodeIo } from './io.ts';
export type { Io, Output } from './io.ts';
export { cancelled, fail, ok } from './failure.ts';
export type { Failure, FailureKind, Result } from './failure.ts';
export type { Credential, CredentialSource, Identity, Resolution, ResolveContext } from './credential.ts';
export type { TokenSet } from './token-set.ts';

// ---- settings: a value and where it may come from -----------------------------------------------------------------
export type Setting = {
  /** Shown when missing: `LOFTY_CLIENT_ID`, `--sessionid`. */
  readonly name: string;
  /** Undefined when absent or empty. `from` is what status shows. */
  readonly read: (io: Io) => Promise<{ readonly value: string; readonly from: string } | undefined>;
};
export declare function envSetting(name: string): Setting;
export declare function fileSetting(path: string): Setting;
/** A value that came by flag; undefined reads as absent. */
export declare function fixedSetting(name: string, value: string | undefined): Setting;
/** The first that is present; named after the first. */
export declare function firstOf(...settings: readonly [Setting, ...Setting[]]): Setting;

// ---- sources (paths are absolute; the CLI owns them) --------------------------------------------------------------
export type TokenUrlOptions = {
  readonly name?: string;
  readonly label?: string;
  readonly cachePath: string;
  /** API base URL that the tokens are for. */
  readonly baseUrl: string;
  readonly tokenUrl: Setting;
  readonly sessionId: Setting;
  readonly loginCommand: string;
};
export declare function tokenUrl(options: TokenUrlOptions): CredentialSource;

export type BrowserPkceOptions = {
  readonly name?: string;
  readonly label?: string;
  readonly cachePath: string;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly loginCommand: string;
};
export declare function browserPkce(options: BrowserPkceOptions): CredentialSource;

export type ClientCredentialsOptions = {
  readonly name?: string;
  readonly label?: string;
  readonly cachePath: string;
  readonly baseUrl: string;
  readonly clientId: Setting;
  readonly clientSecret: Setting;
  /** Further form parameters, by wire name: `{ customer_key: … }`. All are required. */
  readonly parameters?: Readonly<Record<string, Setting>>;
  readonly loginCommand: string;
};
export declare function clientCredentials(options: ClientCredentialsOptions): CredentialSource;

export type DirectTokenOptions = {
  readonly name?: string;
  readonly label?: string;
  /** Name of the environment variable. */
  readonly token: string;
  /** Called after a 401 only; its result lives for this process. Without it the token is used as is. */
  readonly renew?: (io: Io) => Promise<Result<TokenSet> | undefined>;
};
export declare function directToken(options: DirectTokenOptions): CredentialSource;

export type ApiKeyEnvOptions = { readonly name?: string; readonly label?: string; readonly variable: string };
export declare function apiKeyEnv(options: ApiKeyEnvOptions): CredentialSource;
export type ApiKeyFileOptions = {
  readonly name?: string;
  readonly label?: string;
  readonly path: string;
  /** Picks the key out of the file's text; undefined when it is not there. */
  readonly pick: (text: string) => string | undefined;
  readonly loginCommand: string;
};
export declare function apiKeyFile(options: ApiKeyFileOptions): CredentialSource;

// ---- chain --------------------------------------------------------------------------------------------------------
export type LinkState = 'not set' | 'usable' | 'in use' | 'shadowed' | 'failed' | 'not pinned';
export type Link = {
  readonly name: string;
  readonly label: string;
  readonly state: LinkState;
  /** Fit for the Why column of `auth status`. */
  readonly reason: string;
  readonly credential?: Credential;
  readonly failure?: Failure;
};
export type ChainOptions = {
  readonly io: Io;
  readonly notice?: (line: string) => void;
  /** Name of the only source to use. */
  readonly pin?: string | undefined;
  /** Said when nothing is configured, after "Start with: ". */
  readonly startWith?: string;
};
export type ChainAnswer =
  | {
      readonly ok: true;
      readonly source: Pick<CredentialSource, 'name' | 'label'>;
      readonly credential: Credential;
      readonly links: readonly Link[];
    }
  | { readonly ok: false; readonly failure: Failure; readonly links: readonly Link[] };
export type Chain = {
  /** First source that yields a valid token. Links below the winner are not evaluated (absent in `links`). */
  readonly resolve: (ask?: { readonly refused?: string }) => Promise<ChainAnswer>;
  /** Every link with its state. Links below the winner are looked at without a call; with `offline`, all are. */
  readonly explain: (ask?: { readonly offline?: boolean }) => Promise<{
    readonly links: readonly Link[];
    readonly inUse: Link | undefined;
    readonly failure: Failure | undefined;
  }>;
};
export declare function chain(sources: readonly CredentialSource[], options: ChainOptions): Chain;

// ---- token cache and private files --------------------------------------------------------------------------------
export type Notice = (line: string) => void;
/** Undefined when absent or unreadable as a cache. Repairs looser modes with a notice. */
export declare function readTokenCache(path: string, notice?: Notice): Promise<TokenSet | undefined>;
export declare function writeTokenCache(path: string, tokens: TokenSet): Promise<Result<void>>;
/** Removes the file, or only if it still holds this access token. True when something was removed. */
export declare function clearTokenCache(
  path: string,
  onlyIf?: { readonly accessToken: string },
): Promise<boolean>;
export declare function readPrivateFile(path: string, notice?: Notice): Promise<string | undefined>;
/** Directory 0700, file 0600, replaced atomically. */
export declare function writePrivateFile(path: string, text: string): Promise<Result<void>>;
export declare function removePrivateFile(path: string): Promise<boolean>;
/** Says before a login whether its result can be saved. */
export declare function proveWritable(path: string): Promise<Result<void>>;
/** Runs `work` while holding the lock beside `path`; fails with `storage` when it cannot be had in time. */
export declare function withLock<T>(
  path: string,
  io: Io,
  work: () => Promise<Result<T>>,
  options?: { readonly waitMs?: number; readonly holdMs?: number },
): Promise<Result<T>>;

// ---- logins -------------------------------------------------------------------------------------------------------
export type BrowserLoginEvent =
  | {
      readonly type: 'listening';
      /** Short loopback address that redirects to the long one. */
      readonly shortUrl: string;
      readonly url: string;
      readonly opened: boolean;
      readonly deadlineMs: number;
    }
  | { readonly type: 'redeeming' };
export type BrowserLoginOptions = {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scope?: string | undefined;
  /** Default true. */
  readonly openBrowser?: boolean;
  readonly timeoutMs?: number;
  /** Fixed loopback port; default any free one. */
  readonly port?: number;
  /** Shown on the browser's failure page and in failures. */
  readonly loginCommand: string;
  readonly onEvent?: (event: BrowserLoginEvent) => void;
  /** Who the tokens are for; asked before saving. A failure here does not fail the login. */
  readonly identify?: (tokens: TokenSet) => Promise<Identity | undefined>;
  readonly save: (tokens: TokenSet) => Promise<Result<void>>;
  readonly signal?: AbortSignal;
};
export declare function loginWithBrowser(options: BrowserLoginOptions): Promise<Result<TokenSet>>;

export type DeviceCode = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string | undefined;
  readonly intervalSeconds: number;
  readonly expiresInSeconds: number;
};
export type WireRequest = {
  readonly url: string;
  readonly body: { readonly form: Readonly<Record<string, string>> } | { readonly json: unknown };
};
/** What differs between products in a device login; everything else is RFC 8628. */
export type DeviceDialect<T> = {
  readonly start: WireRequest;
  readonly poll: (deviceCode: string) => WireRequest;
  /** The collected credential from a 200 answer, or undefined if it is none. */
  readonly collect: (answer: Readonly<Record<string, unknown>>, nowMs: number) => T | undefined;
  /** Said for `access_denied`. */
  readonly deniedReason: string;
};
export declare function rfc8628Dialect(options: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scope?: string | undefined;
}): DeviceDialect<TokenSet>;
/** `/auth/device/start` and `/auth/device/token` with JSON bodies, ending in `api_key` (document 004). */
export declare function apiKeyDialect(options: { readonly baseUrl: string }): DeviceDialect<string>;
export type DeviceLoginOptions<T> = {
  readonly io: Io;
  readonly dialect: DeviceDialect<T>;
  /** Asked before a code is: proves that the result can be saved. */
  readonly proveStore: () => Promise<Result<void>>;
  readonly save: (credential: T) => Promise<Result<void>>;
  /** Show the code; `deadlineMs` is on the monotonic clock. */
  readonly onCode: (code: DeviceCode, deadlineMs: number) => void | Promise<void>;
  readonly loginCommand: string;
  readonly signal?: AbortSignal;
};
export declare function loginWithDeviceCode<T>(options: DeviceLoginOptions<T>): Promise<Result<T>>;

// ---- exchanges ----------------------------------------------------------------------------------------------------
export declare function exchangeTokenUrl(request: {
  readonly io: Io;
  readonly tokenUrl: string;
  readonly sessionId: string;
  readonly baseUrl: string;
}): Promise<Result<TokenSet>>;
export declare function exchangeClientCredentials(request: {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly parameters?: Readonly<Record<string, string>>;
}): Promise<Result<TokenSet>>;
/** RFC 6749 section 6. Keeps the old refresh token when the answer has none. */
export declare function refresh(request: {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly refreshToken: string;
}): Promise<Result<TokenSet>>;
/** RFC 7009. */
export declare function revoke(request: {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly token: string;
}): Promise<Result<void>>;

// ---- calling the API ----------------------------------------------------------------------------------------------
export type ApiAnswer =
  | {
      readonly ok: true;
      readonly response: Response;
      readonly source: Pick<CredentialSource, 'name' | 'label'>;
      readonly credential: Credential;
      /** This machine's clock minus the server's, when the answer had a Date. */
      readonly clockSkewMs: number | undefined;
      readonly elapsedMs: number;
    }
  | { readonly ok: false; readonly failure: Failure; readonly clockSkewMs?: number | undefined };
/** `path` is appended to the base URL; any HTTP status is an `ok` answer. */
export type AuthorizedFetch = (path: string, init?: RequestInit) => Promise<ApiAnswer>;
export type AuthorizedFetchOptions = {
  readonly io: Io;
  readonly chain: Pick<Chain, 'resolve'>;
  readonly baseUrl: string;
  readonly timeoutMs?: number;
  /** Longest time spent waiting for Retry-After in one call. */
  readonly retryBudgetMs?: number;
  /** One redacted line per request and answer. */
  readonly verbose?: (line: string) => void;
};
export declare function authorizedFetch(options: AuthorizedFetchOptions): AuthorizedFetch;
export declare function redactText(text: string): string;
/** A base URL without trailing slash; plain http is refused unless the host is loopback. */
export declare function checkBaseUrl(text: string, name: string): Result<string>;

// ---- terminal -----------------------------------------------------------------------------------------------------
export declare function symbols(io: Io): {
  readonly done: string;
  readonly failed: string;
  readonly note: string;
};
/** True when colour may be written to this output (TTY, no NO_COLOR, no TERM=dumb). */
export declare function colourAllowed(io: Io, output: 'stdout' | 'stderr'): boolean;
/** `4:52` */
export declare function formatCountdown(ms: number): string;
/** `~/.config/x` for a path under the home directory. */
export declare function displayPath(path: string, io: Io): string;
/** Shows `text(remaining)` on stderr, rewritten each second on a TTY, else printed once. Call the result to take it away. */
export declare function showWait(
  io: Io,
  deadlineMs: number,
  text: (remaining: string, columns: number) => string,
): () => void;
/** By OSC 52, on a terminal. False when there is none. */
export declare function copyToClipboard(io: Io, text: string): boolean;
