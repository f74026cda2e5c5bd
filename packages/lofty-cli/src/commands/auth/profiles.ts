/** Owns `lofty-cli auth profiles`: which there are, which is in force, and forgetting one. */
import { defaultProfile, ok, readProfiles, removeProfile, unknownProfile } from '@latchkey/auth-kit';
import { single } from '../../command.ts';
import type { Run } from '../../command.ts';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCode } from '../../exit-code.ts';
import { credentialFiles, profilesFile } from '../../files.ts';
import { removeSaved } from '../../remove-saved.ts';

export const run: Run = async (context, input) => {
  const { io, profile } = context;
  const remove = single(input, 'remove');
  if (remove !== undefined) return await forget(context, remove);
  const profiles = await readProfiles(profilesFile(io.homedir()));
  if (!profiles.ok) return context.refuse(profiles.failure);
  const rows = Object.entries(profiles.value.known).map(([name, { baseUrl }]) => ({
    name,
    inUse: name === profile.name,
    host: baseUrl ?? (io.env['LOFTY_BASE_URL'] || 'https://api.lofty.com'),
  }));
  await context.print(JSON.stringify(rows), [
    { title: '', from: (row) => (row['inUse'] === true ? '*' : '') },
    { title: 'Profile', from: (row) => row['name'] },
    { title: 'Host', from: (row) => row['host'] },
  ]);
  return exitCode.ok;
};

async function forget(context: Context, name: string): Promise<ExitCode> {
  const { io } = context;
  const file = profilesFile(io.homedir());
  const profiles = await readProfiles(file);
  if (!profiles.ok) return context.refuse(profiles.failure);
  if (name === defaultProfile) {
    return context.refuse({
      kind: 'configuration',
      reason: 'the default profile cannot be removed',
      next: 'lofty-cli auth logout --profile default',
    });
  }
  const { known } = profiles.value;
  const found = Object.hasOwn(known, name) ? ok(name) : unknownProfile(name, known);
  if (!found.ok) return context.refuse(found.failure);
  const { sessionCache, pkceCache, oauthCache, customerKey, pendingLogin } = credentialFiles(
    io.homedir(),
    name,
  );
  const removed = await removeSaved(
    context,
    [sessionCache, pkceCache, oauthCache, customerKey, pendingLogin],
    {
      nothing: 'Nothing was saved for it.',
      variables: [],
      revoked: false,
      afterwards: ['Only on this computer: nothing was revoked at the server.'],
    },
  );
  if (removed !== exitCode.ok) return removed;
  const forgotten = await removeProfile(file, name, io);
  if (!forgotten.ok) return context.refuse(forgotten.failure);
  context.sayDone(`Removed profile ${name}`);
  return exitCode.ok;
}
