// RFC 7636 (PKCE): which verifiers and challenges are legal. Hashing is the caller's, for Web Crypto is not synchronous.

/** The only method we accept: `plain` is refused everywhere (OAuth 2.1, security 16). */
export const challengeMethod = 'S256';

const verifierForm = /^[A-Za-z0-9\-._~]{43,128}$/;
// SHA-256 is 32 bytes, so 43 symbols of base64url whose last one carries 4 bits: the two bits below must be zero.
const challengeForm = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** RFC 7636 section 4.1. */
export function isVerifier(text: string): boolean {
  return verifierForm.test(text);
}

/** RFC 7636 section 4.2, for S256: exactly one base64url spelling of a SHA-256 hash. */
export function isChallenge(text: string): boolean {
  return challengeForm.test(text);
}

export type ChallengeCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'challenge'; readonly challenge: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'method-not-s256' | 'challenge-malformed' | 'challenge-missing';
    };

/** Reads the two parameters of an authorization request. An absent method means `plain` (section 4.3): refused. */
export function checkChallenge(
  challenge: string | undefined,
  method: string | undefined,
  required: boolean,
): ChallengeCheck {
  if (challenge === undefined) {
    if (required || method !== undefined) return { kind: 'refused', reason: 'challenge-missing' };
    return { kind: 'none' };
  }
  if (method !== challengeMethod) return { kind: 'refused', reason: 'method-not-s256' };
  if (!isChallenge(challenge)) return { kind: 'refused', reason: 'challenge-malformed' };
  return { kind: 'challenge', challenge };
}
