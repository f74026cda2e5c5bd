// Rows of document 000, lofty-cli authentication: each requirement, and the test that proves it.
import { rowsOf } from './row.ts';

const OAUTH = '001-oauth2.test.ts';

export const document000 = rowsOf(
  '000',
  '000-lofty-cli.test.ts',
)([
  [
    'Four methods, tried in the documented order at every command; the first valid token wins',
    'evaluates Token URL, browser, client credentials, direct token in this order at every invocation',
  ],
  [
    'Token URL by `LOFTY_TOKEN_URL` and `LOFTY_SESSION_ID`: `auth login-session`, cached in `~/.config/tokens/lofty-session-cache.json`',
    'auth login-session exchanges LOFTY_SESSION_ID at LOFTY_TOKEN_URL and caches the answer',
  ],
  ['`--tokenurl` and `--sessionid` inline', 'auth login-session takes --tokenurl and --sessionid inline'],
  [
    'Token URL tokens are refreshed transparently',
    'renews a cached session token that expired, without a word from the person',
  ],
  [
    'Browser OAuth (PKCE): `auth login-browser`, cached in `~/.config/tokens/lofty-pkce-cache.json`',
    'auth login-browser signs in by the browser, without a secret, and caches the tokens',
  ],
  ['Browser tokens are refreshed automatically', 'refreshes an expired browser token by itself'],
  [
    'Client credentials by `LOFTY_CLIENT_ID`, `LOFTY_CLIENT_SECRET`, `LOFTY_CUSTOMER_KEY`: `auth login`, cached in `~/.config/tokens/lofty-oauth-cache.json`',
    'auth login exchanges id, secret and customer key and caches the token',
  ],
  [
    'Client-credentials tokens are refreshed automatically',
    'renews an expired client-credentials token by itself',
  ],
  [
    'The customer key names whose data is read; the token has that account’s data and permissions',
    'limits the token to the data of the key owner and to the permissions of the app',
    OAUTH,
  ],
  [
    'Direct token by `LOFTY_ACCESS_TOKEN`, used as it is, no login command',
    'uses LOFTY_ACCESS_TOKEN as it is, without any login, and writes nothing',
  ],
  ['`LOFTY_REFRESH_TOKEN` is optional', 'takes the optional LOFTY_REFRESH_TOKEN when the token has ended'],
  [
    '`auth status` shows which method resolved and where the credentials came from',
    'auth status shows which method resolved and where the credentials came from',
  ],
  ['`auth test` makes a real call (`GET /me`)', 'auth test makes a real call to /v1.0/me'],
  [
    '`auth show` prints the customer key masked, `--raw` whole; `auth set` writes `~/.config/lofty-cli/customer-key`, mode 600',
    'auth set saves the customer key with mode 600; auth show masks it, --raw prints it; auth remove deletes it',
  ],
  [
    '`auth logout` deletes the Token URL cache, the PKCE token, the OAuth cache and the customer key, and revokes nothing on the server',
    'auth logout deletes the three caches and the customer key, and revokes nothing',
  ],
  ['A failing `auth test` names clock skew', 'names clock skew, with the fix'],
  ['… an expired refresh token', 'names an expired refresh token, with the fix'],
  ['… a wrong customer key', 'names a wrong customer key, with the fix'],
  ['… a missing scope', 'names a missing permission (missing scope), with the fix'],
]);
