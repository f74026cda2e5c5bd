/** Owns one invocation from its arguments to its exit code. */
import { readFile } from 'node:fs/promises';
import type { Io } from '@latchkey/auth-kit';
import { commands, groups } from './command-table.ts';
import { createContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import { parse } from './parse.ts';

export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parse(argv, commands, io.env);
  switch (parsed.kind) {
    case 'version':
      io.stdout.write(`${await version()}\n`);
      return exitCode.ok;
    case 'help': {
      const { helpText } = await import('./help.ts');
      io.stdout.write(helpText(parsed.path, commands, groups, io.stdout.columns() ?? 80));
      return exitCode.ok;
    }
    case 'usage-error':
      io.stderr.write(`${parsed.problem}\n${parsed.fix}\n`);
      return exitCode.usage;
    case 'run': {
      const command = await parsed.command.load();
      return command.run(createContext(io, parsed.global), parsed.input);
    }
  }
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
