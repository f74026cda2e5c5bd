// Profiles: another account or host beside the documented one, by `--profile` or LOOMTA_PROFILE.
import { checkProfileName, defaultProfile, forProfile, ok } from '@latchkey/auth-kit';
import type { Io, Result } from '@latchkey/auth-kit';

const variable = 'LOOMTA_PROFILE';

/** What the command line names comes before the variable; from here on the variable is the one place that says it. */
export function withProfile(io: Io, named: string | undefined): Result<Io> {
  const name = checkProfileName(named ?? profileOf(io));
  return name.ok ? ok({ ...io, env: { ...io.env, [variable]: name.value } }) : name;
}

/** Where the profile in force keeps the file that the default one keeps at `path`. */
export function inProfile(io: Io, path: string): string {
  return forProfile(path, profileOf(io));
}

export function loginCommandOf(io: Io): string {
  const profile = profileOf(io);
  return `loomta auth:login${profile === defaultProfile ? '' : ` --profile ${profile}`}`;
}

function profileOf(io: Io): string {
  return io.env[variable]?.trim() || defaultProfile;
}
