// RFC 6749 4.4 with the resource owner's customer_key (documents 000, 001).
import { exchangeKey } from '../../domain/connections/exchange-key.ts';
import { invalidGrant, missing, scopeOf, scopeTooWide, type Grant } from './grant.ts';

export const clientCredentialsGrant: Grant = {
  type: 'client_credentials',
  notFor: (app) =>
    app.kind === 'public'
      ? 'client_credentials needs an app that runs on a server and has a secret.'
      : undefined,
  async run({ domain, app, form, caused }) {
    const customerKey = form.get('customer_key');
    if (customerKey === undefined) return missing('customer_key');
    const scope = scopeOf(form);
    if (scope === undefined) return scopeTooWide;
    const source = { about: app.clientId, address: caused.address };
    const retryAfterSeconds = domain.guesses.blockedForSeconds('customer-key', source);
    if (retryAfterSeconds !== undefined) {
      return {
        ok: false,
        error: {
          error: 'invalid_grant',
          description: `Too many wrong keys from this address. Try again in ${retryAfterSeconds} seconds.`,
          retryAfterSeconds,
        },
      };
    }
    const result = await exchangeKey(domain, { app, customerKey, scope }, caused);
    if (result.ok) return result;
    if (result.reason === 'scope-too-wide') return scopeTooWide;
    if (result.reason === 'bad-key') domain.guesses.failed('customer-key', source);
    return invalidGrant(
      'The customer_key is not valid for this app: unknown, revoked, expired, or its owner disconnected the app. Get a key from Settings, Integrations, API.',
    );
  },
};
