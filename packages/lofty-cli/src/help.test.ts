import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, groups } from './all-commands.ts';
import { globalOptions } from './global-options.ts';
import { helpText } from './help.ts';

test('the first help names every command and every global option', () => {
  const text = helpText([], commands, groups, 80);
  for (const command of commands)
    assert.ok(text.includes(`  ${command.path.join(' ')}`), command.path.join(' '));
  for (const option of globalOptions) assert.ok(text.includes(`--${option.name}`), option.name);
});

test('the help of a command names each of its options and arguments', () => {
  for (const command of commands) {
    const text = helpText(command.path, commands, groups, 80);
    assert.ok(text.startsWith(command.summary), command.path.join(' '));
    assert.ok(text.includes(`lofty-cli ${command.path.join(' ')}`));
    for (const option of command.options ?? []) assert.ok(text.includes(`--${option.name}`), option.name);
    for (const positional of command.positionals ?? []) assert.ok(text.includes(`<${positional.name}>`));
  }
});

test('the help of a group lists that group only', () => {
  const text = helpText(['leads'], commands, groups, 80);
  assert.match(text, /^People who may buy, sell or rent\n/);
  assert.match(text, /\n {2}list /);
  assert.doesNotMatch(text, /login/);
});

test('help fits 80 columns, and prose fits 40', () => {
  for (const path of [[], ['auth'], ...commands.map((command) => command.path)]) {
    const examples = new Set(commands.flatMap((command) => command.examples ?? []));
    const isExample = (line: string): boolean => examples.has(line.trim());
    for (const line of helpText(path, commands, groups, 80).split('\n')) {
      assert.ok(line.length <= 80 || isExample(line), line);
    }
    for (const line of helpText(path, commands, groups, 40).split('\n')) {
      assert.ok(
        line.length <= 40 || isExample(line) || !line.trim().includes(' ') || line.startsWith('  LOFTY_'),
        line,
      );
    }
  }
});
