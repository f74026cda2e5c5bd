/** Owns what text from elsewhere may do to a terminal: nothing. */

/** Control characters and direction overrides become visible; line ends and tabs become spaces. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    sign === '\n' || sign === '\t' || sign === '\r' ? ' ' : '\uFFFD',
  );
}
