// What `auth status` tells programs [cli 7]: one documented shape, and no call with --offline.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from './testing/run-cli.ts';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

type Status = Readonly<Record<string, unknown>> & {
  readonly links: readonly Readonly<Record<string, string>>[];
};

const orNull =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || check(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTime = (value: unknown): boolean =>
  typeof value === 'string' && new Date(value).toISOString() === value;
const hasOnly =
  (...names: string[]) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.keys(value).every((name) => names.includes(name));

/** The documented members, in the documented order. */
const shape: Readonly<Record<string, (value: unknown) => boolean>> = {
  profile: isText,
  signedIn: (value) => typeof value === 'boolean',
  method: orNull((value) =>
    ['token-url', 'browser-oauth', 'client-credentials', 'direct-token'].includes(value as string),
  ),
  identity: orNull(hasOnly('name', 'email', 'workspace')),
  permissions: orNull((value) => Array.isArray(value) && value.every((each) => isText(each))),
  storage: orNull(hasOnly('kind', 'name')),
  host: isText,
  hostFrom: isText,
  accessTokenEnds: orNull(isTime),
  renewsItself: orNull((value) => typeof value === 'boolean'),
  signInEnds: orNull(isTime),
  clockSkewSeconds: orNull((value) => Number.isInteger(value)),
  links: (value) => Array.isArray(value),
};
const states = ['not set', 'usable', 'in use', 'shadowed', 'failed', 'not pinned'];

function checked(stdout: string): Status {
  const status = JSON.parse(stdout) as Status;
  assert.deepEqual(Object.keys(status), Object.keys(shape));
  for (const [name, check] of Object.entries(shape)) {
    assert.ok(check(status[name]), `${name}: ${JSON.stringify(status[name])}`);
  }
  for (const link of status.links) {
    assert.deepEqual(Object.keys(link), ['method', 'label', 'state', 'reason']);
    assert.ok(states.includes(link['state'] ?? ''));
  }
  return status;
}

test('[cli 7] auth status --json keeps its documented shape in every state of the chain', async (t) => {
  const { cli, lofty, signIn } = await withLofty(t);
  const json = async (env = {}, ...more: string[]): Promise<Status> =>
    checked((await cli(['auth', 'status', '--json', ...more], { env })).stdout);
  assert.equal((await json())['signedIn'], false);
  const direct = await json({ LOFTY_ACCESS_TOKEN: lofty.issue('direct') });
  assert.deepEqual([direct['method'], direct['storage']], ['direct-token', null]);
  const failed = await json({ ...clientCredentials, LOFTY_CUSTOMER_KEY: 'unknown-customer-key' });
  assert.equal(failed.links[2]?.['state'], 'failed');
  await signIn();
  const shadowed = await json({ LOFTY_ACCESS_TOKEN: 'x'.repeat(20) });
  assert.deepEqual(
    shadowed.links.map((link) => link['state']),
    ['not set', 'in use', 'not set', 'shadowed'],
  );
  assert.deepEqual(shadowed['identity'], {
    name: 'Ari Mendes',
    email: 'ari@demo.test',
    workspace: 'Northside Realty',
  });
  assert.deepEqual(shadowed['permissions'], ['me.get', 'leads.list', 'leads.create']);
  assert.deepEqual(shadowed['storage'], { kind: 'file', name: '~/.config/tokens/lofty-pkce-cache.json' });
  const pinned = await json({}, '--auth-method', 'client-credentials');
  assert.equal(pinned.links[1]?.['state'], 'not pinned');
});

test('[cli 7] docs/cli.md names each member of auth status --json, and no other', async () => {
  const guide = await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
  const section = /^### `auth status --json`$([\s\S]*?)^#/m.exec(guide)?.[1] ?? '';
  const named = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  assert.deepEqual(named, Object.keys(shape));
});

test('[cli 7] --offline makes no call, even where a token would have to be renewed', async (t) => {
  const { cli, lofty, signIn, home } = await withLofty(t);
  await signIn();
  const path = join(home, '.config/tokens/lofty-pkce-cache.json');
  const cache = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...cache, expiresAt: Date.now() - 1000 }));
  const before = await readFile(path, 'utf8');
  const calls = lofty.seen.length;
  const fetch = (): never => assert.fail('a call was made');
  const status = await cli(['auth', 'status', '--offline', '--json'], { io: { fetch } });
  assert.equal(status.code, 0);
  assert.equal(checked(status.stdout)['method'], 'browser-oauth');
  assert.match(JSON.stringify(checked(status.stdout).links), /renewed at the next call/);
  assert.equal(lofty.seen.length, calls);
  assert.equal(await readFile(path, 'utf8'), before);
});

test('[cli 7] as a process, --offline works with a host that cannot exist', async (t) => {
  const { home } = await withLofty(t);
  const env = { LOFTY_BASE_URL: 'https://api.invalid', LOFTY_ACCESS_TOKEN: 'x'.repeat(20) };
  const { code, stdout } = await runCli(['auth', 'status', '--offline', '--json'], home, env);
  assert.equal(code, 0);
  assert.equal(checked(stdout)['host'], 'https://api.invalid');
});

test('[cli 13] status tells how far this clock was off when the token came', async (t) => {
  const { cli, lofty, signIn } = await withLofty(t);
  lofty.faults.dateOffsetMs = -432_000;
  await signIn();
  const status = await cli(['auth', 'status', '--json']);
  assert.match(
    status.stderr,
    /! Clock, when the token came: this computer is 7 min \d+ s ahead of the server\./,
  );
  assert.ok(Math.abs((checked(status.stdout)['clockSkewSeconds'] as number) - 432) < 60);
});
