import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from './all-commands.ts';
import type { Parsed } from './parse.ts';
import { parse } from './parse.ts';

const read = (...argv: string[]): Parsed => parse(argv, commands, {});

function problemOf(...argv: string[]): string {
  const parsed = read(...argv);
  assert.equal(parsed.kind, 'usage-error', argv.join(' '));
  assert.ok(parsed.kind === 'usage-error');
  assert.ok(parsed.fix.length > 0, 'every problem names its fix');
  return `${parsed.problem} ${parsed.fix}`;
}

test('flags may stand before, between and behind the words of a command', () => {
  for (const argv of [
    ['--json', 'leads', 'list', '--limit', '3'],
    ['leads', '--json', 'list', '--limit=3'],
    ['leads', 'list', '--limit', '3', '--json'],
  ]) {
    const parsed = read(...argv);
    assert.ok(parsed.kind === 'run', argv.join(' '));
    assert.deepEqual(parsed.command.path, ['leads', 'list']);
    assert.deepEqual(parsed.input.values['limit'], ['3']);
    assert.equal(parsed.global.format, 'json');
  }
});

test('NO_COLOR, DEBUG, LOFTY_AUTH_METHOD and LOFTY_PROFILE mean what their flags mean; empty ones mean nothing', () => {
  const set = parse(['me'], commands, {
    NO_COLOR: '1',
    DEBUG: 'x',
    LOFTY_AUTH_METHOD: 'direct-token',
    LOFTY_PROFILE: 'work',
  });
  assert.ok(set.kind === 'run');
  assert.deepEqual(set.global, {
    format: 'text',
    header: true,
    color: false,
    verbose: true,
    authMethod: 'direct-token',
    profile: { name: 'work', by: 'variable' },
  });
  const empty = parse(['me'], commands, {
    NO_COLOR: '',
    DEBUG: '',
    LOFTY_AUTH_METHOD: '',
    LOFTY_PROFILE: '',
  });
  assert.ok(empty.kind === 'run');
  assert.deepEqual(empty.global, {
    format: 'text',
    header: true,
    color: true,
    verbose: false,
    authMethod: undefined,
    profile: undefined,
  });
});

test('--auth-method on the command line wins over LOFTY_AUTH_METHOD', () => {
  const parsed = parse(['me', '--auth-method', 'token-url'], commands, { LOFTY_AUTH_METHOD: 'direct-token' });
  assert.ok(parsed.kind === 'run');
  assert.equal(parsed.global.authMethod, 'token-url');
});

test('a wrong LOFTY_AUTH_METHOD is named, not ignored', () => {
  const parsed = parse(['me'], commands, { LOFTY_AUTH_METHOD: 'magic' });
  assert.ok(parsed.kind === 'usage-error');
  assert.match(parsed.problem, /^LOFTY_AUTH_METHOD must be one of token-url, /);
});

test('help works at every depth, by flag and by word', () => {
  const asked: readonly (readonly [argv: string[], path: string[]])[] = [
    [[], []],
    [['-h'], []],
    [['help'], []],
    [['auth'], ['auth']],
    [['auth', '--help'], ['auth']],
    [['auth', 'help'], ['auth']],
    [['help', 'auth'], ['auth']],
    [
      ['auth', 'help', 'login'],
      ['auth', 'login'],
    ],
    [
      ['help', 'auth', 'login'],
      ['auth', 'login'],
    ],
    [
      ['auth', 'login', '-h'],
      ['auth', 'login'],
    ],
    [
      ['leads', 'list', '--limit', 'many', '-h'],
      ['leads', 'list'],
    ],
    [['api', 'GET', '/v1.0/me', '-h'], ['api']],
  ];
  for (const [argv, path] of asked) assert.deepEqual(read(...argv), { kind: 'help', path }, argv.join(' '));
});

test('-V and --version print the version', () => {
  assert.deepEqual(read('-V'), { kind: 'version' });
  assert.deepEqual(read('auth', 'status', '--version'), { kind: 'version' });
});

test('an unknown command suggests the nearest one, also from another group', () => {
  assert.match(problemOf('auth', 'login-browzer'), /Did you mean: lofty-cli auth login-browser$/);
  assert.match(problemOf('laeds', 'list'), /Did you mean: lofty-cli leads$/);
  assert.match(problemOf('login-browser'), /Did you mean: lofty-cli auth login-browser$/);
  assert.match(problemOf('auth', 'help', 'sttaus'), /Did you mean: lofty-cli auth status$/);
  assert.match(problemOf('xyzzy'), /See lofty-cli --help/);
});

test('an unknown option suggests the nearest one, or says whose it is', () => {
  assert.match(problemOf('leads', 'list', '--limt', '3'), /Did you mean: --limit$/);
  assert.match(problemOf('me', '--limit', '3'), /belongs to lofty-cli members list/);
  assert.match(problemOf('me', '-x'), /has no option -x/);
});

test('wrong, missing and doubled values say what is wrong', () => {
  const cases: readonly (readonly [argv: string[], said: RegExp])[] = [
    [['leads', 'list', '--limit', 'ten'], /--limit must be a whole number from 1 to 100/],
    [['leads', 'list', '--limit', '0'], /--limit must be a whole number/],
    [['leads', 'list', '--limit', '101'], /--limit must be a whole number/],
    [['leads', 'list', '--limit', '-5'], /--limit must be a whole number/],
    [['leads', 'list', '--limit', '1e2'], /--limit must be a whole number/],
    [['leads', 'list', '--limit'], /--limit needs a value: --limit N/],
    [['leads', 'list', '--limit='], /--limit needs a value/],
    [['leads', 'list', '--limit', '--json'], /--limit needs a value/],
    [['leads', 'list', '--limit', '1', '--limit', '2'], /--limit was given more than once/],
    [['leads', 'list', '--contacted', 'maybe'], /--contacted must be one of true, false/],
    [['leads', 'list', '--assigned-user-id', '9x'], /--assigned-user-id must be an id/],
    [['leads', 'list', 'extra'], /given 1 argument too many/],
    [['me', '--format', 'xml'], /--format must be one of text, json, csv, yaml/],
    [['me', '--json', '--format', 'csv'], /contradict/],
    [['me', '--json=yes'], /--json takes no value/],
    [['me', '--auth-method', 'password'], /--auth-method must be one of token-url/],
    [['auth', 'set'], /needs <customer-key>/],
    [['auth', 'set', ''], /<customer-key> must not be empty/],
    [['auth', 'set', 'two words'], /one word without spaces/],
    [['auth', 'set', 'a', 'b'], /given 1 argument too many/],
    [['auth', 'set', 'k'.repeat(4097)], /longer than 4096/],
    [['auth', 'set', 'schlüssel'], /characters that no key has/],
    [['auth', 'login-session', '--tokenurl', 'ftp://x'], /--tokenurl must be an address/],
    [['auth', 'login-session', '--tokenurl', 'http://example.com/t'], /must start with https/],
    [['auth', 'login-session', '--tokenurl', 'https://a:b@example.com/t'], /must not hold a name/],
    [['api'], /needs <METHOD>/],
    [['api', 'GET'], /needs <path>/],
    [['api', 'FETCH', '/v1.0/me'], /<METHOD> must be one of GET/],
    [['api', 'GET', 'v1.0/me'], /<path> must start with \//],
    [['api', 'GET', 'https://evil.example/'], /<path> must start with \//],
    [['api', 'GET', '//evil.example/'], /plain path/],
    [['api', 'GET', '/v1.0/\\evil'], /plain path/],
    [['api', 'GET', '/v1.0/a b'], /percent-encoded/],
    [['api', 'GET', '/v1.0/me', '--query', 'limit'], /--query must look like name=value/],
    [['api', 'GET', '/v1.0/me', '--query', '=1'], /--query must look like name=value/],
  ];
  for (const [argv, said] of cases) assert.match(problemOf(...argv), said, argv.join(' '));
});

test('an argument that was not valid UTF-8 is refused', () => {
  assert.match(problemOf('auth', 'set', 'abc\uFFFD'), /not valid UTF-8/);
});

test('a long mistyped word, perhaps a pasted secret, is not repeated whole', () => {
  const secret = 'eyJhbGciOiJIUzI1NiJ9'.repeat(50);
  assert.ok(problemOf(secret).length < 200);
  assert.ok(problemOf('me', `--${secret}`).length < 200);
});

test('a repeatable option keeps every value in order; -- ends the options', () => {
  const parsed = read('api', 'get', '/v1.0/leads', '--query', 'a=1', '--query', 'a=2');
  assert.ok(parsed.kind === 'run');
  assert.deepEqual(parsed.input.values['query'], ['a=1', 'a=2']);
  const dashed = read('auth', 'set', '--', '-key');
  assert.ok(dashed.kind === 'run');
  assert.deepEqual(dashed.input.positionals, ['-key']);
});

test('no option name means a switch in one command and a value in another', () => {
  const kinds = new Map<string, boolean>();
  for (const option of commands.flatMap((command) => command.options ?? [])) {
    const takesValue = option.value !== undefined;
    assert.equal(kinds.get(option.name) ?? takesValue, takesValue, option.name);
    kinds.set(option.name, takesValue);
  }
});
