/** Owns which API host a command talks to. */
import type { Io, Result } from '@latchkey/auth-kit';
import { checkBaseUrl, ok } from '@latchkey/auth-kit';

export type Host = {
  readonly baseUrl: string;
  /** The variable or profile it came from; undefined for the documented default. */
  readonly from: string | undefined;
};

const documentedHost = 'https://api.lofty.com';

/** A profile with a host of its own stays with it; every other takes the variable, then the documented host. */
export function readHost(
  io: Pick<Io, 'env'>,
  profile: { readonly name: string; readonly baseUrl: string | undefined },
): Result<Host> {
  if (profile.baseUrl !== undefined) return ok({ baseUrl: profile.baseUrl, from: `profile ${profile.name}` });
  const set = io.env['LOFTY_BASE_URL'];
  if (set === undefined || set === '') return ok({ baseUrl: documentedHost, from: undefined });
  const checked = checkBaseUrl(set, 'LOFTY_BASE_URL');
  return checked.ok ? ok({ baseUrl: checked.value, from: 'LOFTY_BASE_URL' }) : checked;
}
