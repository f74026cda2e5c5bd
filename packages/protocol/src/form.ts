// application/x-www-form-urlencoded, read strictly (RFC 6749 appendix B and 3.2: no parameter twice).

export type FormProblem =
  | { readonly kind: 'doubled'; readonly parameter: string }
  | { readonly kind: 'not-utf8' }
  | { readonly kind: 'nul' }
  | { readonly kind: 'too-many' };

/** Parameter name to value. Empty values count as absent (RFC 6749 3.1) and are left out. */
export type Form = ReadonlyMap<string, string>;

const MAX_FORM_PARAMETERS = 64;

const decode = (text: string): string | undefined => {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
};

/** Reads a form body or a query string. Never throws; the problem names the parameter where there is one. */
export const parseForm = (text: string): Form | FormProblem => {
  const form = new Map<string, string>();
  const seen = new Set<string>();
  if (text === '') return form;
  const pairs = text.split('&');
  if (pairs.length > MAX_FORM_PARAMETERS) return { kind: 'too-many' };
  for (const pair of pairs) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const name = decode(mark < 0 ? pair : pair.slice(0, mark));
    const value = mark < 0 ? '' : decode(pair.slice(mark + 1));
    if (name === undefined || value === undefined) return { kind: 'not-utf8' };
    if (name.includes('\0') || value.includes('\0')) return { kind: 'nul' };
    if (seen.has(name)) return { kind: 'doubled', parameter: name };
    seen.add(name);
    if (value !== '') form.set(name, value);
  }
  return form;
};

export const isForm = (parsed: Form | FormProblem): parsed is Form => parsed instanceof Map;

/** The sentence for `error_description` (ASCII without quote and backslash, RFC 6749 5.2). */
export const formProblemText = (problem: FormProblem): string => {
  switch (problem.kind) {
    case 'doubled':
      return `The parameter ${printable(problem.parameter)} was sent twice. Send it once.`;
    case 'not-utf8':
      return 'The parameters are not percent-encoded UTF-8. Encode them as application/x-www-form-urlencoded.';
    case 'nul':
      return 'A parameter holds a NUL character. Remove it.';
    case 'too-many':
      return `More than ${MAX_FORM_PARAMETERS} parameters were sent. Send only the documented ones.`;
  }
};

/** What of a foreign text may stand in an error description: printable ASCII, cut at 40. */
export const printable = (text: string): string => text.slice(0, 40).replaceAll(/[^!#-[\]-~ ]/g, '?');
