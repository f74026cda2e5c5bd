// Signing in and out by the management API sets and clears the cookie of the session, as the pages do.
import { COOKIE_TOTAL_MS } from '../domain/sessions/lifetimes.ts';
import type { CookieJar } from '../http/cookies.ts';
import { SECRET_PREFIX } from '../secrets/record-secret.ts';

/** Operations that open a session for whoever asks. Who makes a key gets a secret too, and never a cookie. */
const OPENS = new Set([
  'sessions.sign-in',
  'sessions.sign-in-with-passkey',
  'sessions.second-step',
  'sessions.second-step-with-passkey',
  'users.verify-sign-up',
  'invitations.accept-as-newcomer',
]);

const secretOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'secret' in value && typeof value.secret === 'string'
    ? value.secret
    : '';

export const cookiesAfter = (cookies: CookieJar, id: string, value: unknown): readonly string[] => {
  if (id === 'sessions.sign-out') return [cookies.clear(cookies.session)];
  const secret = OPENS.has(id) ? secretOf(value) : '';
  // A half session is no cookie: it is shown in the answer, for the second step alone.
  if (!secret.startsWith(SECRET_PREFIX.session)) return [];
  return [cookies.set(cookies.session, secret, COOKIE_TOTAL_MS / 1000)];
};
