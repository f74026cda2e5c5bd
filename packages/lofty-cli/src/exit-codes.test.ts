// The exit codes that scripts rely on [cli 8]: each from what really happens, with nothing but data on stdout.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { commands, groups } from './all-commands.ts';
import { exitCode } from './exit-code.ts';
import { helpText } from './help.ts';
import type { Here } from './testing/run-here.ts';
import { obedientBrowser } from './testing/run-here.ts';
import type { Surroundings } from './testing/with-lofty.ts';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

type Case = {
  readonly what: string;
  readonly argv: string;
  readonly code: number;
  readonly here?: (all: Surroundings) => Partial<Here> | Promise<Partial<Here>>;
};

const direct = ({ lofty }: Surroundings): Partial<Here> => ({
  env: { LOFTY_ACCESS_TOKEN: lofty.issue('direct') },
});
const answering =
  (status: number, body: string): NonNullable<Case['here']> =>
  (all) => {
    all.lofty.faults.answer = { status, body };
    return direct(all);
  };
const interrupted = (): Partial<Here> => {
  const stop = new AbortController();
  stop.abort();
  return { env: { LOFTY_ACCESS_TOKEN: 'x'.repeat(20) }, io: { signal: stop.signal } };
};
const noNetwork = { io: { fetch: () => Promise.reject(new TypeError('fetch failed')) } };

const cases: readonly Case[] = [
  { what: 'a call that worked', argv: 'me', code: 0, here: direct },
  { what: 'help', argv: 'leads --help', code: 0 },
  { what: 'a token', argv: 'auth token', code: 0, here: direct },
  { what: 'a refusal of the API', argv: 'me', code: 1, here: answering(400, '{"code":"X"}') },
  { what: 'nothing there', argv: 'leads get 42', code: 1, here: direct },
  { what: 'too many requests', argv: 'api POST /v1.0/leads', code: 1, here: answering(429, '{}') },
  { what: 'an unknown command', argv: 'leads lsit', code: 2 },
  { what: 'an unknown option', argv: 'me --nope', code: 2 },
  { what: 'a bad value', argv: 'leads list --limit 0', code: 2 },
  { what: 'a contradiction', argv: 'auth logout --local --revoke', code: 2 },
  { what: 'a deletion nobody confirmed', argv: 'leads delete 42', code: 2, here: direct },
  { what: 'a wrong setting', argv: 'me', code: 2, here: () => ({ env: { LOFTY_BASE_URL: 'nonsense' } }) },
  { what: 'an unknown profile', argv: 'me --profile nobody', code: 2 },
  { what: 'signed out', argv: 'me', code: 3 },
  { what: 'signed out, status', argv: 'auth status', code: 3 },
  { what: 'signed out, token', argv: 'auth token', code: 3 },
  { what: 'nothing to resume', argv: 'auth login-browser --resume', code: 3 },
  {
    what: 'a token that ended',
    argv: 'me',
    code: 4,
    here: () => ({ env: { LOFTY_ACCESS_TOKEN: 'x'.repeat(20) } }),
  },
  {
    what: 'an unknown customer key',
    argv: 'auth login',
    code: 4,
    here: () => ({ env: { ...clientCredentials, LOFTY_CUSTOMER_KEY: 'unknown-customer-key' } }),
  },
  { what: 'a missing permission', argv: 'me', code: 5, here: answering(403, '{"code":200100}') },
  {
    what: 'a role that is too low',
    argv: 'org',
    code: 5,
    here: answering(403, '{"code":"PERMISSION_DENIED"}'),
  },
  { what: 'no network', argv: 'me', code: 6, here: (all) => ({ ...direct(all), ...noNetwork }) },
  {
    what: 'a token endpoint that is down',
    argv: 'auth token',
    code: 6,
    here: () => ({ env: { ...clientCredentials, LOFTY_CUSTOMER_KEY: 'any-customer-key' }, ...noNetwork }),
  },
  { what: 'Ctrl-C during a call', argv: 'me', code: 130, here: interrupted },
  {
    what: 'Ctrl-C during a login',
    argv: 'auth login-browser',
    code: 130,
    here: () => {
      const stop = new AbortController();
      const openBrowser = (): Promise<boolean> => {
        stop.abort();
        return Promise.resolve(true);
      };
      return { io: { openBrowser, signal: stop.signal } };
    },
  },
];

for (const { what, argv, code, here } of cases) {
  test(`[cli 8] exit code ${code}: ${what}`, async (t) => {
    const all = await withLofty(t);
    const ended = await all.cli(argv.split(' '), await here?.(all));
    assert.equal(ended.code, code, ended.stderr);
    if (code !== 0 && argv !== 'auth status') assert.equal(ended.stdout, '');
    if (code === 1 || (code >= 2 && code <= 6)) assert.notEqual(ended.stderr, '', 'and says why');
  });
}

test('[cli 8] a denied login is 1, a granted one 0', async (t) => {
  const { cli, lofty } = await withLofty(t);
  const io = { openBrowser: obedientBrowser() };
  lofty.faults.deny = true;
  assert.equal((await cli(['auth', 'login-browser'], { io })).code, 1);
  lofty.faults.deny = false;
  assert.equal((await cli(['auth', 'login-browser'], { io })).code, 0);
});

test('[cli 8] stdout is data only, with every notice that there is', async (t) => {
  const { cli, lofty, signIn } = await withLofty(t);
  lofty.faults.dateOffsetMs = -600_000;
  await signIn();
  const env = { LOFTY_ACCESS_TOKEN: 'shadowed-token-0001', DEBUG: '1' };
  for (const argv of [['me'], ['leads', 'list'], ['auth', 'status'], ['auth', 'token'], ['auth', 'logout']]) {
    const { stdout, stderr } = await cli([...argv, '--json'], { env });
    assert.doesNotThrow(() => void JSON.parse(stdout), argv.join(' '));
    assert.notEqual(stderr, '');
  }
});

test('[cli 8] each exit code that a command can end with stands in --help and in docs/cli.md', async () => {
  const help = helpText([], commands, groups, 80);
  const guide = await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
  for (const code of Object.values(exitCode)) {
    assert.match(help, new RegExp(`^ {2}${code} +\\w`, 'm'));
    assert.match(guide, new RegExp(`^\\| ${code} +\\| \\w`, 'm'));
  }
});
