/** Owns which profile a command works for: by `--profile`, by LOFTY_PROFILE, or the one that `auth switch` chose. */
import type { Io, Result } from '@latchkey/auth-kit';
import { checkProfileName, defaultProfile, fail, ok, readProfiles, saveProfile } from '@latchkey/auth-kit';
import { profilesFile } from './files.ts';
import type { GlobalOptions } from './global-options.ts';
import { readHost } from './host.ts';

export type ActiveProfile = {
  readonly name: string;
  /** How it was chosen: what stands on the command line wins over everything in the environment. */
  readonly by: 'option' | 'variable' | 'switch';
  /** Its host; undefined for the default profile, whose host is LOFTY_BASE_URL or the documented one. */
  readonly baseUrl: string | undefined;
};

export async function openProfile(
  io: Io,
  global: Pick<GlobalOptions, 'profile'>,
  mayCreate: boolean,
): Promise<Result<ActiveProfile>> {
  const profiles = await readProfiles(profilesFile(io.homedir()));
  if (!profiles.ok) return profiles;
  const { current, known } = profiles.value;
  const name = global.profile?.name ?? current;
  const by = global.profile?.by ?? 'switch';
  const checked = checkProfileName(name);
  if (!checked.ok) return checked;
  if (!Object.hasOwn(known, name) && !mayCreate) {
    return fail('configuration', `there is no profile ${JSON.stringify(name)}`, {
      next: `lofty-cli auth login-browser --profile ${name}, or see lofty-cli auth profiles`,
    });
  }
  return ok({ name, by, baseUrl: known[name]?.baseUrl });
}

/** After a login: a new profile stays with the host that it was begun at. */
export async function keepProfile(io: Io, profile: ActiveProfile): Promise<Result<unknown>> {
  if (isDefault(profile) || profile.baseUrl !== undefined) return ok(undefined);
  const host = readHost(io, profile);
  if (!host.ok) return host;
  return await saveProfile(profilesFile(io.homedir()), profile.name, { baseUrl: host.value.baseUrl }, io);
}

function isDefault({ name }: ActiveProfile): boolean {
  return name === defaultProfile;
}

const credentialVariables = [
  'LOFTY_TOKEN_URL',
  'LOFTY_SESSION_ID',
  'LOFTY_ACCESS_TOKEN',
  'LOFTY_REFRESH_TOKEN',
];

/**
 * Another account's credential in the environment must not win over a profile that was named on the command line.
 * Answers what the chain may see, and the variables that it may not.
 */
export function environmentFor(
  env: Io['env'],
  profile: ActiveProfile,
): { readonly env: Io['env']; readonly hidden: readonly string[] } {
  if (profile.by !== 'option' || isDefault(profile)) return { env, hidden: [] };
  const hidden = credentialVariables.filter((name) => (env[name] ?? '') !== '');
  return { env: { ...env, ...Object.fromEntries(hidden.map((name) => [name, undefined])) }, hidden };
}
