// A token that another system put into the environment; used as it is.
import type { Credential, CredentialSource, Resolution } from '../credential.ts';
import type { Result } from '../failure.ts';
import { isHeaderToken } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import type { TokenSet } from '../token-set.ts';

export type DirectTokenOptions = {
  readonly name?: string;
  readonly label?: string;
  /** Name of the environment variable. */
  readonly variable: string;
  /** Called after a 401 only; its result lives for this process. Without it the token is used as is. */
  readonly renew?: (io: Io) => Promise<Result<TokenSet> | undefined>;
};

/** `exp` is by the server's clock: so near to it ours may be the wrong one, and the server is asked. */
const clockDoubtMs = 15 * 60_000;

/**
 * A token in a variable, used as it is (document 000, lines 50-53). Fails with `expired` after a 401 that `renew` does not
 * help, and with `configuration` when it could not stand in a header.
 */
export function directToken(options: DirectTokenOptions): CredentialSource {
  const { variable } = options;
  let renewed: TokenSet | undefined;
  return {
    name: options.name ?? 'direct-token',
    label: options.label ?? 'Direct Token',
    setToken: (io) => ((io.env[variable] ?? '').trim() === '' ? undefined : variable),
    resolve: async ({ io, refused, offline }): Promise<Resolution> => {
      const set = (io.env[variable] ?? '').trim();
      if (set === '') return { state: 'not-configured', missing: [variable] };
      if (!isHeaderToken(set)) {
        return failed(
          'configuration',
          `${variable} holds spaces or unprintable characters`,
          `set ${variable} again`,
        );
      }
      const token = renewed?.accessToken ?? set;
      const expiresAt = renewed?.expiresAt ?? jwtExpiry(set);
      const ended = token === refused || (expiresAt !== undefined && expiresAt + clockDoubtMs <= io.now());
      if (!ended) return { state: 'usable', credential: credential(token, expiresAt, options) };
      if (options.renew !== undefined && offline !== true) {
        const answer = await options.renew(io);
        if (answer?.ok === false) return { state: 'failed', failure: answer.failure };
        if (answer?.ok === true) {
          renewed = answer.value;
          return { state: 'usable', credential: credential(renewed.accessToken, renewed.expiresAt, options) };
        }
      }
      return failed(
        'expired',
        `the token in ${variable} is not accepted any more`,
        `put a new token into ${variable}`,
      );
    },
  };
}

function credential(token: string, expiresAt: number | undefined, options: DirectTokenOptions): Credential {
  return {
    token,
    scheme: 'Bearer',
    origin: options.variable,
    renews: options.renew !== undefined,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** The `exp` of a token that happens to be a JWT. It is read to save a call, never trusted. */
function jwtExpiry(token: string): number | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined || !token.startsWith('eyJ')) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

function failed(kind: 'configuration' | 'expired', reason: string, next: string): Resolution {
  return { state: 'failed', failure: { kind, reason, next } };
}
