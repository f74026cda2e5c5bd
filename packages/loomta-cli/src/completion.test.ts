// Completion of loomta as the shells themselves run it: real bash, and real zsh and fish where they are installed.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { loomtaFor } from './testing/run-loomta.ts';

const skip = (shell: string): string | false => {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return `${shell} is not installed`;
  }
};

const inShell = async (t: TestContext, shell: string, flags: readonly string[], lines: string) => {
  const loomta = await loomtaFor(t, 'http://127.0.0.1:9');
  const { code, stdout } = await loomta.run(['completion', shell]);
  assert.equal(code, 0);
  const file = join(loomta.home, 'completion');
  await writeFile(file, stdout);
  const env = { HOME: loomta.home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const answer = await promisify(execFile)(shell, [...flags, '-c', lines.replace('SCRIPT', file)], { env });
  return answer.stdout.split('\n').filter((line) => line !== '');
};

const commands = ['auth:login', 'auth:status', 'auth:logout', 'platforms:list', 'completion'];

test('bash completes commands, colons and all, and their options', { skip: skip('bash') }, async (t) => {
  const offers = (...words: string[]): Promise<readonly string[]> =>
    inShell(
      t,
      'bash',
      ['--norc', '--noprofile'],
      `source SCRIPT; COMP_WORDS=(loomta ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
       _loomta; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
  assert.deepEqual(await offers(''), commands);
  assert.deepEqual(await offers('auth:log'), ['auth:login', 'auth:logout']);
  assert.deepEqual(await offers('auth:login', '--no'), ['--no-wait', '--no-browser']);
  assert.deepEqual(await offers('auth:status', '--'), ['--profile', '--help', '--version']);
  assert.deepEqual(await offers('completion', 'z'), ['zsh']);
});

test('zsh completes commands and options', { skip: skip('zsh') }, async (t) => {
  const offers = (...words: string[]): Promise<readonly string[]> =>
    inShell(
      t,
      'zsh',
      ['-f'],
      `compdef() { : }; compadd() { shift; print -l -- "$@" }
       source SCRIPT; words=(loomta ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _loomta`,
    );
  assert.deepEqual(await offers(''), commands);
  assert.ok((await offers('auth:login', '')).includes('--resume'));
});

test('fish completes commands and options', { skip: skip('fish') }, async (t) => {
  const offers = async (line: string): Promise<readonly string[]> => {
    const lines = await inShell(t, 'fish', ['--no-config'], `source SCRIPT; complete -C '${line}'`);
    return lines.map((offer) => offer.split('\t')[0] ?? '');
  };
  assert.deepEqual([...(await offers('loomta '))].toSorted(), commands.toSorted());
  assert.deepEqual(await offers('loomta auth:login --res'), ['--resume']);
});
