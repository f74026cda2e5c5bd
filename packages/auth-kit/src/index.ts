// auth-kit: login for any command-line tool. This is the package's public edge (`./output` is standard-output.ts alone).

// The outside world, and how a failure looks
export { nodeIo } from './io.ts';
export type { Io } from './io.ts';
export type { Machine } from './login/machine.ts';
export type { Output } from './terminal/standard-output.ts';
export { cancelled, fail, ok } from './failure.ts';
export type { Failure, FailureKind, Result } from './failure.ts';

// Sources of a credential, the settings they read, and the chain that asks them in order
export { apiKeyEnv, apiKeyFile } from './sources/api-key.ts';
export type { ApiKeyEnvOptions, ApiKeyFileOptions } from './sources/api-key.ts';
export { browserPkce } from './sources/browser-pkce.ts';
export type { BrowserPkceOptions } from './sources/browser-pkce.ts';
export { clientCredentials } from './sources/client-credentials.ts';
export type { ClientCredentialsOptions } from './sources/client-credentials.ts';
export { directToken } from './sources/direct-token.ts';
export type { DirectTokenOptions } from './sources/direct-token.ts';
export { tokenUrl, tokenUrlRenewal } from './sources/token-url.ts';
export type { TokenUrlOptions } from './sources/token-url.ts';
export { envSetting, fileSetting, firstOf, fixedSetting } from './setting.ts';
export type { Setting, SettingValue } from './setting.ts';
export { readSecretFile, withSecretFiles } from './secret-files.ts';
export { chain } from './chain.ts';
export type { Chain, ChainAnswer, ChainAsk, ChainOptions, Explanation, Link, LinkState } from './chain.ts';
export type { Credential, CredentialSource, Resolution, ResolveContext } from './credential.ts';
export type { Identity } from './identity.ts';
export type { TokenSet } from './token-set.ts';

// Logins without a screen, and the choice among them
export { gatherEvidence } from './login/evidence.ts';
export { planLogin } from './login/plan.ts';
export type { LoginEvidence, LoginPlan, LoginWay, LoginWishes } from './login/plan.ts';
export { loginWithBrowser } from './login/browser.ts';
export type { BrowserLoginEvent, BrowserLoginOptions } from './login/browser.ts';
export type { PasteVerdict } from './login/pasted.ts';
export { beginDeviceLogin, finishDeviceLogin, loginWithDeviceCode } from './login/device-code.ts';
export type {
  DeviceBeginOptions,
  DeviceFinishOptions,
  DeviceLogin,
  DeviceLoginOptions,
} from './login/device-code.ts';
export { cancelDeviceLogin } from './login/device-cancel.ts';
export { parseDeviceTicket } from './login/device-ticket.ts';
export type { DeviceTicket } from './login/device-ticket.ts';
export { apiKeyDialect, rfc8628Dialect } from './login/device-dialect.ts';
export type { DeviceDialect } from './login/device-dialect.ts';
export type { JsonObject, WireRequest } from './http/token-endpoint.ts';
export { beginHandOver, resumeHandOver } from './login/hand-over.ts';
export type { HandOverOptions, Resumed, ResumeOptions } from './login/hand-over.ts';
export { turnstile } from './login/turnstile.ts';
export type { Turnstile } from './login/turnstile.ts';
export { exchangeTokenUrl, refresh } from './exchanges.ts';

// Logins with their screens, and what a tool's own lines share with them
export { loginInTerminal } from './terminal/login.ts';
export type { TerminalLoginOptions } from './terminal/login.ts';
export { cancelledWords, deviceLoginInTerminal } from './terminal/device-login.ts';
export type { DeviceTerminalOptions } from './terminal/device-login.ts';
export type { DeviceWords } from './terminal/device-screen.ts';
export { displayPath } from './terminal/display-path.ts';
export { link } from './terminal/link.ts';
export { isNarrow } from './terminal/screen.ts';
export { symbols } from './terminal/symbols.ts';
export type { Symbols } from './terminal/symbols.ts';

// Where a sign-in is kept, and its end
export { fileStore } from './store/file-store.ts';
export type { Keeping } from './store/file-store.ts';
export { keychainStore } from './store/keychain-store.ts';
export type { KeychainOptions } from './store/keychain-store.ts';
export { autoStore } from './store/auto-store.ts';
export type { AutoStoreOptions } from './store/auto-store.ts';
export type { StoragePlace, StoreContext, TokenStore } from './store/token-store.ts';
export { rememberIdentity } from './store/remember-identity.ts';
export { withLock } from './store/lock.ts';
export { proveWritable, readPrivateFile, removePrivateFile, writePrivateFile } from './store/private-file.ts';
export type { Notice } from './store/private-file.ts';
export {
  checkProfileName,
  defaultProfile,
  forProfile,
  readProfiles,
  removeProfile,
  saveProfile,
  selectProfile,
  unknownProfile,
} from './store/profiles.ts';
export type { Profile, Profiles } from './store/profiles.ts';
export { signOut } from './sign-out.ts';
export type { PlaceOutcome, SavedSignIn, SignOutOptions, SignOutReport, TokenOutcome } from './sign-out.ts';

// Calls, and what may be told of them
export { authorizedFetch } from './http/authorized-fetch.ts';
export type { ApiAnswer, AuthorizedFetch, AuthorizedFetchOptions } from './http/authorized-fetch.ts';
export { checkBaseUrl } from './http/base-url.ts';
export { clockSkewMs } from './http/clock-skew.ts';
export { exchangeLines, traceExchanges } from './http/exchange.ts';
export type { Exchange } from './http/exchange.ts';
export { redactText } from './http/redact.ts';
export { explanationData } from './explanation.ts';
export type { ExplanationData, LinkData } from './explanation.ts';
