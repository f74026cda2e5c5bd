// Tokens from an upstream system's own endpoint, for a session id that it minted. Higher than all others.
import type { CredentialSource } from '../credential.ts';
import { ok } from '../failure.ts';
import type { Failure } from '../failure.ts';
import { exchangeTokenUrl } from '../exchanges.ts';
import type { TokenSet } from '../token-set.ts';
import { readSettings } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { storeOf } from '../store/file-store.ts';
import type { Keeping } from '../store/file-store.ts';
import type { StoreContext, TokenStore } from '../store/token-store.ts';
import { bindingsOf, resolveRenewing } from './renewing.ts';

export type TokenUrlOptions = Keeping & {
  readonly name?: string;
  readonly label?: string;
  /** API base URL that the tokens are for. */
  readonly baseUrl: string;
  readonly tokenUrl: Setting;
  readonly sessionId: Setting;
  readonly loginCommand: string;
};

/**
 * Tokens for a session id at a Token URL (document 000, lines 16-22), asked for again when they end. Fails with `rejected`
 * when the session id is not accepted any more.
 */
export function tokenUrl(options: TokenUrlOptions): CredentialSource {
  const { baseUrl, loginCommand } = options;
  const store = storeOf(options);
  return {
    name: options.name ?? 'token-url',
    label: options.label ?? 'Token URL',
    resolve: async (context) => {
      const { io } = context;
      const settings = await readSettings({ tokenUrl: options.tokenUrl, sessionId: options.sessionId }, io);
      // Values that came by flag at login live in the cache; the environment, where set, is newer.
      const bindings = bindingsOf(settings.values);
      const kept = settings.complete ? undefined : renewalOf(await stored(store, context), bindings, baseUrl);
      const url = settings.values['tokenUrl'] ?? kept?.['tokenUrl'];
      const sessionId = settings.values['sessionId'] ?? kept?.['sessionId'];
      const exchange =
        url === undefined || sessionId === undefined
          ? undefined
          : async () => {
              const answer = await exchangeTokenUrl({ io, tokenUrl: url, sessionId, baseUrl });
              if (!answer.ok || !settings.transient) return answer;
              return ok({ ...answer.value, renewal: tokenUrlRenewal(url, sessionId).renewal });
            };
      return await resolveRenewing(
        {
          store,
          issuer: baseUrl,
          bindings,
          missing: settings.complete ? [] : settings.missing,
          rotates: false,
          renew: () => exchange,
          explain: (failure) => explain(failure, loginCommand),
        },
        context,
      );
    },
  };
}

/** What a login saves with the tokens when its values came by flag, so that later commands renew by themselves. */
export function tokenUrlRenewal(
  url: string,
  sessionId: string,
): {
  readonly bindings: Readonly<Record<string, string>>;
  readonly renewal: Readonly<Record<string, string>>;
} {
  const values = { tokenUrl: url, sessionId };
  return { bindings: bindingsOf(values), renewal: values };
}

async function stored(store: TokenStore, context: StoreContext): Promise<TokenSet | undefined> {
  const found = await store.read(context);
  return found.ok ? found.value : undefined;
}

/** A kept session id goes to the address and server it was kept for, and to no other. */
function renewalOf(
  cached: TokenSet | undefined,
  bindings: Readonly<Record<string, string>>,
  baseUrl: string,
): TokenSet['renewal'] {
  if (cached === undefined || cached.issuer !== baseUrl) return undefined;
  const differs = Object.entries(bindings).some(([name, hash]) => cached.bindings?.[name] !== hash);
  return differs ? undefined : cached.renewal;
}

function explain(failure: Failure, loginCommand: string): Failure {
  if (failure.kind !== 'rejected') return failure;
  return {
    ...failure,
    reason: 'the Token URL does not accept this session id',
    next: `get a new session id, then ${loginCommand}`,
  };
}
