// Who the app is: the shared first phase of token, revocation, introspection and device authorization.
import { timingSafeEqual } from 'node:crypto';
import { clientCredentials, type ClientCredentials, type Form, type TokenError } from '@latchkey/protocol';
import type { App } from '../domain/apps/app.ts';
import type { Caused, Domain } from '../domain/domain.ts';
import { hashSecret } from '../secrets/record-secret.ts';

export type Authenticated =
  { readonly ok: true; readonly app: App } | { readonly ok: false; readonly error: TokenError };

/** One text for every failure: which part was wrong is nobody's business. */
const REFUSED: Authenticated = {
  ok: false,
  error: {
    error: 'invalid_client',
    description: 'The app could not be authenticated. Check client_id and client_secret.',
  },
};

const secretMatches = async (
  domain: Domain,
  credentials: ClientCredentials,
  caused: Caused,
): Promise<App | undefined> => {
  const { memory } = domain;
  const entry =
    memory.peekAppByClientId(credentials.clientId) ?? (await memory.appByClientId(credentials.clientId));
  if (entry === undefined || entry.app.deletedAtMs !== undefined) {
    // The same work as for a known app [security 36].
    hashSecret(credentials.clientId);
    return undefined;
  }
  if (credentials.method === 'none') return entry.app.kind === 'public' ? entry.app : undefined;
  if (entry.app.kind === 'public') return undefined;
  // The app's secrets, two at most, are at hand: the hash alone decides.
  const given = hashSecret(credentials.secret);
  const nowMs = domain.now();
  const secret = entry.secrets.find(
    (candidate) =>
      timingSafeEqual(given, candidate.hash) &&
      (candidate.endsAtMs === undefined || nowMs < candidate.endsAtMs),
  );
  if (secret === undefined) return undefined;
  domain.lastUsed.noteSecret(secret.id, caused.address);
  return entry.app;
};

export const authenticateApp = async (
  domain: Domain,
  form: Form,
  authorization: string | undefined,
  caused: Caused,
): Promise<Authenticated> => {
  const credentials = clientCredentials(authorization, {
    clientId: form.get('client_id'),
    secret: form.get('client_secret'),
  });
  if (credentials === 'two-methods') {
    return {
      ok: false,
      error: {
        error: 'invalid_request',
        description: 'The app was named twice, in the Authorization header and in the body. Use one of them.',
      },
    };
  }
  if (typeof credentials === 'string') return REFUSED;
  const source = { about: credentials.clientId.slice(0, 100), address: caused.address };
  const retryAfterSeconds = domain.guesses.blockedForSeconds('client-secret', source);
  if (retryAfterSeconds !== undefined) {
    return {
      ok: false,
      error: {
        error: 'invalid_client',
        description: `Too many failed tries from this address. Try again in ${retryAfterSeconds} seconds.`,
        retryAfterSeconds,
      },
    };
  }
  const app = await secretMatches(domain, credentials, caused);
  if (app !== undefined) return { ok: true, app };
  domain.guesses.failed('client-secret', source);
  return REFUSED;
};
