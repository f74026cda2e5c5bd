/** Owns how a sign-in is named to people: whose it is, and until when it lasts. */
import type { Identity, TokenSet } from '@latchkey/auth-kit';

/** `Ari Mendes (ari@demo.test)` */
export function nameIdentity({ name, email }: Identity): string {
  if (name !== undefined && email !== undefined) return `${name} (${email})`;
  return name ?? email ?? 'someone';
}

export function workspaceOf({ workspace }: Identity): string {
  return workspace === undefined ? '' : `, workspace ${workspace}`;
}

/** Until when this sign-in can be renewed, as the login noted it. */
export function untilOf(tokens: TokenSet): number | undefined {
  const noted = tokens.renewal?.['until'];
  const ms = noted === undefined ? Number.NaN : Date.parse(noted);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `openApi` is the documents' word for "what the app may do"; only a list of permissions can be counted. */
export function permissionsOf(scope: string | undefined): readonly string[] | undefined {
  const ids = (scope ?? '').split(' ').filter((id) => id !== '' && id !== 'openApi');
  return ids.length === 0 ? undefined : ids;
}

export function countPermissions(scope: string | undefined): string | undefined {
  const count = permissionsOf(scope)?.length;
  return count === undefined ? undefined : `${count} permission${count === 1 ? '' : 's'}`;
}
