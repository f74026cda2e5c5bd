/** Owns `lofty-cli auth set`. */
import { displayPath, writePrivateFile } from '@latchkey/auth-kit';
import { customerKey } from '../../checks.ts';
import type { Run } from '../../command.ts';
import { exitCode } from '../../exit-code.ts';
import { readSecret } from '../../secret-input.ts';
import { mask } from '../../words.ts';

export const run: Run = async (context, input) => {
  const { io, files } = context;
  const key = await readSecret(context, input.positionals[0] ?? '', 'The key');
  if (!key.ok) return context.refuse(key.failure);
  const wrong = customerKey(key.value);
  if (wrong !== undefined) {
    return context.refuse({ kind: 'configuration', reason: `the key ${wrong}`, next: 'copy it again' });
  }
  const saved = await writePrivateFile(files.customerKey, `${key.value}\n`);
  if (!saved.ok) return context.refuse(saved.failure);
  context.sayDone(
    `Saved customer key ${mask(key.value)} in ${displayPath(files.customerKey, io)}, readable only by you`,
  );
  if (io.env['LOFTY_CUSTOMER_KEY']) {
    context.sayNote(
      'LOFTY_CUSTOMER_KEY is set and comes before the saved key. Unset it to use the saved one.',
    );
  }
  return exitCode.ok;
};
