// A set of permissions as one text, the way it goes over the wire in `scope` and X-Latchkey-Permissions.

/** The memory hands out the same few sets again and again: each is joined once. */
const joined = new WeakMap<ReadonlySet<string>, string>();

export const scopeText = (permissions: ReadonlySet<string>): string => {
  const known = joined.get(permissions);
  if (known !== undefined) return known;
  const text = [...permissions].join(' ');
  joined.set(permissions, text);
  return text;
};
