/** Owns taking a secret from an argument: `-` for standard input, `@file` for a file, or the secret itself. */
import { ok, readSecretFile } from '@latchkey/auth-kit';
import type { Result } from '@latchkey/auth-kit';
import type { Context } from './context.ts';

/** Warns when the secret stood on the command line, where `ps` and the shell's history show it. */
export async function readSecret(
  { io, say, sayNote }: Context,
  argument: string,
  what: string,
): Promise<Result<string>> {
  if (argument.startsWith('@')) return await readSecretFile(argument.slice(1), what.toLowerCase());
  if (argument !== '-') {
    sayNote(`${what} was on the command line, where other programs and your shell history can see it.`);
    say('  Next time give - instead and send it by standard input.');
    return ok(argument);
  }
  if (io.stdinIsTTY) say(`Paste ${what.toLowerCase()}, press Enter, then Ctrl-D:`);
  return ok((await io.readStdin()).trim());
}
