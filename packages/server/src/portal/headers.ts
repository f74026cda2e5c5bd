// Response headers of every page (security.md 11, 12).

/**
 * `decision` pages' POST can end in a redirect to an app: Chromium applies form-action to every hop and would strand
 * the person, so they send none; all others allow forms to our own origin only.
 */
export type PageKind = 'decision' | 'normal';

const policy = (kind: PageKind, calls: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    ["connect-src 'self'", ...calls].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(kind === 'normal' ? ["form-action 'self'"] : []),
  ].join('; ');

/** `calls`: origins besides our own that scripts of the page may call. */
export const pageHeaders = (
  kind: PageKind,
  calls: readonly string[] = [],
): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy(kind, calls),
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});
