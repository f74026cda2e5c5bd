// docs/cli.md is the reference: it names every command, option of all commands, variable and file.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commands } from './all-commands.ts';
import { credentialFiles, profilesFile } from './files.ts';
import { globalOptions } from './global-options.ts';

const guide = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

test('docs/cli.md names every command and every global option', () => {
  for (const { path } of commands) assert.ok(guide.includes(`\`${path.join(' ')}\``), path.join(' '));
  for (const { name } of globalOptions) assert.ok(guide.includes(`\`--${name}\``), name);
});

test('docs/cli.md names every variable that the two tools read', () => {
  const sources = ['lofty-cli', 'loomta-cli'].flatMap((tool) => {
    const folder = new URL(`../../${tool}/src/`, import.meta.url);
    return globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts', '**/testing/**'] }).map((file) =>
      readFileSync(new URL(file, folder), 'utf8'),
    );
  });
  const variables = new Set(
    sources.flatMap((text) => text.match(/\b(?:LOFTY|LOOMTA)_[A-Z_]*[A-Z]\b/g) ?? []),
  );
  assert.ok(variables.size >= 12);
  for (const name of variables) assert.ok(guide.includes(`\`${name}\``), name);
});

test('docs/cli.md names every file that is written', () => {
  for (const path of [...Object.values(credentialFiles('~')), profilesFile('~')]) {
    assert.ok(guide.includes(`\`${path}\``), path);
  }
});
