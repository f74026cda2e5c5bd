import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withLofty } from './testing/with-lofty.ts';

test('leads list passes each documented filter on under its wire name', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  const flags =
    '--limit 10 --offset 20 --scroll-id s --sort LastActivity --desc --assigned-user-id 9223372036854775807 --source Web --email a@b.c --phone +1206 --key ana --any-tags a,b --all-tags c --contacted false';
  const { code } = await cli(['leads', 'list', ...flags.split(' '), '--stage', 'New Lead & more'], { env });
  assert.equal(code, 0);
  const asked = new URL(lofty.seen.at(-1)?.url ?? '', lofty.url);
  assert.equal(asked.pathname, '/v1.0/leads');
  assert.deepEqual(Object.fromEntries(asked.searchParams), {
    limit: '10',
    offset: '20',
    scrollId: 's',
    sort: 'LastActivity',
    desc: 'true',
    assignedUserId: '9223372036854775807',
    stage: 'New Lead & more',
    source: 'Web',
    email: 'a@b.c',
    phone: '+1206',
    key: 'ana',
    anyTags: 'a,b',
    allTags: 'c',
    contacted: 'false',
  });
});

test('leads list as text is a table of what people look for; --no-header drops its head', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  const table =
    '9007199254740993     Ana Silva  New Lead  Web     ana@x.test  +12065550100  Ari Mendes\n' +
    '1152921504606846977  太郎 山田  Closed\n';
  const head = 'ID                   Name       Stage     Source  E-mail      Phone         Assigned to\n';
  assert.equal((await cli(['leads', 'list'], { env })).stdout, head + table);
  // Without the header a column is only as wide as its cells.
  const bare = await cli(['leads', 'list', '--no-header'], { env });
  assert.match(bare.stdout, /^9007199254740993 {5}Ana Silva/);
  const narrow = await cli(['leads', 'list'], { env, columns: 60 });
  for (const line of narrow.stdout.split('\n')) assert.ok(line.length <= 60, line);
  assert.match(narrow.stdout, /^9007199254740993 /m);
  assert.match(narrow.stdout, /…/);
});

test('api sends a body exactly as written, from argument, file and standard input', async (t) => {
  const { lofty, cli, home } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  const body = '{ "leadId": 9007199254740993, "ratio": 2.50 }';
  const path = join(home, 'body.json');
  await writeFile(path, body);
  for (const [data, stdin] of [
    [body, ''],
    [`@${path}`, ''],
    ['-', body],
  ] as const) {
    const { code, stdout } = await cli(['api', 'post', '/v1.0/leads', '--data', data, '--json'], {
      env,
      stdin,
    });
    assert.equal(code, 0);
    assert.equal(lofty.seen.at(-1)?.body, body);
    assert.match(stdout, /"leadId": 9007199254740995/);
    assert.match(stdout, /"ratio": 2\.50/);
  }
});

test('api adds --query to a query that the path already has', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  await cli(['api', 'GET', '/v1.0/leads?limit=1', '--query', 'key=a&b', '--query', 'x='], { env });
  assert.equal(lofty.seen.at(-1)?.url, '/v1.0/leads?limit=1&key=a%26b&x=');
});

test('api: a body that cannot be sent is refused before any request', async (t) => {
  const { lofty, cli, home } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  await mkdir(join(home, 'folder'));
  await writeFile(join(home, 'latin1.json'), Uint8Array.of(0x22, 0xe4, 0x22));
  await writeFile(join(home, 'large.json'), `"${'x'.repeat(11 * 1024 * 1024)}"`);
  const cases: readonly (readonly [argv: string[], said: RegExp])[] = [
    [['POST', '/v1.0/leads', '--data', '{oops'], /--data is not valid JSON/],
    [['POST', '/v1.0/leads', '--data', '{"a":1,"a":2}'], /--data is not valid JSON/],
    [['POST', '/v1.0/leads', '--data', `@${home}/none.json`], /cannot be read \(ENOENT\)/],
    [['POST', '/v1.0/leads', '--data', `@${home}/folder`], /cannot be read \(EISDIR\)/],
    [['POST', '/v1.0/leads', '--data', `@${home}/latin1.json`], /not valid UTF-8/],
    [['POST', '/v1.0/leads', '--data', `@${home}/large.json`], /larger than 10 MiB/],
    [['GET', '/v1.0/leads', '--data', '{}'], /a GET request takes no --data/i],
  ];
  for (const [argv, said] of cases) {
    const { code, stdout, stderr } = await cli(['api', ...argv], { env });
    assert.deepEqual([code, stdout], [2, ''], argv.join(' '));
    assert.match(stderr, said);
    assert.match(stderr, /Fix: /);
  }
  assert.equal(lofty.seen.length, 0);
});

test('every refusal of the API has its exit code, its words on stderr and nothing on stdout', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  const cases: readonly (readonly [status: number, body: string, exit: number, said: RegExp])[] = [
    [400, '{"code":"LIMIT_NOT_VALID","message":"limit"}', 1, /\(400, code LIMIT_NOT_VALID\)\. limit/],
    [
      403,
      '{"code":200100,"message":"Sorry"}',
      5,
      /code 200100\)\. Sorry[\s\S]*developer adds the permission/,
    ],
    [403, '{"code":"VENDOR_HAS_NO_PERMISSION","message":"x"}', 5, /ask its developer/],
    [403, '{"code":"PERMISSION_DENIED","message":"x"}', 5, /your role does not allow it/],
    [404, '{"code":"LEAD_NOT_EXIST","message":"x"}', 1, /check the path and the id/],
    [429, '{"message":"Too Many Requests"}', 1, /too many requests: try again in a minute/],
    [500, '<html>oops</html>', 1, /\(500\)\.[\s\S]*fault of its own/],
  ];
  for (const [status, body, exit, said] of cases) {
    lofty.faults.answer = { status, body };
    const { code, stdout, stderr } = await cli(['api', 'POST', '/v1.0/leads', '--data', '{}'], { env });
    assert.deepEqual([code, stdout], [exit, ''], body);
    assert.match(stderr, said);
  }
});

test("a server's words cannot steer the terminal", async (t) => {
  const { lofty, cli } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  lofty.faults.answer = { status: 400, body: '{"code":"X\\u001b[2J","message":"a\\u001b]0;b\\u0007"}' };
  const { stderr } = await cli(['me'], { env });
  assert.ok(!stderr.includes('\u001b') && !stderr.includes('\u0007'));
});

test('a wrong LOFTY_BASE_URL is named, and a token never goes to plain http elsewhere', async (t) => {
  const { cli } = await withLofty(t);
  for (const url of ['nonsense', 'ftp://x', 'http://example.com', 'https://a:b@example.com']) {
    const env = { LOFTY_BASE_URL: url, LOFTY_ACCESS_TOKEN: 'canary-direct' };
    for (const argv of [['me'], ['auth', 'status'], ['auth', 'test'], ['auth', 'login-browser']]) {
      const { code, stdout, stderr } = await cli(argv, { env });
      assert.deepEqual([code, stdout], [2, ''], `${url} ${argv.join(' ')}`);
      assert.match(stderr, /LOFTY_BASE_URL/);
    }
  }
});

test('logins without what they need say what is missing and exit without a request', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const login = await cli(['auth', 'login']);
  assert.equal(login.code, 3);
  assert.match(login.stderr, /LOFTY_CLIENT_ID, LOFTY_CLIENT_SECRET, LOFTY_CUSTOMER_KEY missing/);
  const session = await cli(['auth', 'login-session']);
  assert.equal(session.code, 2);
  assert.match(session.stderr, /No Token URL was given/);
  const noId = await cli(['auth', 'login-session', '--tokenurl', 'https://x.example/t']);
  assert.match(noId.stderr, /No session id was given/);
  const badId = await cli(
    ['auth', 'login-session', '--tokenurl', 'https://x.example/t', '--sessionid', '-'],
    {
      stdin: 'x'.repeat(5000),
    },
  );
  assert.match(badId.stderr, /The session id is longer than 4096 characters/);
  assert.equal(lofty.seen.length, 0);
});

test('a failed login leaves an earlier sign-in as it was', async (t) => {
  const { lofty, cli, home, signIn } = await withLofty(t);
  await signIn();
  const path = join(home, '.config/tokens/lofty-pkce-cache.json');
  const before = await readFile(path, 'utf8');
  lofty.faults.deny = true;
  assert.equal((await cli(['auth', 'login-browser', '--no-browser'])).code, 1);
  assert.equal(await readFile(path, 'utf8'), before);
});

test('a home that cannot be written is said before any login begins', async (t) => {
  const { lofty, cli, home } = await withLofty(t);
  await writeFile(join(home, '.config'), 'a file where a folder should be');
  for (const argv of [
    ['auth', 'login-browser'],
    ['auth', 'login-browser', '--no-browser'],
  ]) {
    const { code, stderr } = await cli(argv);
    assert.equal(code, 1);
    assert.match(stderr, /cannot be written/);
  }
  assert.equal((await cli(['auth', 'set', '-'], { stdin: 'some-key' })).code, 1);
  assert.equal(lofty.seen.length, 0);
});
