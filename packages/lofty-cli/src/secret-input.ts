/** Owns taking a secret from an argument or, for `-`, from standard input. */
import type { Context } from './context.ts';

export type SecretInput = { readonly value: string; readonly byArgument: boolean };

/** Warns when the secret stood on the command line, where `ps` and the shell's history show it. */
export async function readSecret(
  { io, say, sayNote }: Context,
  argument: string,
  what: string,
): Promise<SecretInput> {
  if (argument !== '-') {
    sayNote(`${what} was on the command line, where other programs and your shell history can see it.`);
    say('  Next time give - instead and send it by standard input.');
    return { value: argument, byArgument: true };
  }
  if (io.stdinIsTTY) say(`Paste ${what.toLowerCase()}, press Enter, then Ctrl-D:`);
  return { value: (await io.readStdin()).trim(), byArgument: false };
}
