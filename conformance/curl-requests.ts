// Every curl request of the five documents, as printed, and the list of what must change before it can run: only host,
// placeholders, and broken line ends or quotes.

export type Value =
  | 'origin'
  | 'clientId'
  | 'clientSecret'
  | 'basic'
  | 'code'
  | 'redirectUri'
  | 'verifier'
  | 'accessToken'
  | 'refreshToken'
  | 'customerKey'
  | 'deviceCode';

export type Change =
  | { readonly kind: 'host'; readonly from: string }
  | { readonly kind: 'placeholder'; readonly from: string; readonly value: Value; readonly keep?: string }
  | { readonly kind: 'line end' | 'quote'; readonly from: string; readonly to: string };

export type CurlRequest = {
  readonly id: string;
  readonly document: '001' | '002' | '003' | '004';
  readonly title: string;
  readonly printed: string;
  readonly changes: readonly Change[];
  /** What curl makes of it, where the text around it says something else. */
  readonly method: 'GET' | 'POST';
  readonly note?: string;
};

const host = (from: string): Change => ({ kind: 'host', from });
const placeholder = (from: string, value: Value): Change => ({ kind: 'placeholder', from, value });

const sendsGet =
  'Sends GET, since it has neither -X POST nor data, though the text says POST; it runs as printed.';
const sendsPost = "Sends POST because of --data '', though it reads a profile; it runs as printed.";

const OAUTH_TOKEN = 'https://api.lofty.com';
const VENDOR_TOKEN = 'https://crm.lofty.com';

export const curlRequests: readonly CurlRequest[] = [
  {
    id: '001-code',
    document: '001',
    title: 'Authorization code with a client secret',
    method: 'POST',
    printed: `curl -X POST https://api.lofty.com/oauth/token \\
  -H "Content-Type: application/x-www-form-urlencoded" \\
  -d "grant_type=authorization_code" \\
  -d "client_id=<CLIENT_ID>" \\
  -d "client_secret=<CLIENT_SECRET>" \\
  -d "code=<AUTHORIZATION_CODE>" \\
  -d "redirect_uri=<REDIRECT_URI>"`,
    changes: [
      host(OAUTH_TOKEN),
      placeholder('<CLIENT_ID>', 'clientId'),
      placeholder('<CLIENT_SECRET>', 'clientSecret'),
      placeholder('<AUTHORIZATION_CODE>', 'code'),
      placeholder('<REDIRECT_URI>', 'redirectUri'),
    ],
  },
  {
    id: '001-leads',
    document: '001',
    title: 'A call with the access token',
    method: 'GET',
    printed: `curl https://api.lofty.com/v1.0/leads \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer <ACCESS_TOKEN>"`,
    changes: [host(OAUTH_TOKEN), placeholder('<ACCESS_TOKEN>', 'accessToken')],
  },
  {
    id: '001-pkce',
    document: '001',
    title: 'Authorization code with PKCE and no secret',
    method: 'POST',
    printed: `curl -X POST https://api.lofty.com/oauth/token \\
  -H "Content-Type: application/x-www-form-urlencoded" \\
  -d "grant_type=authorization_code" \\
  -d "client_id=<CLIENT_ID>" \\
  -d "code=<AUTHORIZATION_CODE>" \\
  -d "code_verifier=<CODE_VERIFIER>" \\
  -d "redirect_uri=<REDIRECT_URI>"`,
    changes: [
      host(OAUTH_TOKEN),
      placeholder('<CLIENT_ID>', 'clientId'),
      placeholder('<AUTHORIZATION_CODE>', 'code'),
      placeholder('<CODE_VERIFIER>', 'verifier'),
      placeholder('<REDIRECT_URI>', 'redirectUri'),
    ],
  },
  {
    id: '001-client-credentials',
    document: '001',
    title: 'Client credentials with a customer key',
    method: 'POST',
    printed: `curl -X POST https://api.lofty.com/oauth/token \\
  -H "Content-Type: application/x-www-form-urlencoded" \\
  -d "grant_type=client_credentials" \\
  -d "client_id=<CLIENT_ID>" \\
  -d "client_secret=<CLIENT_SECRET>" \\
  -d "customer_key=<CUSTOMER_KEY>"`,
    changes: [
      host(OAUTH_TOKEN),
      placeholder('<CLIENT_ID>', 'clientId'),
      placeholder('<CLIENT_SECRET>', 'clientSecret'),
      placeholder('<CUSTOMER_KEY>', 'customerKey'),
    ],
  },
  {
    id: '002-code',
    document: '002',
    title: 'Code for tokens, parameters in the query',
    method: 'GET',
    note: sendsGet,
    printed: `curl --location 'https://crm.lofty.com/api/user-web/oauth/token?code=XXXXX&client_id=XXXX&redirect_uri=XXXXXX&grant_type=authorization_code'
--header 'Authorization: Basic {Base64 of client_id:client_secret}'
--header 'Content-Type: application/x-www-form-urlencoded'`,
    changes: [
      host(VENDOR_TOKEN),
      { kind: 'placeholder', from: 'code=XXXXX&', value: 'code', keep: 'code=*&' },
      { kind: 'placeholder', from: 'client_id=XXXX&', value: 'clientId', keep: 'client_id=*&' },
      { kind: 'placeholder', from: 'redirect_uri=XXXXXX&', value: 'redirectUri', keep: 'redirect_uri=*&' },
      placeholder('{Base64 of client_id:client_secret}', 'basic'),
      { kind: 'line end', from: "authorization_code'\n", to: "authorization_code' \\\n" },
      { kind: 'line end', from: "'\n--header 'Content", to: "' \\\n--header 'Content" },
    ],
  },
  {
    id: '002-refresh',
    document: '002',
    title: 'Refresh, parameters in the query',
    method: 'GET',
    note: sendsGet,
    printed: `curl --location 'https://crm.lofty.com/api/user-web/oauth/token?refresh_token={your_refresh_token}&grant_type=refresh_token'
--header 'Authorization: Basic {Base64 of client_id:client_secret}'
--header 'Content-Type: application/x-www-form-urlencoded'`,
    changes: [
      host(VENDOR_TOKEN),
      placeholder('{your_refresh_token}', 'refreshToken'),
      placeholder('{Base64 of client_id:client_secret}', 'basic'),
      { kind: 'line end', from: "grant_type=refresh_token'\n", to: "grant_type=refresh_token' \\\n" },
      { kind: 'line end', from: "'\n--header 'Content", to: "' \\\n--header 'Content" },
    ],
  },
  {
    id: '003-code',
    document: '003',
    title: "A customer's code for the bearer token",
    method: 'GET',
    note: sendsGet,
    printed: `curl --location 'https://crm.lofty.com/api/user-web/oauth/token?code=THEIRAUTHORIZATIONCODE&client_id=YOURCLIENTID&redirect_uri=YOURAPP.COM/REDIRECT&grant_type=authorization_code' \\
--header 'Authorization: Basic {Base 64 of the client_id:clientSecret} \\
--header 'Content-Type: application/x-www-form-urlencoded'`,
    changes: [
      host(VENDOR_TOKEN),
      placeholder('THEIRAUTHORIZATIONCODE', 'code'),
      placeholder('YOURCLIENTID', 'clientId'),
      placeholder('YOURAPP.COM/REDIRECT', 'redirectUri'),
      {
        kind: 'quote',
        from: '{Base 64 of the client_id:clientSecret} \\',
        to: "{Base 64 of the client_id:clientSecret}' \\",
      },
      placeholder('{Base 64 of the client_id:clientSecret}', 'basic'),
    ],
  },
  {
    id: '003-me-from',
    document: '003',
    title: 'The profile by a raw key, old host',
    method: 'POST',
    note: sendsPost,
    printed: `curl --location 'https://api.chime.me/v1.0/me' \\
--header 'Content-Type: application/json' \\
--header 'Authorization: XXXXXXXXXXXXXXX' \\
--data ''`,
    changes: [host('https://api.chime.me'), placeholder('XXXXXXXXXXXXXXX', 'customerKey')],
  },
  {
    id: '003-me-to',
    document: '003',
    title: 'The profile by a raw key, new host',
    method: 'POST',
    note: sendsPost,
    printed: `curl --location 'https://api.lofty.com/v1.0/me' \\
--header 'Content-Type: application/json' \\
--header 'Authorization: XXXXXXXXXXXXXXX' \\
--data ''`,
    changes: [host(OAUTH_TOKEN), placeholder('XXXXXXXXXXXXXXX', 'customerKey')],
  },
  {
    id: '004-start',
    document: '004',
    title: 'Start of a device login',
    method: 'POST',
    printed: `curl -X POST https://api.loomta.com/auth/device/start \\
-H "Content-Type: application/json" -d '{}'`,
    changes: [host('https://api.loomta.com')],
  },
  {
    id: '004-token',
    document: '004',
    title: 'A poll of a device login',
    method: 'POST',
    printed: `curl -X POST https://api.loomta.com/auth/device/token \\
-H "Content-Type: application/json" \\
-d '{ "device_code": "…secret…" }'`,
    changes: [host('https://api.loomta.com'), placeholder('…secret…', 'deviceCode')],
  },
];

export const curlRequest = (id: string): CurlRequest => {
  const found = curlRequests.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no curl request ${id}`);
  return found;
};

export type Values = Readonly<Partial<Record<Value, string>>>;

const valueOf = (name: Value | 'origin', values: Values): string => {
  const value = values[name];
  if (value === undefined) throw new Error(`no value for ${name}`);
  return value;
};

const replacement = (change: Change, values: Values): string => {
  switch (change.kind) {
    case 'host':
      return valueOf('origin', values);
    case 'placeholder': {
      const value = valueOf(change.value, values);
      return change.keep === undefined ? value : change.keep.replace('*', () => value);
    }
    case 'line end':
    case 'quote':
      return change.to;
  }
};

/** The command with the changes made, each at exactly one place. */
export const commandOf = (request: CurlRequest, values: Values): string => {
  let command = request.printed;
  for (const change of request.changes) {
    if (command.split(change.from).length !== 2)
      throw new Error(`${request.id}: "${change.from}" does not stand in it exactly once`);
    command = command.replace(change.from, () => replacement(change, values));
  }
  return command;
};

/** The list for the README. */
export const changeText = (change: Change): string => {
  switch (change.kind) {
    case 'host':
      return `host \`${change.from}\``;
    case 'placeholder':
      return `placeholder \`${change.from}\``;
    case 'quote':
      return 'the closing quote that is missing after the header';
    case 'line end':
      return 'a backslash at the end of a line';
  }
};
