import assert from 'node:assert/strict';
import { test } from 'node:test';
import { obedientBrowser } from './testing/run-here.ts';
import { withLofty } from './testing/with-lofty.ts';

const date = String.raw`\d{1,2} [A-Z][a-z]{2} \d{4}`;
const erase = '\r\u001b[2K';

/** The waiting line is rewritten in place: what stays on screen is what was not erased. */
function onScreen(text: string): string {
  const [first = '', ...rest] = text.split(erase);
  // Every drawing but the last was erased by the next one.
  return first + (rest.at(-1) ?? '');
}

test('login-browser at 80 columns: host, short address alone on its line, who, where saved, what next', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const { code, stdout, stderr } = await cli(['auth', 'login-browser'], {
    columns: 80,
    io: { openBrowser: obedientBrowser(), keys: () => () => undefined },
  });
  assert.equal(code, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /Waiting for you to authorize, \d:\d\d left {5}c copy address {3}Ctrl-C cancel/);
  assert.match(
    onScreen(stderr),
    new RegExp(
      [
        `^Signing in to ${lofty.url} \\(set by LOFTY_BASE_URL\\)`,
        'Opened your browser\\. If nothing appeared, open this address:',
        '',
        'http://127\\.0\\.0\\.1:\\d+/\\w{4}',
        '',
        'Browser on another machine\\? Press p for a code instead\\.',
        '',
        '✓ Signed in as Ari Mendes \\(ari@demo\\.test\\), workspace Northside Realty',
        `  3 permissions, until ${date} or until you disconnect it`,
        '  Saved in ~/\\.config/tokens/lofty-pkce-cache\\.json, readable only by you',
        'Next: lofty-cli leads list --limit 3\n$',
      ].join('\n'),
    ),
  );
});

test('login-browser at 40 columns is the short form, and no line but the host is too wide', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const { code, stderr } = await cli(['auth', 'login-browser'], {
    columns: 40,
    io: { openBrowser: obedientBrowser(), keys: () => () => undefined },
  });
  assert.equal(code, 0);
  assert.match(stderr, /Waiting, \d:\d\d {4}c copy {3}Ctrl-C cancel/);
  assert.match(
    onScreen(stderr),
    new RegExp(
      [
        `^Signing in to ${new URL(lofty.url).host}`,
        '',
        'Open this address:',
        'http://127\\.0\\.0\\.1:\\d+/\\w{4}',
        '',
        '',
        '✓ Signed in as ari@demo\\.test',
        '  Northside Realty, 3 permissions',
        'Next: lofty-cli leads list --limit 3\n$',
      ].join('\n'),
    ),
  );
});

test('over SSH a code is shown instead of a browser, on a line of its own', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const { code, stderr } = await cli(['auth', 'login-browser'], {
    env: { SSH_CONNECTION: '1', SSH_TTY: '/dev/pts/1', BROWSER: '' },
    columns: 80,
    io: { stdinIsTTY: true },
  });
  assert.equal(code, 0, stderr);
  assert.ok(
    stderr.includes(
      `Over SSH, so no browser is opened here. On any device open\n${lofty.url}/device\nand enter\nLFT-7QX2-9KFP\n`,
    ),
    stderr,
  );
});

test('p during a browser login changes to a code', async (t) => {
  const { cli } = await withLofty(t);
  let press: (key: string) => void = () => undefined;
  const { code, stderr } = await cli(['auth', 'login-browser'], {
    columns: 80,
    io: {
      openBrowser: () => {
        setTimeout(() => press('p'), 50);
        return Promise.resolve(true);
      },
      keys: (onKey) => {
        press = onKey;
        return () => undefined;
      },
    },
  });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /On any device open\n.*\/device\nand enter\nLFT-7QX2-9KFP\n/);
});

test('--no-browser falls back to the full address where the server offers no code', async (t) => {
  const { lofty, cli } = await withLofty(t);
  lofty.faults.noDeviceGrant = true;
  let waited = false;
  const { code, stderr } = await cli(['auth', 'login-browser', '--no-browser'], {
    io: {
      sleep: async () => {
        waited = true;
        await Promise.resolve();
      },
    },
  });
  assert.ok(waited);
  assert.match(stderr, /On any device open this address:\nhttp:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?/);
  assert.match(stderr, /Nothing was saved/);
  assert.equal(code, 4);
});

test('Cancel in the browser: one line, nothing saved, exit 1', async (t) => {
  const { lofty, cli } = await withLofty(t);
  lofty.faults.deny = true;
  for (const argv of [
    ['auth', 'login-browser'],
    ['auth', 'login-browser', '--no-browser'],
  ]) {
    const { code, stderr } = await cli(argv, { io: { openBrowser: obedientBrowser() } });
    assert.equal(code, 1);
    assert.ok(
      stderr.endsWith('✗ Not authorized: Cancel was pressed in the browser. Nothing was saved.\n'),
      stderr,
    );
  }
  assert.equal((await cli(['auth', 'status'])).code, 3);
});

test('status at 80 columns: who, host, end, the whole chain with reasons, the shadowed token', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  const env = {
    LOFTY_ACCESS_TOKEN: 'not-used-token',
    LOFTY_CLIENT_ID: 'a',
    LOFTY_CUSTOMER_KEY: 'k'.repeat(12),
  };
  const { code, stdout, stderr } = await cli(['auth', 'status'], { env, columns: 80 });
  assert.equal(code, 0);
  assert.match(
    stdout,
    new RegExp(
      [
        '^Signed in as Ari Mendes \\(ari@demo\\.test\\), workspace Northside Realty',
        `Host {4}${lofty.url} {3}from LOFTY_BASE_URL`,
        `Ends {4}${date} +access token renews itself, \\d+ (?:min|h) left`,
        '',
        ' {3}Method {16}State {5}Why',
        '1 {2}Token URL {13}not set {3}LOFTY_TOKEN_URL, LOFTY_SESSION_ID missing',
        '2 {2}Browser OAuth \\(PKCE\\) {2}in use {4}~/\\.config/tokens/lofty-pkce-cache\\.json',
        '3 {2}Client Credentials {4}not set {3}LOFTY_CLIENT_SECRET missing',
        '4 {2}Direct Token {10}shadowed {2}LOFTY_ACCESS_TOKEN is set; method 2 wins\n$',
      ].join('\n'),
    ),
  );
  assert.equal(
    stderr,
    '! LOFTY_ACCESS_TOKEN is set but not used. To use it:\n' +
      '  lofty-cli --auth-method direct-token …   or   lofty-cli auth logout\n',
  );
});

test('status at 40 columns is the short form', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  const { stdout } = await cli(['auth', 'status'], { env: { LOFTY_ACCESS_TOKEN: 'not-used' }, columns: 40 });
  assert.match(
    stdout,
    new RegExp(
      [
        '^Ari Mendes \\(ari@demo\\.test\\)',
        `Northside Realty, until ${date}`,
        lofty.url,
        '',
        '1 Token URL: not set',
        '2 Browser OAuth \\(PKCE\\): in use',
        '  ~/\\.config/tokens/lofty-pkce-cache\\.json',
        '3 Client Credentials: not set',
        '4 Direct Token: shadowed by 2\n$',
      ].join('\n'),
    ),
  );
});

test('status of nobody: the table, how to start, exit 3, and no request', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const { code, stdout, stderr } = await cli(['auth', 'status'], { columns: 80 });
  assert.equal(code, 3);
  assert.match(stdout, /^ {3}Method/);
  assert.equal(stderr, 'Not signed in. Start with: lofty-cli auth login-browser\n');
  assert.equal(lofty.seen.length, 0);
});

test('status --json tells the same in fields; --offline asks no server', async (t) => {
  const { lofty, cli } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key');
  const env = {
    LOFTY_CLIENT_ID: 'a',
    LOFTY_CLIENT_SECRET: 'canary-client-secret',
    LOFTY_CUSTOMER_KEY: 'canary-customer-key',
  };
  const { stdout } = await cli(['auth', 'status', '--json', '--offline'], { env });
  const status = JSON.parse(stdout) as { method: string; links: { state: string }[] };
  assert.equal(status.method, 'client-credentials');
  assert.deepEqual(
    status.links.map(({ state }) => state),
    ['not set', 'not set', 'in use', 'not set'],
  );
  assert.equal(lofty.seen.length, 0);
});

test('a method that is configured and failed says why in status', async (t) => {
  const { cli } = await withLofty(t);
  const env = {
    LOFTY_CLIENT_ID: 'a',
    LOFTY_CLIENT_SECRET: 'canary-client-secret',
    LOFTY_CUSTOMER_KEY: 'no-such-customer-key',
  };
  const { code, stdout, stderr } = await cli(['auth', 'status'], { env });
  assert.equal(code, 4);
  assert.match(
    stdout,
    /3 {2}Client Credentials {4}failed {3}the customer key is unknown, revoked or expired/,
  );
  assert.match(stderr, /Fix: copy a key/);
});
