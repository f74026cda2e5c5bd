// A choice of permissions as it is given: ids of endpoints that the API has now.
import * as v from 'valibot';
import type { Domain } from '../domain.ts';

export const chosenPermissions = v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(5_000));

export const unknownPermission = (
  domain: Pick<Domain, 'permissions'>,
  permissions: readonly string[],
): boolean => {
  const known = new Set(domain.permissions.map(({ id }) => id));
  return permissions.some((id) => !known.has(id));
};
