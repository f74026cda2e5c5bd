// loomta as a process, against a server with the documented answers.
import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { startFakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import type { FakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import { loomtaFor } from './testing/run-loomta.ts';
import type { Ended, Loomta } from './testing/run-loomta.ts';

type Setup = { readonly server: FakeServer; readonly loomta: Loomta };

async function setUp(t: TestContext): Promise<Setup> {
  const server = await startFakeServer();
  t.after(() => server.close());
  return { server, loomta: await loomtaFor(t, server.url) };
}

const status = { status: 'authenticated', source: 'file', connectedPlatforms: 2 };

function errorOf({ stderr }: Ended): { code: string; message: string } {
  return (
    JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '') as { error: { code: string; message: string } }
  ).error;
}

/** Exactly one JSON document, and nothing else. */
function documentOf({ stdout }: Ended): unknown {
  assert.match(stdout, /^[^\n]+\n$/);
  return JSON.parse(stdout);
}

async function signIn({ server, loomta }: Setup): Promise<string> {
  server.live.add('loomta_sk_canary0000000001');
  const ended = await loomta.run(['auth:login', '--api-key', '-'], { stdin: 'loomta_sk_canary0000000001\n' });
  assert.equal(ended.code, 0, ended.stderr);
  return 'loomta_sk_canary0000000001';
}

test('auth:login --no-browser shows address and code, waits for the approval, saves the key and prints one document', async (t) => {
  const { server, loomta } = await setUp(t);
  server.settings.intervalSeconds = 1;
  const login = loomta.start(['auth:login', '--no-browser']);
  await login.until(/"user_code"/);
  assert.match(
    login.stderr(),
    new RegExp(`^Signing in to ${server.url}\n\nOpen ${server.url}/cli-auth\nand enter\nLMT-7QX2-9KFP\n`),
  );
  server.decideDevice('approve');
  const ended = await login.ended;
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual(documentOf(ended), status);
  const saved = JSON.parse(await readFile(loomta.path, 'utf8')) as { apiKey: string; apiUrl: string };
  assert.deepEqual(saved, { apiKey: [...server.live][0], apiUrl: server.url });
  assert.equal(((await stat(loomta.path)).mode & 0o777).toString(8), '600');
  assert.equal(((await stat(join(loomta.home, '.loomta'))).mode & 0o777).toString(8), '700');
  assert.match(
    ended.stderr,
    /✓ Signed in with key loomta_sk_…\w{4}, saved in ~\/\.loomta\/credentials\.json/,
  );
  assert.ok(!ended.stderr.includes(saved.apiKey), 'the key itself is never shown');
  assert.doesNotMatch(ended.stderr, /lk_dc_/, 'nor is the device code');
});

test('auth:login opens the browser at the complete address', async (t) => {
  const { server, loomta } = await setUp(t);
  const file = join(loomta.home, 'opened');
  const opener = join(loomta.home, 'opener.mjs');
  await writeFile(
    opener,
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(file)}, process.argv[2]);`,
  );
  server.settings.intervalSeconds = 1;
  const login = loomta.start(['auth:login'], { BROWSER: `node ${opener} %s` });
  await login.until(/Opened /);
  assert.equal(await readFile(file, 'utf8'), `${server.url}/cli-auth?code=LMT-7QX2-9KFP`);
  assert.match(login.stderr(), /\nLMT-7QX2-9KFP\n/);
  server.decideDevice('approve');
  assert.deepEqual(documentOf(await login.ended), status);
});

test('denied and expired codes end with the documented error, exit 1, and nothing saved', async (t) => {
  for (const [decision, code, words] of [
    [
      'deny',
      'access_denied',
      /denied, not a valid code, or its key was already collected\. Nothing was saved\..*loomta auth:login/,
    ],
    ['expire', 'expired_token', /expired after 10 minutes\. Nothing was saved\./],
  ] as const) {
    const { server, loomta } = await setUp(t);
    server.settings.intervalSeconds = 1;
    const login = loomta.start(['auth:login', '--no-browser']);
    await login.until(/"user_code"/);
    server.decideDevice(decision);
    const ended = await login.ended;
    assert.deepEqual([ended.code, ended.stdout], [1, '']);
    assert.equal(errorOf(ended).code, code);
    assert.match(errorOf(ended).message, words);
    assert.deepEqual(await readdir(join(loomta.home, '.loomta')), []);
  }
});

test('Ctrl-C while waiting ends with 130, ends the code at the server, and leaves nothing', async (t) => {
  const { server, loomta } = await setUp(t);
  server.settings.intervalSeconds = 5;
  const login = loomta.start(['auth:login', '--no-browser']);
  await login.until(/Waiting/);
  login.child.kill('SIGINT');
  const ended = await login.ended;
  assert.deepEqual([ended.code, ended.stdout], [130, '']);
  assert.equal(errorOf(ended).code, 'cancelled');
  assert.match(errorOf(ended).message, /^Cancelled\. Nothing was saved; the code no longer works\.$/);
  assert.deepEqual(await readdir(join(loomta.home, '.loomta')), []);
});

test('an address that is neither https nor this machine is never opened or shown', async (t) => {
  const { server, loomta } = await setUp(t);
  server.fault('/auth/device/start', {
    body: JSON.stringify({
      device_code: 'x',
      user_code: 'LMT-7QX2-9KFP',
      verification_uri: 'http://evil.example/',
      interval: 1,
      expires_in: 600,
    }),
  });
  const ended = await loomta.run(['auth:login'], { env: { BROWSER: 'no-such-browser' } });
  assert.equal(ended.code, 1);
  assert.equal(errorOf(ended).code, 'server_error');
  assert.doesNotMatch(ended.stderr, /evil/);
});

test('a home that cannot be written is said before a code is asked for', async (t) => {
  const { server, loomta } = await setUp(t);
  await writeFile(join(loomta.home, '.loomta'), '');
  const ended = await loomta.run(['auth:login', '--no-browser']);
  assert.equal(ended.code, 1);
  assert.equal(errorOf(ended).code, 'storage_error');
  assert.equal(server.seen.length, 0);
});

test('a given key is checked before it is saved; on the command line it earns a warning', async (t) => {
  const { server, loomta } = await setUp(t);
  const wrong = await loomta.run(['auth:login', '--api-key', 'loomta_sk_wrongwrongwrong']);
  assert.equal(wrong.code, 1);
  assert.deepEqual([errorOf(wrong).code, wrong.stdout], ['invalid_api_key', '']);
  assert.match(wrong.stderr, /A key on the command line can be seen by others/);
  assert.ok(!wrong.stderr.includes('wrongwrong'));
  await assert.rejects(stat(loomta.path));
  server.live.add('loomta_sk_canary0000000001');
  const right = await loomta.run(['auth:login', '--api-key', '-'], { stdin: 'loomta_sk_canary0000000001\n' });
  assert.equal(right.code, 0, right.stderr);
  assert.doesNotMatch(right.stderr, /command line|canary/);
  assert.deepEqual(documentOf(right), status);
  for (const stdin of ['', 'two words', 'line\nbreak']) {
    const bad = await loomta.run(['auth:login', '--api-key', '-'], { stdin });
    assert.deepEqual([bad.code, errorOf(bad).code], [1, 'invalid_request']);
  }
});

test('auth:status tells file from environment, and the environment always wins', async (t) => {
  const setup = await setUp(t);
  const { server, loomta } = setup;
  await signIn(setup);
  assert.deepEqual(documentOf(await loomta.run(['auth:status'])), status);
  server.live.add('loomta_sk_fromenv00000000');
  const env = { LOOMTA_API_KEY: 'loomta_sk_fromenv00000000' };
  assert.deepEqual(documentOf(await loomta.run(['auth:status'], { env })), { ...status, source: 'env' });
  assert.equal(server.seen.at(-1)?.headers.authorization, 'Bearer loomta_sk_fromenv00000000');
  const bad = await loomta.run(['auth:status'], { env: { LOOMTA_API_KEY: 'loomta_sk_revoked00000000' } });
  assert.deepEqual([bad.code, errorOf(bad).code], [1, 'invalid_api_key']);
  assert.equal(
    server.seen.at(-1)?.headers.authorization,
    'Bearer loomta_sk_revoked00000000',
    'the saved key is not used instead',
  );
});

test('a login under a set LOOMTA_API_KEY says that the saved key will not be used', async (t) => {
  const { server, loomta } = await setUp(t);
  server.live.add('loomta_sk_canary0000000001');
  const ended = await loomta.run(['auth:login', '--api-key', '-'], {
    stdin: 'loomta_sk_canary0000000001',
    env: { LOOMTA_API_KEY: 'loomta_sk_other000000000' },
  });
  assert.equal(ended.code, 0);
  assert.match(ended.stderr, /LOOMTA_API_KEY is set and wins over the saved key/);
});

test('without a key every command but login says the documented words', async (t) => {
  const { server, loomta } = await setUp(t);
  for (const command of ['auth:status', 'platforms:list']) {
    const ended = await loomta.run([command]);
    assert.deepEqual([ended.code, ended.stdout], [1, '']);
    assert.equal(errorOf(ended).code, 'not_authenticated');
    assert.ok(errorOf(ended).message.startsWith('No API key found. Run `loomta auth:login`'));
  }
  assert.equal(server.seen.length, 0);
});

test('platforms:list prints the answer of the API digit by digit', async (t) => {
  const setup = await setUp(t);
  await signIn(setup);
  setup.server.fault('/public/v1/platforms', {
    body: '{"platforms":[{"id":9007199254740993123,"displayName":"a\u0085b"}]}',
  });
  const ended = await setup.loomta.run(['platforms:list']);
  assert.equal(ended.stdout, '{"platforms":[{"id":9007199254740993123,"displayName":"a\\u0085b"}]}\n');
});

test('the saved host is used, and LOOMTA_API_URL overrides it', async (t) => {
  const setup = await setUp(t);
  await signIn(setup);
  assert.equal((await setup.loomta.run(['auth:status'], { env: { LOOMTA_API_URL: '' } })).code, 0);
  const elsewhere = await setup.loomta.run(['auth:status'], {
    env: { LOOMTA_API_URL: 'http://127.0.0.1:9' },
  });
  assert.equal(errorOf(elsewhere).code, 'network_error');
  const insecure = await setup.loomta.run(['auth:status'], {
    env: { LOOMTA_API_URL: 'http://api.loomta.com' },
  });
  assert.equal(errorOf(insecure).code, 'insecure_url');
});

test('API failures come through in the documented shape; HTML, 5xx and broken JSON are named', async (t) => {
  const setup = await setUp(t);
  await signIn(setup);
  for (const [fault, code] of [
    [
      { status: 409, body: '{"code":"post_limit_reached","message":"The monthly limit is reached."}' },
      'post_limit_reached',
    ],
    [{ status: 500, body: '<html>oops</html>' }, 'server_error'],
    [{ status: 200, body: '<html>portal</html>' }, 'server_error'],
    [{ truncate: true }, 'server_error'],
  ] as const) {
    setup.server.fault('/public/v1/platforms', fault);
    const ended = await setup.loomta.run(['platforms:list']);
    assert.deepEqual([ended.code, ended.stdout, errorOf(ended).code], [1, '', code]);
    assert.doesNotMatch(ended.stderr, /canary|at \w+ \(/);
  }
});

test('auth:logout deletes the file and says that the key lives on', async (t) => {
  const setup = await setUp(t);
  await signIn(setup);
  const ended = await setup.loomta.run(['auth:logout']);
  assert.deepEqual(documentOf(ended), { status: 'logged_out', removed: true });
  assert.match(ended.stderr, /stays valid until you revoke it/);
  await assert.rejects(stat(setup.loomta.path));
  assert.deepEqual(documentOf(await setup.loomta.run(['auth:logout'])), {
    status: 'logged_out',
    removed: false,
  });
  assert.equal((await setup.loomta.run(['auth:status'])).code, 1);
});

test('a broken credentials file is no key, not a crash; one open to others is closed with a notice', async (t) => {
  const setup = await setUp(t);
  const key = await signIn(setup);
  for (const text of ['', '{', '[]', 'null', '{"apiKey":5}']) {
    await writeFile(setup.loomta.path, text);
    assert.equal(errorOf(await setup.loomta.run(['auth:status'])).code, 'not_authenticated');
  }
  await writeFile(setup.loomta.path, JSON.stringify({ apiKey: key, apiUrl: setup.server.url }));
  const { chmod } = await import('node:fs/promises');
  await chmod(setup.loomta.path, 0o644);
  const ended = await setup.loomta.run(['auth:status']);
  assert.match(ended.stderr, /! .*credentials\.json was open to others \(mode 0644\)/);
  assert.equal(((await stat(setup.loomta.path)).mode & 0o777).toString(8), '600');
});

test('wrong command lines are refused in the documented shape, and never repeat a key', async (t) => {
  const { server, loomta } = await setUp(t);
  for (const args of [
    [],
    ['auth:lgoin'],
    ['auth:login', 'loomta_sk_canary0000000001'],
    ['loomta_sk_canary0000000001'],
    ['auth:status', '--bogus'],
    ['auth:status', '--no-browser'],
    ['auth:login', '--api-key'],
    ['auth:login', '--api-key', 'k', '--no-browser'],
  ]) {
    const ended = await loomta.run(args);
    assert.deepEqual(
      [ended.code, ended.stdout, errorOf(ended).code],
      [1, '', 'invalid_request'],
      args.join(' '),
    );
    assert.doesNotMatch(ended.stderr, /canary/);
  }
  assert.equal(server.seen.length, 0);
});

test('--help and --version answer without a key or a call', async (t) => {
  const { loomta } = await setUp(t);
  const help = await loomta.run(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /auth:login[\s\S]*platforms:list[\s\S]*LOOMTA_API_KEY/);
  const version = await loomta.run(['--version']);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});
