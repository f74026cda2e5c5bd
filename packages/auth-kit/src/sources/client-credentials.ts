// Tokens from client id and secret and what else the server wants (a customer key); asked for again when they end.
import type { CredentialSource } from '../credential.ts';
import type { Failure } from '../failure.ts';
import { exchangeClientCredentials } from '../exchanges.ts';
import { readSettings } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { storeOf } from '../store/file-store.ts';
import type { Keeping } from '../store/file-store.ts';
import { bindingsOf, resolveRenewing } from './renewing.ts';

export type ClientCredentialsOptions = Keeping & {
  readonly name?: string;
  readonly label?: string;
  readonly baseUrl: string;
  /** Default: that of a Latchkey server. */
  readonly tokenEndpoint?: string | undefined;
  readonly clientId: Setting;
  readonly clientSecret: Setting;
  /** Further form parameters, by wire name: `{ customer_key: … }`. All are required. */
  readonly parameters?: Readonly<Record<string, Setting>>;
  readonly loginCommand: string;
};

/**
 * Client credentials (RFC 6749 section 4.4) with a customer key where the server wants one (documents 000, lines 26-49, and
 * 001, lines 68-75). Fails with `rejected` when a setting is wrong; one that is missing only makes the link `not set`.
 */
export function clientCredentials(options: ClientCredentialsOptions): CredentialSource {
  const { baseUrl, tokenEndpoint } = options;
  const store = storeOf(options);
  return {
    name: options.name ?? 'client-credentials',
    label: options.label ?? 'Client Credentials',
    resolve: async (context) => {
      const settings = await readSettings(
        { client_id: options.clientId, client_secret: options.clientSecret, ...options.parameters },
        context.io,
      );
      const { client_id: clientId = '', client_secret: clientSecret = '', ...parameters } = settings.values;
      const renew = () => () =>
        exchangeClientCredentials({
          io: context.io,
          baseUrl,
          tokenEndpoint,
          clientId,
          clientSecret,
          parameters,
        });
      return await resolveRenewing(
        {
          store,
          issuer: baseUrl,
          bindings: bindingsOf(settings.values),
          missing: settings.complete ? [] : settings.missing,
          rotates: false,
          renew: settings.complete ? renew : () => undefined,
          explain,
        },
        context,
      );
    },
  };
}

function explain(failure: Failure): Failure {
  if (failure.code === 'invalid_client') {
    return {
      ...failure,
      reason: 'client id or secret is wrong',
      next: 'copy both from the developer portal again',
    };
  }
  if (failure.code === 'invalid_grant') {
    return {
      ...failure,
      reason: 'the customer key is unknown, revoked or expired, or its owner disconnected this app',
      next: 'copy a key from Settings > Integrations > API',
    };
  }
  return failure;
}
