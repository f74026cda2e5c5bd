// Step 3 of the gateway: may this caller use this endpoint? A path or method nobody declared is never forwarded [security 62].
import type { Caller } from '../domain/access/access.ts';
import type { Match } from '../domain/permissions/catalogue.ts';
import type { Permission } from '../domain/permissions/permission.ts';

export type Permitted =
  | { readonly kind: 'permitted'; readonly permission: Permission }
  | { readonly kind: 'not-permitted'; readonly permission: Permission }
  | { readonly kind: 'unknown-path' }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] };

export const permit = (caller: Caller, match: Match | 'unknown-path'): Permitted => {
  if (match === 'unknown-path') return { kind: 'unknown-path' };
  if ('allowed' in match) return { kind: 'wrong-method', allowed: match.allowed };
  const { permission } = match;
  const may = caller.permissions === 'all' || caller.permissions.has(permission.id);
  return { kind: may ? 'permitted' : 'not-permitted', permission };
};
