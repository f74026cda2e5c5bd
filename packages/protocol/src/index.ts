// The rules of the OAuth specs, one spec a file. Pure: no I/O, no clock, no randomness, no node: import.
export {
  clientCredentials,
  parseBasic,
  type ClientAuthenticationProblem,
  type ClientCredentials,
} from './client-authentication.ts';
export { formProblemText, isForm, parseForm, printable, type Form, type FormProblem } from './form.ts';
export {
  tokenErrorStatus,
  type AuthorizeErrorCode,
  type TokenError,
  type TokenErrorCode,
} from './oauth-error.ts';
export {
  isLoopback,
  redirectUriMatches,
  redirectUriProblem,
  redirectUriWith,
  type RedirectUriProblem,
} from './redirect-uri.ts';
export { narrowScope, OPEN_API_SCOPE, parseScope, type ScopeRequest } from './scope.ts';
export { DEVICE_CODE_GRANT, serverMetadata, type ServerMetadata } from './server-metadata.ts';
export { challengeMethod, checkChallenge, isChallenge, isVerifier } from './pkce.ts';
export type { ChallengeCheck } from './pkce.ts';
export {
  formatUserCode,
  normaliseUserCode,
  pickUserCode,
  userCodeAlphabet,
  userCodeLength,
} from './user-code.ts';
