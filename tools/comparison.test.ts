// The comparison of command-line logins claims nothing that no test shows.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('docs/cli-comparison.md', root), 'utf8');
const [compared = '', proven = ''] = text.split('## What stands behind each yes');

const cells = (part: string): readonly (readonly string[])[] =>
  part
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const claims = cells(compared);
const proofs = cells(proven);

test('every yes of ours has a test behind it, and nothing else is proven', () => {
  const yes = claims.filter(([, ours]) => ours?.startsWith('Y')).map(([capability]) => capability);
  assert.ok(yes.length > 20);
  assert.deepEqual([...new Set(proofs.map(([capability]) => capability))], yes);
});

test('each test that is named is there', () => {
  for (const [capability = '', proof = ''] of proofs) {
    const [, file = '', name = ''] = /^`([^`]+)`: (.+)$/.exec(proof) ?? [];
    const path = fileURLToPath(new URL(file, root));
    assert.ok(file !== '' && existsSync(path), `${capability}: ${proof}`);
    const named = readFileSync(path, 'utf8').includes(name);
    assert.ok(named && name.length > 10, `${capability}: no test "${name}" in ${file}`);
  }
});
