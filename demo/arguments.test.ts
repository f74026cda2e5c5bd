import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseStartArguments } from './arguments.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const around = { root: '/repo', cwd: here, env: {} };
const parse = (...words: string[]) => parseStartArguments(words, around);

test('nothing said: port 4000 and .latchkey-demo in the repository', () => {
  assert.deepEqual(parse(), { kind: 'start', start: { port: 4000, dataFolder: '/repo/.latchkey-demo' } });
});

test('--port wins over LATCHKEY_PORT, which wins over 4000', () => {
  const env = { LATCHKEY_PORT: '4200' };
  const fromEnv = parseStartArguments([], { ...around, env });
  const fromBoth = parseStartArguments(['--port', '4300'], { ...around, env });
  assert.equal(fromEnv.kind === 'start' && fromEnv.start.port, 4200);
  assert.equal(fromBoth.kind === 'start' && fromBoth.start.port, 4300);
});

test("relative paths are the caller's, not the repository's", () => {
  const parsed = parse(
    '--data',
    'mine',
    '--upstream',
    'http://localhost:3000',
    '--openapi',
    './openapi.yaml',
  );
  assert.deepEqual(parsed, {
    kind: 'start',
    start: {
      port: 4000,
      dataFolder: `${here}mine`,
      own: { upstream: 'http://localhost:3000', openapi: `${here}openapi.yaml` },
    },
  });
});

const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a port that is no number', ['--port', 'four'], /--port is "four"; it must be a number.*--port 4100/],
  ['a port without room for the two after it', ['--port', '65534'], /from 1 to 65533/],
  ['a negative port', ['--port=-1'], /--port is "-1"/],
  [
    'an upstream without its document',
    ['--upstream', 'http://localhost:3000'],
    /belong together: npm start -- /,
  ],
  ['a document without its upstream', ['--openapi', './openapi.yaml'], /belong together/],
  [
    'an upstream that is no address',
    ['--upstream', 'localhost', '--openapi', './openapi.yaml'],
    /must be the address of your API/,
  ],
  [
    'a document that is not there',
    ['--upstream', 'http://a.test', '--openapi', './none.yaml'],
    /there is no such file/,
  ],
  ['an option that we do not know', ['--prot', '4100'], /Unknown option '--prot'.*--help/],
  ['an option without its value', ['--data'], /--data.*--help/],
  ['a word without an option', ['4100'], /Unexpected argument '4100'.*--help/],
];

for (const [what, words, message] of wrong) {
  test(`${what} is refused with the fix, on one line`, () => {
    const parsed = parse(...words);
    assert.equal(parsed.kind, 'wrong');
    assert.match(parsed.kind === 'wrong' ? parsed.message : '', message);
    assert.doesNotMatch(parsed.kind === 'wrong' ? parsed.message : '', /\n/);
  });
}

test('a wrong LATCHKEY_PORT is named as such', () => {
  const parsed = parseStartArguments([], { ...around, env: { LATCHKEY_PORT: 'x' } });
  assert.match(parsed.kind === 'wrong' ? parsed.message : '', /^LATCHKEY_PORT is "x".*LATCHKEY_PORT=4100/);
});

test('--help explains every option', () => {
  const parsed = parse('--help');
  for (const option of ['--port', '--data', '--upstream', '--openapi', 'LATCHKEY_PORT']) {
    assert.ok(parsed.kind === 'help' && parsed.text.includes(option), option);
  }
});
