// Each requirement of documents 000 to 004 and the test that proves it; README.md is written from this (write-readme.ts).

export type Requirement = {
  readonly document: keyof typeof documents;
  readonly requirement: string;
  /** Test file, and the exact name of a test in it. */
  readonly proof: readonly [file: string, test: string];
};

export const documents = {
  '000': 'lofty-cli authentication',
  '001': 'OAuth 2.0 for developers',
  '002': 'OAuth 2.0 for vendors',
  '003': 'Lofty API and OAuth 2.0, the older article',
  '004': 'CLI device flow',
} as const;

const rowsOf =
  (document: Requirement['document'], file: string) =>
  (rows: readonly (readonly [requirement: string, test: string, otherFile?: string])[]): Requirement[] =>
    rows.map(([requirement, test, otherFile]) => ({
      document,
      requirement,
      proof: [otherFile ?? file, test],
    }));

const CURL = 'curl.test.ts';
const CLOCK = 'clock.test.ts';
const REFUSALS = 'refusals-device.test.ts';

const document000 = rowsOf(
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
    '001-oauth2.test.ts',
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

const document001 = rowsOf(
  '001',
  '001-oauth2.test.ts',
)([
  [
    'A registered app gets a Client ID and a Client Secret; new apps start in Development Mode',
    'gives a new app its Client ID and Client Secret at once, in Development Mode',
  ],
  [
    'In Development Mode the full flow works without review',
    'lets a new app run the whole flow without a review',
  ],
  [
    'Authorization code at `POST /oauth/token` with id and secret in the body',
    'exchanges a code with client id and secret in the body for an access and a refresh token',
  ],
  ['… the printed curl request', '001: exchanges a code with the client secret in the body', CURL],
  ['The access token in `Authorization: Bearer`', 'accepts the access token as a Bearer at the API'],
  ['… the printed curl request', '001: calls an endpoint with the access token', CURL],
  ['PKCE: code verifier instead of a secret', 'needs no client secret, only the verifier'],
  ['… the printed curl request', '001: exchanges a code with a PKCE verifier and no secret', CURL],
  [
    'The Lofty CLI uses this flow for browser login',
    'auth login-browser signs in by the browser, without a secret, and caches the tokens',
    '000-lofty-cli.test.ts',
  ],
  [
    'Client credentials with a `customer_key` that names the account',
    'gives a token for the account that the customer key names',
  ],
  ['… the printed curl request', '001: exchanges a customer key by client credentials', CURL],
  ['`customer_key` is required', 'requires the customer key'],
  [
    'That token has the user’s data and permissions',
    'limits the token to the data of the key owner and to the permissions of the app',
  ],
  [
    'A token is limited to the endpoints granted in the portal',
    'grants exactly the endpoints chosen in the portal, named in the scope of /oauth/token',
  ],
  [
    'Another endpoint: 403 with code 200100 and the documented message',
    'answers an endpoint outside the granted set with 403 and code 200100 [security 62]',
  ],
  ['Development: 100 requests a minute', 'counts a development app at 100 requests a minute'],
  [
    '… and the next one is refused',
    'answers the 101st request of a development app in a minute with 429, and the next minute anew [security 63]',
    CLOCK,
  ],
  ['Production: 500 requests a minute', 'counts a production app at 500 requests a minute'],
  ['Limits are per app, not per account', 'counts per app and not per account [security 63]'],
]);

const document002 = rowsOf(
  '002',
  '002-vendor-flow.test.ts',
)([
  [
    'The authorization page `/page/vendor-auth.html?clientId=`: the user signs in and chooses',
    'asks a person who is not signed in to sign in first, then for consent',
  ],
  ['The user chooses whether to authorize', 'names the app, its permissions in words, and both choices'],
  [
    'Granted: redirect to the registered URL with `code`',
    'redirects to the registered address with a code after Authorize',
  ],
  [
    'Denied: redirect with `error=access_denied`',
    'redirects with error=access_denied and no code after Cancel [security 5]',
  ],
  [
    'The code goes to the callback URL, not to the user',
    'gives the code to the vendor and never shows it to the person',
  ],
  [
    '`POST /api/user-web/oauth/token` with Basic; `code`, `client_id`, `redirect_uri`, `grant_type`; five answer fields; `token_type` Bearer, `scope` openApi',
    'answers exactly the five documented fields to parameters in the body',
  ],
  ['Parameters in the query, as the samples have them', 'takes the same parameters in the query, by POST'],
  [
    '… the printed curl request, which sends GET',
    '002: exchanges a code by the printed request, which sends GET',
    CURL,
  ],
  [
    '`redirect_uri` is the Authorized Redirect URL',
    'refuses a redirect address other than the one the code was sent to [security 18]',
  ],
  [
    '`expires_in` is the remaining lifetime in seconds',
    'an access token: at the moment that expires_in names',
    CLOCK,
  ],
  ['API calls with the token on behalf of the user', 'accepts the token at the API on behalf of the person'],
  [
    'Refresh without prompting the user; same answer fields',
    'refreshes with the same fields, without asking the person, and keeps the refresh token',
  ],
  [
    '… the printed curl request, which sends GET',
    '002: refreshes by the printed request, which sends GET',
    CURL,
  ],
  [
    'A refresh token is valid until 180 days',
    'a refresh token: good on day 179 and dead after 180, however often it was used [security 27]',
    CLOCK,
  ],
  [
    '… or until the user revokes access; users can disconnect at any time',
    'lets the person end it with Disconnect: access and refresh die at once [security 57]',
  ],
  [
    'Vendors cannot pull data unless the user initiates it',
    'gives a vendor nothing that the person did not start',
  ],
]);

const document003 = rowsOf(
  '003',
  '003-developer.test.ts',
)([
  [
    'The API key is found at Settings > Integrations > API',
    'shows the API key page at Settings, Integrations, API',
  ],
  ['An API key gives access to the API', 'makes a key that works as token, shown whole on one page'],
  [
    '`+ Add More Authorizations` starts an application',
    'offers + Add More Authorizations, which leads to the registration form',
  ],
  [
    'The registration form has the documented fields and `Submit`',
    'asks for the documented fields and ends with Submit',
  ],
  [
    'Submitted applications stand on the dashboard',
    'registers an app with every field and lists it on the dashboard',
  ],
  ['Several applications can be registered', 'registers several applications for one developer'],
  ['The dashboard has the documented columns', 'shows the documented columns'],
  [
    'client_id and client_secret are given to the developer',
    'shows the client secret whole once and masked on the dashboard',
  ],
  [
    '`client_id` names the client in the consent link (parameter table)',
    'takes client_id as well as clientId in the consent link',
  ],
  [
    'The “Authorized” or “Denied” status returns in the redirect URL',
    'returns the denied status in the redirect URL',
  ],
  [
    'Code for tokens by the printed HTTP request: Basic, form body, empty `client_id=`',
    'exchanges a code by the printed form body, with its empty client_id beside Basic',
  ],
  [
    '… the printed curl request, which sends GET',
    '003: exchanges a code by the printed request, which sends GET',
    CURL,
  ],
  ['Refresh by the printed HTTP request', 'refreshes by the printed form body'],
  [
    'The user must be signed in, and clicks Authorize',
    'asks a person who is not signed in to sign in first, then for consent',
    '002-vendor-flow.test.ts',
  ],
  ['The code is short-term', 'an authorization code: good at 59 seconds, dead at 60 [security 21]', CLOCK],
  [
    'Agents may not rotate the bearer token; they disconnect the integration',
    'lets an agent disconnect an app, and offers nothing to rotate its token',
  ],
  [
    'The key alone in `Authorization`',
    'takes the key alone in Authorization, as the printed /v1.0/me samples send it',
  ],
  [
    '… the printed curl request FROM, which sends POST',
    '003: reads the profile by the printed request of the old host, which sends POST',
    CURL,
  ],
  [
    '… the printed curl request TO, which sends POST',
    '003: reads the profile by the printed request of the new host, which sends POST',
    CURL,
  ],
]);

const document004 = rowsOf(
  '004',
  '004-device-flow.test.ts',
)([
  [
    '`POST /auth/device/start` answers the six fields; interval 5, 600 seconds; code `LMT-XXXX-XXXX`',
    'answers the documented fields, with 5 seconds and 600 seconds',
  ],
  ['… the printed curl request', '004: starts a device login', CURL],
  [
    'The complete address pre-fills the code',
    'pre-fills the code of the complete address, still asks, and a GET approves nothing [security 44]',
  ],
  [
    'The user signs in, picks a workspace and authorizes; a `loomta_sk_` key is minted',
    'asks for sign-in first, then for the workspace, then mints a loomta_sk_ key for it',
  ],
  [
    '`POST /auth/device/approve` with session, `x-organization-id` and `userCode`',
    'takes session, x-organization-id and userCode, and answers approved with the workspace',
  ],
  ['The key belongs to the chosen workspace', 'scopes the key to the chosen workspace'],
  [
    '`authorization_pending`: 400, not approved yet',
    'answers authorization_pending with 400 while nobody approved',
  ],
  ['… the printed curl request', '004: polls a device login', CURL],
  ['`slow_down`: polled too fast', 'answers slow_down to a poll within the interval [security 43]'],
  [
    '… adds 5 seconds to the interval',
    'polling pace: each early poll adds 5 seconds, which are remembered [security 43]',
    CLOCK,
  ],
  [
    '`expired_token`: the 10-minute window elapsed',
    'a device code: expired_token after 600 seconds, on both families of endpoints [security 48]',
    CLOCK,
  ],
  ['`access_denied`: denied', 'gives the terminal access_denied after I did not start this'],
  ['`access_denied`: invalid', 'answers access_denied to an unknown device code [security 48]'],
  [
    '200 with `status` and `api_key` exactly once; then `access_denied`: already claimed',
    'hands the key out exactly once, then answers access_denied [security 47]',
  ],
  [
    '… also when polls arrive at once',
    '20 parallel polls of an approved device request: one key, the others access_denied [security 47]',
    'races.test.ts',
  ],
  [
    'Every refusal of approve',
    'approve without, or with a foreign workspace, or a role too low: 403 workspace_forbidden, and the request stays pending [security 48b]',
    REFUSALS,
  ],
  [
    '`loomta auth:login` opens the browser, polls, saves the key',
    'auth:login opens the browser at the complete address, polls, and saves the key [security 47]',
  ],
  [
    '`loomta auth:login --no-browser` prints URL and code instead',
    'auth:login --no-browser prints the address and the code and opens nothing',
  ],
]);

export const requirements: readonly Requirement[] = [
  ...document000,
  ...document001,
  ...document002,
  ...document003,
  ...document004,
];
