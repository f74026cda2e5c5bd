// The endpoint that examples call: the first of the API owner's document that can be called as it stands.
import type { Permission } from './permission.ts';

/** Among `chosen`, if given; an endpoint on its way out only where there is no other. */
export const exampleOf = (
  permissions: readonly Permission[],
  chosen?: readonly string[],
): Permission | undefined => {
  const callable = permissions.filter(
    ({ id, bare }) => bare === true && (chosen === undefined || chosen.includes(id)),
  );
  return callable.find(({ deprecated }) => !deprecated) ?? callable[0];
};
