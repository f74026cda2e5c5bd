// From the command line to the exit code.
import { readFile } from 'node:fs/promises';
import { withSecretFiles } from '@latchkey/auth-kit';
import type { Io } from '@latchkey/auth-kit';
import { readArguments } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { help } from './help.ts';
import { withProfile } from './profile.ts';
import { failed, refused, report } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const asked = readArguments(argv);
  switch (asked.kind) {
    case 'help':
      io.stdout.write(help);
      return 0;
    case 'version':
      io.stdout.write(`${await version()}\n`);
      return 0;
    case 'completion':
      io.stdout.write((await import('./completion.ts')).completionScript(asked.shell));
      return 0;
    case 'wrong':
      return report(refused('invalid_request', asked.message, 'loomta --help'), io);
    case 'command':
      return report(await performWithFiles(asked, io), io);
  }
}

/** LOOMTA_API_KEY_FILE may name the file that holds the key. */
async function performWithFiles(asked: Extract<Arguments, { kind: 'command' }>, io: Io): Promise<Outcome> {
  const env = await withSecretFiles(io.env, ['LOOMTA_API_KEY']);
  if (!env.ok) return failed(env.failure);
  const profiled = withProfile({ ...io, env: env.value }, asked.profile);
  return profiled.ok ? await perform(asked, profiled.value) : failed(profiled.failure);
}

/** Each command is loaded only when it runs. */
async function perform(asked: Extract<Arguments, { kind: 'command' }>, io: Io): Promise<Outcome> {
  switch (asked.name) {
    case 'auth:login':
      return await (await import('./commands/auth-login.ts')).authLogin(io, asked.login);
    case 'auth:status':
      return await (await import('./commands/auth-status.ts')).authStatus(io);
    case 'auth:logout':
      return await (await import('./commands/auth-logout.ts')).authLogout(io);
    case 'platforms:list':
      return await (await import('./commands/platforms-list.ts')).platformsList(io);
  }
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
