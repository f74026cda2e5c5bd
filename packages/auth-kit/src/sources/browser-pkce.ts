// The sign-in that a browser login saved; renewed with its refresh token.
import type { CredentialSource } from '../credential.ts';
import type { Failure } from '../failure.ts';
import { refresh } from '../exchanges.ts';
import { storeOf } from '../store/file-store.ts';
import type { Keeping } from '../store/file-store.ts';
import { resolveRenewing } from './renewing.ts';

export type BrowserPkceOptions = Keeping & {
  readonly name?: string;
  readonly label?: string;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly loginCommand: string;
};

/**
 * Tokens of a browser or device login, renewed by refresh token (RFC 6749 section 6; document 000, line 24). Fails with
 * `expired` when the server ended the sign-in, with `network` or `server` when it could not be asked: then what is saved stays.
 */
export function browserPkce(options: BrowserPkceOptions): CredentialSource {
  const { baseUrl, clientId, loginCommand } = options;
  const store = storeOf(options);
  return {
    name: options.name ?? 'browser-pkce',
    label: options.label ?? 'Browser OAuth (PKCE)',
    resolve: (context) =>
      resolveRenewing(
        {
          store,
          issuer: baseUrl,
          bindings: {},
          missing: [],
          absent: `no sign-in saved for ${new URL(baseUrl).host}`,
          rotates: true,
          renew: (cached) => {
            if (cached?.refreshToken === undefined) return undefined;
            const { tokenEndpoint, refreshToken } = cached;
            return () => refresh({ io: context.io, baseUrl, clientId, tokenEndpoint, refreshToken });
          },
          explain: (failure) => explain(failure, loginCommand),
        },
        context,
      ),
  };
}

function explain(failure: Failure, loginCommand: string): Failure {
  if (failure.kind === 'expired') return { ...failure, next: loginCommand };
  if (failure.code !== 'invalid_grant') return failure;
  return {
    kind: 'expired',
    reason: 'this sign-in has ended: expired, disconnected, or the permissions of the app changed',
    next: loginCommand,
    code: failure.code,
    status: failure.status,
  };
}
