/** Owns one invocation from its arguments to its exit code. */
import type { Io } from '@latchkey/auth-kit';
import { ownCommands, ownGroups } from './command-table.ts';
import type { CommandSpec } from './command.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import type { Parsed } from './parse.ts';
import { parse } from './parse.ts';

/** Enough for help and complaints; the rest of the outside world is loaded when a command runs. */
export type Outside = {
  readonly env: Io['env'];
  readonly stdout: Pick<Io['stdout'], 'write' | 'columns'>;
  readonly stderr: Pick<Io['stderr'], 'write'>;
  readonly io: () => Promise<Io>;
};

export async function run(argv: readonly string[], outside: Outside): Promise<ExitCode> {
  const { parsed, commands, groups } = await understand(argv, outside.env);
  switch (parsed.kind) {
    case 'version':
      outside.stdout.write(`${await version()}\n`);
      return exitCode.ok;
    case 'help': {
      const { helpText } = await import('./help.ts');
      outside.stdout.write(helpText(parsed.path, commands, groups, outside.stdout.columns() ?? 80));
      return exitCode.ok;
    }
    case 'usage-error':
      outside.stderr.write(`${parsed.problem}\n${parsed.fix}\n`);
      return exitCode.usage;
    case 'run': {
      const [{ createContext, refuse }, { keepProfile, openProfile }, { withSecretFiles }, command, io] =
        await Promise.all([
          import('./context.ts'),
          import('./profile.ts'),
          import('./kit-at-start.ts'),
          parsed.command.load(),
          outside.io(),
        ]);
      const profile = await openProfile(io, parsed.global, parsed.command.beginsProfile === true);
      if (!profile.ok) return refuse(io, profile.failure);
      const env = await withSecretFiles(io.env, secretVariables);
      if (!env.ok) return refuse(io, env.failure);
      const exit = await command.run(
        createContext({ ...io, env: env.value }, parsed.global, profile.value),
        parsed.input,
      );
      if (exit !== exitCode.ok || parsed.command.beginsProfile !== true) return exit;
      const kept = await keepProfile(io, profile.value);
      return kept.ok ? exit : refuse(io, kept.failure);
    }
  }
}

const secretVariables = [
  'LOFTY_SESSION_ID',
  'LOFTY_CLIENT_SECRET',
  'LOFTY_CUSTOMER_KEY',
  'LOFTY_ACCESS_TOKEN',
  'LOFTY_REFRESH_TOKEN',
];

type Understood = {
  readonly parsed: Parsed;
  readonly commands: readonly CommandSpec[];
  readonly groups: Readonly<Record<string, string>>;
};

/** What our own few commands explain needs no more; the API's are loaded for everything else, mistakes included. */
async function understand(argv: readonly string[], env: Io['env']): Promise<Understood> {
  const parsed = parse(argv, ownCommands, env);
  const isOverview = parsed.kind === 'help' && parsed.path.length === 0;
  if (parsed.kind !== 'usage-error' && !isOverview)
    return { parsed, commands: ownCommands, groups: ownGroups };
  const { commands, groups } = await import('./all-commands.ts');
  return { parsed: parse(argv, commands, env), commands, groups };
}

async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
