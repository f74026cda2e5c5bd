// `scope` in a request: absent or `openApi` means all that the app may have; else permission ids (protocol.md 15).

/** The fixed word of documents 002 and 003. */
export const OPEN_API_SCOPE = 'openApi';

export type ScopeRequest = 'all' | readonly string[];

/** RFC 6749 3.3: scope-token is %x21 / %x23-5B / %x5D-7E, single spaces between. Undefined: not a scope. */
export const parseScope = (scope: string | undefined): ScopeRequest | undefined => {
  if (scope === undefined) return 'all';
  if (scope.length > 8192 || !/^[!#-[\]-~]+( [!#-[\]-~]+)*$/.test(scope)) return undefined;
  const tokens = [...new Set(scope.split(' '))];
  return tokens.includes(OPEN_API_SCOPE) ? 'all' : tokens;
};

/** What of `allowed` was asked for; undefined when something outside of it was. */
export const narrowScope = (
  asked: ScopeRequest,
  allowed: readonly string[],
): readonly string[] | undefined => {
  if (asked === 'all') return allowed;
  return asked.every((permission) => allowed.includes(permission)) ? asked : undefined;
};
