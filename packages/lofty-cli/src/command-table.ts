/** Owns the list of commands; parsing, help and suggestions are all read from it. */
import { customerKey, entityId, oneOf, secureUrl, shortText, wholeNumber } from './checks.ts';
import type { CommandSpec } from './command.ts';

const auth: readonly CommandSpec[] = [
  {
    path: ['auth', 'set'],
    summary: 'Save the customer key that client credentials act for',
    details: [
      'Find the key in the CRM under Settings > Integrations > API.',
      'Use - to read it from standard input; a key on the command line can be seen by other programs.',
    ],
    positionals: [{ name: 'customer-key', summary: 'The key, or - for standard input', check: customerKey }],
    examples: ['lofty-cli auth set - < key.txt', 'lofty-cli auth set eyJhbGciOiJIUzI1NiJ9...'],
    load: () => import('./commands/auth/set.ts'),
  },
  {
    path: ['auth', 'show'],
    summary: 'Print the active customer key, masked',
    options: [{ name: 'raw', summary: 'Print the whole key' }],
    load: () => import('./commands/auth/show.ts'),
  },
  {
    path: ['auth', 'remove'],
    summary: 'Delete the saved customer key and the tokens got with it',
    load: () => import('./commands/auth/remove.ts'),
  },
  {
    path: ['auth', 'login'],
    summary: 'Sign in with client credentials and a customer key',
    details: [
      'Needs LOFTY_CLIENT_ID and LOFTY_CLIENT_SECRET, and a customer key from LOFTY_CUSTOMER_KEY or auth set.',
    ],
    load: () => import('./commands/auth/login.ts'),
  },
  {
    path: ['auth', 'login-session'],
    summary: 'Sign in by a Token URL and a session id',
    details: [
      'Without options it takes LOFTY_TOKEN_URL and LOFTY_SESSION_ID.',
      'A session id on the command line can be seen by other programs; - reads it from standard input.',
    ],
    options: [
      {
        name: 'tokenurl',
        value: 'URL',
        summary: 'Where the session id is exchanged for tokens',
        check: secureUrl,
      },
      {
        name: 'sessionid',
        value: 'ID',
        summary: 'The session id, or - for standard input',
        check: shortText(4096),
      },
    ],
    examples: ['lofty-cli auth login-session --tokenurl https://auth.example.com/token --sessionid -'],
    load: () => import('./commands/auth/login-session.ts'),
  },
  {
    path: ['auth', 'login-browser'],
    summary: 'Sign in with your browser (recommended for people)',
    options: [{ name: 'no-browser', summary: 'Open no browser: show an address or code for any device' }],
    load: () => import('./commands/auth/login-browser.ts'),
  },
  {
    path: ['auth', 'status'],
    summary: 'Show which method is in use, and why the others are not',
    details: ['Asks the server only when a token has to be got or renewed.'],
    options: [{ name: 'offline', summary: 'Ask no server at all' }],
    load: () => import('./commands/auth/status.ts'),
  },
  {
    path: ['auth', 'test'],
    summary: 'Make a real call (GET /v1.0/me) and name the cause if it fails',
    load: () => import('./commands/auth/test.ts'),
  },
  {
    path: ['auth', 'logout'],
    summary: 'Delete saved tokens and the customer key from this computer',
    details: ['Without --revoke nothing is revoked at the server.'],
    options: [{ name: 'revoke', summary: 'End the browser sign-in at the server too' }],
    load: () => import('./commands/auth/logout.ts'),
  },
];

const resources: readonly CommandSpec[] = [
  {
    path: ['me'],
    summary: 'Print your profile',
    load: () => import('./commands/me.ts'),
  },
  {
    path: ['leads', 'list'],
    summary: 'List leads',
    options: [
      {
        name: 'limit',
        value: 'N',
        summary: 'How many, 1 to 100',
        wire: 'limit',
        check: wholeNumber(1, 100),
      },
      {
        name: 'offset',
        value: 'N',
        summary: 'How many to skip',
        wire: 'offset',
        check: wholeNumber(0, 2 ** 31 - 1),
      },
      {
        name: 'scroll-id',
        value: 'ID',
        summary: 'Go on from an earlier page',
        wire: 'scrollId',
        check: shortText(1024),
      },
      {
        name: 'sort',
        value: 'FIELD',
        summary: 'Order, such as LastActivity',
        wire: 'sort',
        check: shortText(64),
      },
      { name: 'desc', summary: 'Largest or newest first', wire: 'desc' },
      {
        name: 'assigned-user-id',
        value: 'ID',
        summary: 'Only leads of this user',
        wire: 'assignedUserId',
        check: entityId,
      },
      {
        name: 'stage',
        value: 'STAGE',
        summary: 'Only this stage, such as "New Lead"',
        wire: 'stage',
        check: shortText(256),
      },
      {
        name: 'source',
        value: 'SOURCE',
        summary: 'Only this source',
        wire: 'source',
        check: shortText(256),
      },
      {
        name: 'email',
        value: 'EMAIL',
        summary: 'Only this e-mail address',
        wire: 'email',
        check: shortText(320),
      },
      {
        name: 'phone',
        value: 'PHONE',
        summary: 'Only this phone number',
        wire: 'phone',
        check: shortText(64),
      },
      {
        name: 'key',
        value: 'TEXT',
        summary: 'Search by name, e-mail or phone',
        wire: 'key',
        check: shortText(256),
      },
      {
        name: 'any-tags',
        value: 'TAGS',
        summary: 'With any of these tags, comma separated',
        wire: 'anyTags',
        check: shortText(1024),
      },
      {
        name: 'all-tags',
        value: 'TAGS',
        summary: 'With all of these tags, comma separated',
        wire: 'allTags',
        check: shortText(1024),
      },
      {
        name: 'contacted',
        value: 'BOOL',
        summary: 'true or false',
        wire: 'contacted',
        check: oneOf('true', 'false'),
      },
    ],
    examples: [
      'lofty-cli leads list --limit 10',
      'lofty-cli leads list --stage "New Lead" --format csv > leads.csv',
    ],
    load: () => import('./commands/leads/list.ts'),
  },
  {
    path: ['api'],
    summary: 'Call any endpoint',
    details: [
      '--data takes JSON, @file for a file, or - for standard input; numbers are sent digit for digit.',
    ],
    positionals: [
      { name: 'METHOD', summary: 'GET, POST, PUT, PATCH or DELETE', check: httpMethod },
      { name: 'path', summary: 'Such as /v1.0/leads/123', check: apiPath },
    ],
    options: [
      { name: 'data', value: 'JSON', summary: 'Request body: JSON, @file, or - for standard input' },
      {
        name: 'query',
        value: 'NAME=VALUE',
        summary: 'Query parameter; may be repeated',
        repeatable: true,
        check: queryPair,
      },
    ],
    examples: [
      'lofty-cli api GET /v1.0/members --query limit=5',
      `lofty-cli api POST /v1.0/leads --data '{"firstName":"Ana"}'`,
    ],
    load: () => import('./commands/api.ts'),
  },
];

export const commands: readonly CommandSpec[] = [...auth, ...resources];

/** A first word that only groups commands, and what stands behind it. */
export const groups: Readonly<Record<string, string>> = {
  auth: 'Sign in, see how you are signed in, sign out',
  leads: 'Leads',
};

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function httpMethod(value: string): string | undefined {
  return methods.includes(value.toUpperCase()) ? undefined : `must be one of ${methods.join(', ')}`;
}

/** Only a path: a whole address could carry the credential to a stranger's host. */
function apiPath(value: string): string | undefined {
  if (value.length > 8192) return 'is longer than 8192 characters';
  if (!value.startsWith('/')) return 'must start with /, such as /v1.0/me; the host is LOFTY_BASE_URL';
  if (value.startsWith('//') || value.includes('\\')) return 'must be a plain path, such as /v1.0/me';
  if (value.includes('#')) return 'must not hold a #';
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'must be percent-encoded: no spaces, no other characters';
}

function queryPair(value: string): string | undefined {
  if (value.length > 8192) return 'is longer than 8192 characters';
  return value.indexOf('=') > 0 ? undefined : 'must look like name=value';
}
