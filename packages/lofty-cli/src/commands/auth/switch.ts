/** Owns `lofty-cli auth switch`: the profile of every later command that names none. */
import { selectProfile } from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import { exitCode } from '../../exit-code.ts';
import { profilesFile } from '../../files.ts';

export const run: Run = async (context, input) => {
  const { io, global } = context;
  const [name = ''] = input.positionals;
  const changed = await selectProfile(profilesFile(io.homedir()), name, io);
  if (!changed.ok) return context.refuse(changed.failure);
  const { baseUrl } = changed.value.known[name] ?? {};
  context.sayDone(`Commands now use profile ${name}${baseUrl === undefined ? '' : `, at ${baseUrl}`}`);
  if ((io.env['LOFTY_PROFILE'] ?? '') !== '' && io.env['LOFTY_PROFILE'] !== name) {
    context.sayNote('LOFTY_PROFILE is set and comes first. Unset it to use the profile chosen here.');
  }
  if (global.format !== 'text') await context.print(JSON.stringify({ profile: name, host: baseUrl ?? null }));
  return exitCode.ok;
};
