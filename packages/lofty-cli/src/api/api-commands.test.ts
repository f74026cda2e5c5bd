// Commands that come from the OpenAPI document: what they send, what they refuse, and that the table is current.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { documentUrl, tableOf, tableUrl } from '../../tools/generate-commands.ts';
import { commands } from '../all-commands.ts';
import type { FakeLofty } from '../testing/fake-lofty.ts';
import type { EndedHere, Here } from '../testing/run-here.ts';
import { withLofty } from '../testing/with-lofty.ts';
import { operations } from './operations.ts';

type Setup = {
  readonly lofty: FakeLofty;
  readonly home: string;
  readonly cli: (argv: readonly string[], here?: Partial<Here>) => Promise<EndedHere>;
  readonly asked: () => string;
  readonly body: () => string | undefined;
};

/** Signed in by a direct token; every call is answered with an empty object. */
async function setUp(t: TestContext): Promise<Setup> {
  const { lofty, cli, home } = await withLofty(t);
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  lofty.faults.answer = { status: 200, body: '{}' };
  return {
    lofty,
    home,
    cli: (argv, here = {}) => cli(argv, { ...here, env: { ...env, ...here.env } }),
    asked: () => `${lofty.seen.at(-1)?.method} ${lofty.seen.at(-1)?.url}`,
    body: () => lofty.seen.at(-1)?.body,
  };
}

test('the committed table is what the OpenAPI document says now', async () => {
  const [document, table] = await Promise.all([readFile(documentUrl, 'utf8'), readFile(tableUrl, 'utf8')]);
  assert.equal(table, tableOf(document));
});

test('each endpoint that is not deprecated is a command with the words of its operation id', () => {
  assert.ok(operations.length >= 12);
  for (const { id, summary } of operations) {
    const command = commands.find((each) => each.path.join('.') === id);
    assert.equal(command?.summary, summary, id);
  }
  assert.ok(!operations.some(({ id }) => id === 'me.get-by-post'));
  assert.ok(!operations.some(({ path }) => path.startsWith('/public/')), 'they take other credentials');
});

test('no command has two options of one name', () => {
  for (const { path, options = [] } of commands) {
    assert.equal(new Set(options.map(({ name }) => name)).size, options.length, path.join(' '));
  }
});

test('reads: path values, query values and the short names of what there is one of', async (t) => {
  const { cli, asked } = await setUp(t);
  for (const [line, expected] of [
    ['leads get 9223372036854775807', 'GET /v1.0/leads/9223372036854775807'],
    ['members list --limit 5 --group-ids 7,8', 'GET /v1.0/members?limit=5&groupIds=7%2C8'],
    ['org get', 'GET /v1.0/org'],
    ['org', 'GET /v1.0/org'],
    ['me get', 'GET /v1.0/me'],
    ['me', 'GET /v1.0/me'],
    ['webhooks list', 'GET /v1.0/webhooks'],
  ] as const) {
    const { code, stderr } = await cli(line.split(' '));
    assert.deepEqual([code, stderr], [0, ''], line);
    assert.equal(asked(), expected);
  }
});

test('writes: options become a body of the right JSON types, and integers keep every digit', async (t) => {
  const { cli, asked, body } = await setUp(t);
  const create = [
    'leads',
    'create',
    '--first-name',
    'Ana',
    '--source',
    'Open House',
    '--cannot-call',
    'true',
  ];
  const lists = ['--emails', 'a@x.test', '--emails', 'b@x.test', '--lead-types', '2', '--lead-types', '-1'];
  assert.equal((await cli([...create, ...lists])).code, 0);
  assert.equal(asked(), 'POST /v1.0/leads');
  assert.equal(
    body(),
    '{"firstName":"Ana","emails":["a@x.test","b@x.test"],"source":"Open House","leadTypes":[2,-1],"cannotCall":true}',
  );
  await cli(['leads', 'assign', '42', '--assigned-user-id', '9223372036854775807']);
  assert.equal(asked(), 'POST /v1.0/leads/42/assignment');
  assert.equal(body(), '{"assignedUserId":9223372036854775807}');
  await cli(['leads', 'update', '42', '--stage', 'Under Contract']);
  assert.equal(asked(), 'PUT /v1.0/leads/42');
  assert.equal(body(), '{"stage":"Under Contract"}');
});

test('writes: --data gives the whole body, by argument, file and standard input, exactly as written', async (t) => {
  const { cli, home, body } = await setUp(t);
  const text = '{ "city": null, "score": 2.50 }';
  const file = join(home, 'change.json');
  await writeFile(file, text);
  for (const [data, stdin] of [
    [text, ''],
    [`@${file}`, ''],
    ['-', text],
  ] as const) {
    assert.equal((await cli(['leads', 'update', '42', '--data', data], { stdin })).code, 0);
    assert.equal(body(), text);
  }
});

test('what the document forbids is refused before a call, with the option named', async (t) => {
  const { cli, lofty } = await setUp(t);
  for (const [line, said] of [
    ['leads get 42x', /<lead-id> must be an id, digits only/],
    ['leads get', /needs <lead-id>/],
    ['leads create', /A field is missing[\s\S]*Fix: give --first-name and others, or --data/],
    ['leads create --first-name Ana --data {}', /--data is the whole body, and --first-name a part of it/],
    ['leads create --stage Lost', /--stage must be one of New Lead, Contacted/],
    ['leads create --cannot-call yes', /--cannot-call must be one of true, false/],
    ['leads create --birthday 1.2.1990', /--birthday must be a date such as/],
    [`leads create --first-name ${'x'.repeat(31)}`, /--first-name is longer than 30 characters/],
    ['leads assign 42', /--assigned-user-id is missing/],
    ['webhooks create --list-id 13 --callback-url https://x.example', /--list-id must be a whole number/],
    ['webhooks create --list-id 2 --callback-url http://x.example', /--callback-url must start with https/],
    ['webhooks create --list-id 2', /--callback-url is missing/],
  ] as const) {
    const { code, stdout, stderr } = await cli(line.split(' '));
    assert.deepEqual([code, stdout], [2, ''], line);
    assert.match(stderr, said, line);
  }
  assert.equal(lofty.seen.length, 0);
});

test('a deletion needs --yes where nobody can answer, and one key on a terminal', async (t) => {
  const { cli, lofty, asked } = await setUp(t);
  const line = ['leads', 'delete', '42', '--reason', 'Duplicate & more'];
  const alone = await cli(line);
  assert.equal(alone.code, 2);
  assert.match(alone.stderr, /nobody is here to be asked\.\n {2}Fix: add --yes/);
  const press = (key: string): Partial<Here> => ({
    columns: 80,
    io: {
      stdinIsTTY: true,
      keys: (onKey) => {
        setImmediate(() => onKey(key));
        return () => undefined;
      },
    },
  });
  for (const key of ['n', '\r', 'q']) {
    const no = await cli(line, press(key));
    assert.equal(no.code, 130);
    assert.match(
      no.stderr,
      /^Delete a lead 42\? This cannot be undone\. \[y\/N\] no\n.*[Nn]othing was changed/,
    );
  }
  assert.equal(lofty.seen.length, 0);
  const done = 'DELETE /v1.0/leads/42?reason=Duplicate%20%26%20more';
  assert.equal((await cli(line, press('y'))).code, 0);
  assert.equal(asked(), done);
  lofty.seen.length = 0;
  assert.equal((await cli([...line, '--yes'])).code, 0);
  assert.equal(asked(), done);
});

test('Ctrl-C at the question changes nothing and ends with 130', async (t) => {
  const { cli, lofty } = await setUp(t);
  const interrupt = new AbortController();
  const ended = await cli(['webhooks', 'delete', '7'], {
    columns: 80,
    io: {
      stdinIsTTY: true,
      signal: interrupt.signal,
      keys: () => {
        setImmediate(() => interrupt.abort());
        return () => undefined;
      },
    },
  });
  assert.equal(ended.code, 130);
  assert.equal(lofty.seen.length, 0);
});
