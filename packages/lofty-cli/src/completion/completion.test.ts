// Completion as the shells themselves run it: real bash, and real zsh and fish where they are installed.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { commands } from '../all-commands.ts';
import { runHere } from '../testing/run-here.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/** Loads our script in the shell, then runs the test's lines. */
async function inShell(t: TestContext, shell: Shell, lines: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lofty-completion-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { code, stdout } = await runHere(['completion', shell], { home: folder });
  assert.equal(code, 0);
  const file = join(folder, 'completion');
  await writeFile(file, stdout);
  const env = { HOME: folder, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const flags = shell === 'bash' ? ['--norc', '--noprofile'] : shell === 'zsh' ? ['-f'] : ['--no-config'];
  const answer = await promisify(execFile)(shell, [...flags, '-c', lines.replace('SCRIPT', file)], { env });
  assert.equal(answer.stderr, '');
  return answer.stdout.split('\n').filter((line) => line !== '');
}

/** What Tab offers in bash with the cursor behind the last word. */
function inBash(t: TestContext, ...words: string[]): Promise<readonly string[]> {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  return inShell(
    t,
    'bash',
    `source SCRIPT; complete -p lofty-cli >/dev/null; COMP_WORDS=(lofty-cli ${quoted}); COMP_CWORD=${words.length}
     _lofty_cli; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
}

/** zsh's own functions print instead of drawing a menu; everything else is the script's own work. */
function inZsh(t: TestContext, ...words: string[]): Promise<readonly string[]> {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  return inShell(
    t,
    'zsh',
    `compdef() { : }; compset() { words[CURRENT]=\${words[CURRENT]#*=} }
     compadd() { [[ $1 == -- ]] && shift; print -l -- "$@" }
     _describe() { print -l -- "\${(@P)\${@[-1]}}" }
     source SCRIPT; words=(lofty-cli ${quoted}); CURRENT=${words.length + 1}; _lofty_cli`,
  );
}

const isInstalled = (shell: Shell): boolean => {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const skip = (shell: Shell): string | false => (isInstalled(shell) ? false : `${shell} is not installed`);

const firstWords = [...new Set(commands.map(({ path }) => path[0] ?? ''))];

test('bash completes words at every depth, from the table of commands', { skip: skip('bash') }, async (t) => {
  assert.deepEqual([...(await inBash(t, ''))].toSorted(), firstWords.toSorted());
  assert.deepEqual(await inBash(t, 'auth', 'login-'), ['login-session', 'login-browser']);
  assert.deepEqual(await inBash(t, 'leads', ''), ['list', 'create', 'get', 'update', 'delete', 'assign']);
  assert.deepEqual(await inBash(t, '--format', 'json', 'lea'), ['leads'], 'a value before is no word');
  assert.deepEqual(await inBash(t, '--format', 'auth', 'lea'), ['leads']);
  assert.deepEqual(await inBash(t, 'completion', 'z'), ['zsh']);
});

test('bash completes options of the command and of all commands', { skip: skip('bash') }, async (t) => {
  assert.deepEqual(await inBash(t, 'auth', 'status', '--o'), ['--offline']);
  assert.deepEqual(await inBash(t, 'leads', 'list', '--a'), [
    '--assigned-user-id',
    '--any-tags',
    '--all-tags',
    '--auth-method',
  ]);
  assert.ok((await inBash(t, 'auth', 'show', '-')).includes('--help'));
});

test('bash completes values, with spaces quoted as the person began', { skip: skip('bash') }, async (t) => {
  assert.deepEqual(await inBash(t, 'leads', 'list', '--sort', 'L'), ['LastActivity', 'LastName']);
  assert.deepEqual(await inBash(t, 'me', '--format', ''), ['text', 'json', 'csv', 'yaml']);
  assert.deepEqual(await inBash(t, 'me', '--format', '=', 'j'), ['json']);
  assert.deepEqual(await inBash(t, 'me', '--format', '='), ['text', 'json', 'csv', 'yaml']);
  assert.deepEqual(await inBash(t, 'leads', 'create', '--stage', 'Ne'), ['New\\ Lead']);
  assert.deepEqual(await inBash(t, 'leads', 'create', '--stage', '"Ne'), ['New Lead']);
  assert.deepEqual(await inBash(t, 'leads', 'create', '--city', 'Se'), [], 'free text is not guessed');
});

test('zsh completes words, options and values', { skip: skip('zsh') }, async (t) => {
  const texts = (offers: readonly string[]): string[] => offers.map((offer) => offer.split(':')[0] ?? '');
  assert.deepEqual(texts(await inZsh(t, '')).toSorted(), firstWords.toSorted());
  assert.ok(
    (await inZsh(t, 'auth', '')).includes(
      'test:Make a real call (GET /v1.0/me) and name the cause if it fails',
    ),
  );
  assert.ok(texts(await inZsh(t, 'auth', 'status', '-')).includes('--offline'));
  assert.deepEqual(await inZsh(t, 'leads', 'create', '--stage', ''), [
    'New Lead',
    'Contacted',
    'Qualified',
    'Under Contract',
    'Closed',
  ]);
  assert.deepEqual(await inZsh(t, 'me', '--format=j'), ['text', 'json', 'csv', 'yaml']);
});

test('fish completes words, options and values', { skip: skip('fish') }, async (t) => {
  const inFish = async (line: string): Promise<readonly string[]> =>
    (await inShell(t, 'fish', `source SCRIPT; complete -C '${line}'`)).map(
      (offer) => offer.split('\t')[0] ?? '',
    );
  assert.deepEqual([...(await inFish('lofty-cli '))].toSorted(), firstWords.toSorted());
  assert.deepEqual([...(await inFish('lofty-cli auth login-'))].toSorted(), [
    'login-browser',
    'login-session',
  ]);
  assert.deepEqual(await inFish('lofty-cli auth status --off'), ['--offline']);
  assert.deepEqual([...(await inFish('lofty-cli leads list --sort L'))].toSorted(), [
    'LastActivity',
    'LastName',
  ]);
  assert.deepEqual(await inFish('lofty-cli leads create --stage Ne'), ['New Lead']);
});
