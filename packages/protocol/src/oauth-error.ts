// Error codes of the wire and their HTTP status: RFC 6749 5.2 and 4.1.2.1, RFC 8628 3.5, RFC 6750 3.1, RFC 7009 2.2.1.

export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'unsupported_token_type'
  | 'temporarily_unavailable';

export type AuthorizeErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'temporarily_unavailable';

/** A refusal of the token, revocation, introspection or device authorization endpoint. */
export type TokenError = {
  readonly error: TokenErrorCode;
  /** Printable ASCII without quote and backslash; says what to do. Never more about a credential than the code does. */
  readonly description: string;
  /** Seconds to wait; makes the answer a 429. */
  readonly retryAfterSeconds?: number;
};

export const tokenErrorStatus = (error: TokenError): number => {
  if (error.retryAfterSeconds !== undefined) return 429;
  if (error.error === 'invalid_client') return 401;
  return error.error === 'temporarily_unavailable' ? 503 : 400;
};
