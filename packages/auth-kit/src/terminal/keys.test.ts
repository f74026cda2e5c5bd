import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipboardPrograms } from './clipboard-program.ts';
import { keyParser } from './key-parser.ts';
import { link } from './link.ts';
import { typeInto } from './typed.ts';

test('keys, marked and unmarked pastes are told apart, also when they come in pieces', () => {
  for (const [chunks, inputs] of [
    [['c'], ['c']],
    [['\r'], ['\r']],
    [['abc'], ['abc']],
    [['abc\r'], ['abc', '\r']],
    [['\u001b[200~a#b\u001b[201~'], ['a#b\r']],
    [
      ['\u001b[20', '0~a', '#b\u001b[2', '01~c'],
      ['a#b\r', 'c'],
    ],
    [['\u001b[200~a\n b\u001b[201~'], ['a  b\r']],
    [['\u001b[A\u001bOPp'], ['p']],
    [['\u001b', '[1;5Cp'], ['p']],
    [['\u0003'], ['\u0003']],
    [['x\u0003'], ['x', '\u0003']],
  ] as const) {
    const parse = keyParser();
    assert.deepEqual(
      chunks.flatMap((chunk) => parse(chunk)),
      inputs,
      JSON.stringify(chunks),
    );
  }
});

test('a command is a key only while no text was begun; text can be corrected', () => {
  const run = (inputs: readonly string[]): readonly unknown[] => {
    let text = '';
    return inputs.flatMap((input) => {
      const typed = typeInto(text, input, (key) => key === 'c');
      text = typed.text;
      return typed.event === undefined ? [] : [typed.event];
    });
  };
  assert.deepEqual(run(['c']), [{ kind: 'key', key: 'c' }]);
  assert.deepEqual(run(['ab', 'c', '\r']).at(-1), { kind: 'line', text: 'abc' });
  assert.deepEqual(run(['abx', '\u007f', '\r']).at(-1), { kind: 'line', text: 'ab' });
  assert.deepEqual(run(['abx', '\u0015', 'c']).at(-1), { kind: 'key', key: 'c' });
  assert.deepEqual(run(['code#state\r']), [{ kind: 'line', text: 'code#state' }]);
  assert.deepEqual(run(['\r']), []);
});

test('each system copies with its own program; over SSH none does', () => {
  const names = (env: Record<string, string>, system = 'linux'): string =>
    clipboardPrograms(env, system)
      .map(([name]) => name)
      .join(' ');
  assert.equal(names({}, 'darwin'), 'pbcopy');
  assert.equal(names({}, 'win32'), 'clip.exe');
  assert.equal(names({ WSL_DISTRO_NAME: 'Debian' }), 'clip.exe');
  assert.equal(names({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }), 'wl-copy xclip xsel');
  assert.equal(names({ DISPLAY: ':0' }), 'xclip xsel');
  assert.equal(names({}), '');
  assert.equal(names({ SSH_TTY: '/dev/pts/1', DISPLAY: ':0' }, 'darwin'), '');
});

test('addresses are links only in terminals that are known to understand', () => {
  const terminal = { write: () => undefined, isTTY: true, columns: () => 80 };
  const linked = (env: Record<string, string>, isTTY = true): boolean =>
    link({ env, stderr: { ...terminal, isTTY } }, 'https://x.example').startsWith('\u001b]8;;');
  for (const env of [
    { VTE_VERSION: '7600' },
    { TERM_PROGRAM: 'WezTerm' },
    { TERM: 'xterm-kitty' },
    { WT_SESSION: '1' },
    { FORCE_HYPERLINK: '1' },
  ]) {
    assert.ok(linked(env), JSON.stringify(env));
    assert.ok(!linked({ ...env, TERM: 'dumb' }));
    assert.ok(!linked(env, false));
  }
  for (const env of [
    {},
    { TERM_PROGRAM: 'Apple_Terminal' },
    { VTE_VERSION: '4800' },
    { FORCE_HYPERLINK: '0', WT_SESSION: '1' },
  ]) {
    assert.ok(!linked(env as Record<string, string>), JSON.stringify(env));
  }
});
