/** Owns `lofty-cli auth show`. */
import type { Run } from '../../command.ts';
import { exitCode } from '../../exit-code.ts';
import { customerKeySetting } from '../../methods.ts';
import { mask } from '../../words.ts';

export const run: Run = async (context, input) => {
  const { io, files, global } = context;
  const key = await customerKeySetting(files).read(io);
  if (key === undefined) {
    return context.refuse({
      kind: 'not-signed-in',
      reason: 'no customer key is set',
      next: 'copy a key from Settings > Integrations > API; lofty-cli auth set -',
    });
  }
  const shown = input.switches.has('raw') ? key.value : mask(key.value);
  if (global.format === 'text') {
    io.stdout.write(`${shown}\n`);
    context.say(`from ${key.from}`);
  } else {
    await context.print(JSON.stringify({ customerKey: shown, from: key.from }));
  }
  return exitCode.ok;
};
