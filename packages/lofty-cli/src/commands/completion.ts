/** Owns `lofty-cli completion`. */
import { commands, groups } from '../all-commands.ts';
import type { Run } from '../command.ts';
import type { Model } from '../completion/model.ts';
import { modelOf } from '../completion/model.ts';
import { exitCode } from '../exit-code.ts';

export const run: Run = async ({ io }, input) => {
  io.stdout.write((await scriptOf(input.positionals[0]))(modelOf(commands, groups)));
  return exitCode.ok;
};

async function scriptOf(shell: string | undefined): Promise<(model: Model) => string> {
  switch (shell) {
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshScript;
    case 'fish':
      return (await import('../completion/fish.ts')).fishScript;
    case undefined:
    default:
      return (await import('../completion/bash.ts')).bashScript;
  }
}
