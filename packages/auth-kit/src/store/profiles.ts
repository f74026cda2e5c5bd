// Several accounts and hosts side by side: a private file that names the profiles, their base URLs and the current one.
// The default profile needs no file, and its paths are the ones without profiles; another one's files lie in
// `profiles/<name>/` beside them.
import { basename, dirname, join } from 'node:path';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { checkBaseUrl } from '../http/base-url.ts';
import type { Io } from '../io.ts';
import { withLock } from './lock.ts';
import { loadPrivateFile, writePrivateFile } from './private-file.ts';
import type { Notice } from './private-file.ts';

export type Profile = {
  /** Undefined: what the tool uses without profiles. */
  readonly baseUrl?: string | undefined;
};

export type Profiles = {
  readonly current: string;
  /** By name; the default profile is always there. */
  readonly known: Readonly<Record<string, Profile>>;
};

export const defaultProfile = 'default';

const version = 1;
/** A folder name on every file system: no upper case, no full stop at the end. */
const profileName = /^[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9_-])?$/;

export function checkProfileName(name: string): Result<string> {
  if (profileName.test(name)) return ok(name);
  return fail('configuration', `${JSON.stringify(name.slice(0, 40))} is no name for a profile`, {
    next: 'use up to 32 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit',
  });
}

/** Where a profile keeps the file that the default profile keeps at `path`. `profile` has been checked. */
export function forProfile(path: string, profile: string): string {
  return profile === defaultProfile ? path : join(dirname(path), 'profiles', profile, basename(path));
}

/** Fails when there is a file that cannot be understood: going on as another account would be worse. */
export async function readProfiles(path: string, notice?: Notice): Promise<Result<Profiles>> {
  const text = await loadPrivateFile(path, notice);
  if (!text.ok) return text;
  return text.value === undefined ? ok(withDefault(defaultProfile, {})) : parse(text.value, path);
}

/** Adds a profile or changes its base URL; which one is current stays. */
export async function saveProfile(
  path: string,
  name: string,
  profile: Profile,
  io: Io,
): Promise<Result<Profiles>> {
  const checked = checkProfileName(name);
  if (!checked.ok) return checked;
  const baseUrl =
    profile.baseUrl === undefined
      ? ok(undefined)
      : checkBaseUrl(profile.baseUrl, 'the base URL of a profile');
  if (!baseUrl.ok) return baseUrl;
  return await change(path, io, ({ current, known }) =>
    ok({ current, known: { ...known, [name]: { baseUrl: baseUrl.value } } }),
  );
}

/** Makes a known profile the current one; an unknown name is a `configuration` failure that lists the known ones. */
export async function selectProfile(path: string, name: string, io: Io): Promise<Result<Profiles>> {
  return await change(path, io, ({ known }) => {
    if (!Object.hasOwn(known, name)) return unknownProfile(name, known);
    return ok({ current: name, known });
  });
}

/** Forgets a profile; if it was current, the default is now. Its credentials are the caller's to remove first. */
export async function removeProfile(path: string, name: string, io: Io): Promise<Result<Profiles>> {
  return await change(path, io, ({ current, known }) => {
    if (!Object.hasOwn(known, name)) return unknownProfile(name, known);
    const { [name]: _, ...others } = known;
    return ok(withDefault(current === name ? defaultProfile : current, others));
  });
}

/** The failure for a name that is not there. */
export function unknownProfile(name: string, known: Profiles['known']): Result<never> {
  return fail('configuration', `there is no profile ${JSON.stringify(name.slice(0, 40))}`, {
    next: `use one of: ${Object.keys(known).join(', ')}`,
  });
}

async function change(
  path: string,
  io: Io,
  next: (profiles: Profiles) => Result<Profiles>,
): Promise<Result<Profiles>> {
  return await withLock(path, io, async () => {
    const before = await readProfiles(path);
    const after = before.ok ? next(before.value) : before;
    if (!after.ok) return after;
    const { current, known } = after.value;
    const saved = await writePrivateFile(path, `${JSON.stringify({ version, current, known }, null, 2)}\n`);
    return saved.ok ? after : saved;
  });
}

function parse(text: string, path: string): Result<Profiles> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return unreadable(path);
  }
  if (!isRecord(data)) return unreadable(path);
  if (typeof data['version'] === 'number' && data['version'] > version) {
    return fail('storage', `${path} was written by a newer version of this program`, {
      next: 'update this program; the file is left as it is',
    });
  }
  const { current, known } = data;
  if (data['version'] !== version || typeof current !== 'string' || !isRecord(known)) return unreadable(path);
  const profiles: Record<string, Profile> = {};
  for (const [name, entry] of Object.entries(known)) {
    if (!profileName.test(name) || !isRecord(entry)) return unreadable(path);
    const { baseUrl } = entry;
    if (baseUrl !== undefined && typeof baseUrl !== 'string') return unreadable(path);
    profiles[name] = { baseUrl };
  }
  const answer = withDefault(current, profiles);
  return Object.hasOwn(answer.known, current) ? ok(answer) : unreadable(path);
}

function withDefault(current: string, known: Profiles['known']): Profiles {
  return { current, known: { [defaultProfile]: {}, ...known } };
}

function unreadable(path: string): Result<never> {
  return fail('storage', `${path} is no list of profiles`, {
    next: `mend it, or delete it to go on with the default profile`,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
