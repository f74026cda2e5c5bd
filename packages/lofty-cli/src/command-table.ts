/** Owns the list of our own commands; parsing, help, completion and suggestions are all read from it. */
import { customerKey, oneOf, secureUrl, shortText } from './checks.ts';
import type { CommandSpec } from './command.ts';

const gitActions = ['get', 'store', 'erase'];
const dockerActions = ['get', 'list', 'store', 'erase'];

const profiles: readonly CommandSpec[] = [
  {
    path: ['auth', 'profiles'],
    summary: 'List profiles: accounts and hosts side by side',
    details: [
      'A login with --profile NAME begins one, at the host of LOFTY_BASE_URL. Without, everything is the default profile.',
    ],
    options: [
      { name: 'remove', value: 'NAME', summary: 'Forget a profile and delete what is saved for it here' },
    ],
    examples: ['lofty-cli auth login-browser --profile work'],
    load: () => import('./commands/auth/profiles.ts'),
  },
  {
    path: ['auth', 'switch'],
    summary: 'Use another profile from now on',
    positionals: [{ name: 'profile', summary: 'Its name; default is the one without files of its own' }],
    examples: ['lofty-cli auth switch work'],
    load: () => import('./commands/auth/switch.ts'),
  },
];

/** Programs that fetch credentials by a command of their own: each has a protocol for it. */
const helpers: readonly CommandSpec[] = [
  {
    path: ['auth', 'helper', 'git'],
    summary: 'Answer git by its credential protocol',
    details: ['Answers for the host of LOFTY_BASE_URL only. store does nothing; erase renews the token.'],
    // Of an action that a later git may invent, the protocol wants silence.
    positionals: [{ name: 'action', summary: 'get, store or erase', values: gitActions }],
    examples: ["git config credential.https://api.lofty.com.helper '!lofty-cli auth helper git'"],
    load: () => import('./commands/auth/helper/git.ts'),
  },
  {
    path: ['auth', 'helper', 'docker'],
    summary: 'Answer docker by its credential helper protocol',
    details: [
      'Put a program named docker-credential-lofty on your PATH that runs: lofty-cli auth helper docker "$1"',
      'Then name "lofty" under credHelpers in ~/.docker/config.json. Passwords are not kept.',
    ],
    positionals: [
      {
        name: 'action',
        summary: 'get, list, store or erase',
        values: dockerActions,
        check: oneOf(...dockerActions),
      },
    ],
    load: () => import('./commands/auth/helper/docker.ts'),
  },
  {
    path: ['auth', 'helper', 'kubectl'],
    summary: 'Print an ExecCredential for kubectl',
    details: ['For an exec section in a kubeconfig: command lofty-cli, args auth, helper, kubectl.'],
    load: () => import('./commands/auth/helper/kubectl.ts'),
  },
  {
    path: ['auth', 'helper', 'aws'],
    summary: 'Print credentials for AWS credential_process',
    details: ['The token is the session token and the secret key; the access key id is the word oauth2.'],
    examples: ['lofty-cli auth helper aws'],
    load: () => import('./commands/auth/helper/aws.ts'),
  },
];

const auth: readonly CommandSpec[] = [
  {
    path: ['auth', 'set'],
    beginsProfile: true,
    summary: 'Save the customer key that client credentials act for',
    details: [
      'Find the key in the CRM under Settings > Integrations > API.',
      'Use - for standard input or @file; a key on the command line can be seen by other programs.',
    ],
    positionals: [
      {
        name: 'customer-key',
        summary: 'The key, - for standard input, or @file',
        check: secretOr(customerKey),
      },
    ],
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
    beginsProfile: true,
    summary: 'Sign in with client credentials and a customer key',
    details: [
      'Needs LOFTY_CLIENT_ID and LOFTY_CLIENT_SECRET, and a customer key from LOFTY_CUSTOMER_KEY or auth set.',
    ],
    load: () => import('./commands/auth/login.ts'),
  },
  {
    path: ['auth', 'login-session'],
    beginsProfile: true,
    summary: 'Sign in by a Token URL and a session id',
    details: [
      'Without options it takes LOFTY_TOKEN_URL and LOFTY_SESSION_ID.',
      'A session id on the command line can be seen by other programs; - and @file hide it.',
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
        summary: 'The session id, - for standard input, or @file',
        check: shortText(4096),
      },
    ],
    examples: ['lofty-cli auth login-session --tokenurl https://auth.example.com/token --sessionid -'],
    load: () => import('./commands/auth/login-session.ts'),
  },
  {
    path: ['auth', 'login-browser'],
    beginsProfile: true,
    summary: 'Sign in with your browser (recommended for people)',
    details: [
      'Without a terminal it prints one line of JSON (verification_uri, user_code, expires_at, resume) and ends; the command under resume finishes the login. It waits all the same with --wait, with --no-browser, and where BROWSER is set.',
    ],
    options: [
      { name: 'no-browser', summary: 'Open no browser: show an address or code for any device' },
      { name: 'wait', summary: 'Wait for the person, even without a terminal' },
      { name: 'no-wait', summary: 'Print that line of JSON and end, even on a terminal' },
      { name: 'resume', summary: 'Finish a login that was begun so; with --no-wait ask only once' },
    ],
    exclusive: ['wait', 'no-wait'],
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
    path: ['auth', 'token'],
    summary: 'Print a token that works now, for scripts',
    details: [
      'Renews it first when it ends within a minute. With --json its expiry comes along.',
      'Whoever has the token can act as you until it ends: keep it out of logs and files.',
    ],
    examples: ['lofty-cli auth token --json'],
    load: () => import('./commands/auth/token.ts'),
  },
  {
    path: ['auth', 'logout'],
    summary: 'Delete saved tokens and the customer key from this computer',
    details: ['Without --revoke nothing is revoked at the server.'],
    options: [
      { name: 'revoke', summary: 'Revoke the tokens at the server too, where it offers that' },
      { name: 'local', summary: 'Only on this computer, as without options' },
      { name: 'all', summary: 'For all profiles' },
    ],
    exclusive: ['revoke', 'local'],
    load: () => import('./commands/auth/logout.ts'),
  },
];

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const shells = ['bash', 'zsh', 'fish'];

const others: readonly CommandSpec[] = [
  {
    path: ['api'],
    summary: 'Call any endpoint',
    details: [
      '--data takes JSON, @file for a file, or - for standard input; numbers are sent digit for digit.',
    ],
    positionals: [
      { name: 'METHOD', summary: 'GET, POST, PUT, PATCH or DELETE', values: methods, check: httpMethod },
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
  {
    path: ['completion'],
    summary: 'Print the completion script of a shell',
    details: ['The first lines of the script say how to load it. It completes without starting lofty-cli.'],
    positionals: [{ name: 'shell', summary: 'bash, zsh or fish', values: shells, check: oneOf(...shells) }],
    examples: ['source <(lofty-cli completion bash)'],
    load: () => import('./commands/completion.ts'),
  },
];

/** What is loaded at every start; what stands for an endpoint of the API is in api/commands.ts. */
export const ownCommands: readonly CommandSpec[] = [...auth, ...profiles, ...helpers, ...others];

/** A first word that groups commands, and what stands behind it. */
export const ownGroups: Readonly<Record<string, string>> = {
  auth: 'Sign in, see how you are signed in, sign out',
  'auth helper': 'Hand the credential to git, docker, kubectl or AWS tools, by their own protocols',
};

/** A path may look like anything. */
function secretOr(check: (value: string) => string | undefined): (value: string) => string | undefined {
  return (value) => (value.startsWith('@') ? undefined : check(value));
}

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
