// Ways for a secret to come in that no other program sees [cli 10], and the warning where it came in the open.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

test('[cli 10] each secret variable may name a file instead; the variable itself comes first', async (t) => {
  const { cli, lofty, home } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key');
  lofty.sessions.add('canary-session');
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(home, name), `${text}\n`);
    return join(home, name);
  };
  const role = async (env: Record<string, string>): Promise<string | undefined> => {
    const { stdout } = await cli(['me', '--json'], { env });
    return /"roleName": "(.*)"/.exec(stdout)?.[1];
  };
  const token = await file('token', lofty.issue('direct'));
  assert.equal(await role({ LOFTY_ACCESS_TOKEN_FILE: token }), 'direct');
  const both = await role({
    LOFTY_ACCESS_TOKEN: lofty.issue('direct'),
    LOFTY_ACCESS_TOKEN_FILE: 'no-such-file',
  });
  assert.equal(both, 'direct');
  const key = await file('key', 'canary-customer-key');
  const secret = await file('secret', clientCredentials.LOFTY_CLIENT_SECRET);
  const { LOFTY_CLIENT_ID } = clientCredentials;
  const byFiles = { LOFTY_CLIENT_ID, LOFTY_CLIENT_SECRET_FILE: secret, LOFTY_CUSTOMER_KEY_FILE: key };
  assert.equal(await role(byFiles), 'client-credentials');
  const session = await file('session', 'canary-session');
  const url = `${lofty.url}/session-token`;
  assert.equal(await role({ LOFTY_TOKEN_URL: url, LOFTY_SESSION_ID_FILE: session }), 'session');
});

test('[cli 10] a file that cannot be read or is empty is named, and nothing is sent', async (t) => {
  const { cli, lofty, home } = await withLofty(t);
  await writeFile(join(home, 'empty'), '\n');
  for (const [path, said] of [
    [join(home, 'none'), /The file of LOFTY_ACCESS_TOKEN_FILE cannot be read \(ENOENT\)/],
    [join(home, 'empty'), /The file of LOFTY_ACCESS_TOKEN_FILE is empty/],
  ] as const) {
    const { code, stderr } = await cli(['me'], { env: { LOFTY_ACCESS_TOKEN_FILE: path } });
    assert.equal(code, 2);
    assert.match(stderr, said);
  }
  assert.equal(lofty.seen.length, 0);
});

test('[cli 10] key and session id by @file and by standard input earn no warning, by argument one', async (t) => {
  const { cli, lofty, home } = await withLofty(t);
  lofty.sessions.add('canary-session');
  await writeFile(join(home, 'key'), 'canary-customer-key\n');
  await writeFile(join(home, 'session'), 'canary-session\n');
  const saved = (): Promise<string> => readFile(join(home, '.config/lofty-cli/customer-key'), 'utf8');
  const url = `${lofty.url}/session-token`;
  const login = ['auth', 'login-session', '--tokenurl', url, '--sessionid'];
  for (const [argv, stdin, warned] of [
    [['auth', 'set', `@${home}/key`], '', false],
    [['auth', 'set', '-'], 'canary-customer-key', false],
    [['auth', 'set', 'canary-customer-key'], '', true],
    [[...login, `@${home}/session`], '', false],
    [[...login, '-'], 'canary-session', false],
    [[...login, 'canary-session'], '', true],
  ] as const) {
    const { code, stdout, stderr } = await cli(argv, { stdin });
    assert.equal(code, 0, stderr);
    assert.equal(/on the command line, where other programs/.test(stderr), warned, argv.join(' '));
    assert.doesNotMatch(stdout + stderr, /canary/);
    assert.equal(await saved(), 'canary-customer-key\n');
  }
  assert.equal((await cli(['auth', 'set', '@/no/such/file'])).code, 2);
});
