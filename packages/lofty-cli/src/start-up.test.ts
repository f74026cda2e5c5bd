// What the three commands that scripts and prompts run all the time may load [cli 15]: measured in processes of their own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadedModules } from './testing/loaded-modules.ts';
import { withLofty } from './testing/with-lofty.ts';

const start = [
  'checks.ts',
  'command-table.ts',
  'exit-code.ts',
  'global-options.ts',
  'main.ts',
  'nearest.ts',
  'parse.ts',
  'run.ts',
];
const running = [
  ...start,
  'context.ts',
  'failures.ts',
  'files.ts',
  'host.ts',
  'kit-at-start.ts',
  'methods.ts',
  'output/wrap.ts',
  'profile.ts',
];

const allowed: Readonly<Record<string, readonly string[]>> = {
  '--help': [
    ...start,
    'all-commands.ts',
    'api/commands.ts',
    'api/operation.ts',
    'api/operations.ts',
    'help.ts',
    'output/wrap.ts',
  ],
  'auth token': [...running, 'commands/auth/token.ts'],
  'auth status --offline': [
    ...running,
    'clock.ts',
    'commands/auth/status.ts',
    'identity-words.ts',
    'output/printable.ts',
    'output/table.ts',
    'saved-tokens.ts',
    'words.ts',
  ],
};

/** The first two come with running from source and with a pipe for stdout. */
const allowedBuiltins = ['net', 'worker_threads', 'tty', 'fs/promises'];

for (const [line, ours] of Object.entries(allowed)) {
  test(`[cli 15] lofty-cli ${line} with a saved sign-in loads only what it needs, and no other package`, async (t) => {
    const { home, env, signIn, lofty } = await withLofty(t);
    await signIn();
    const calls = lofty.seen.length;
    const { stdout, files, builtins } = await loadedModules(line.split(' '), home, env);
    assert.notEqual(stdout, '');
    const kit = (file: string): boolean => /^packages\/(auth-kit|protocol)\/src\//.test(file);
    assert.deepEqual(
      files.filter((file) => !kit(file)),
      ours.toSorted(),
    );
    if (line === '--help') {
      assert.deepEqual(files.filter(kit), ['packages/auth-kit/src/terminal/standard-output.ts']);
    }
    assert.deepEqual(
      builtins.filter((name) => !allowedBuiltins.includes(name)),
      [],
    );
    assert.equal(lofty.seen.length, calls, 'and makes no call');
  });
}
