// Which raw request targets are refused rather than normalised: what is decided on must be what the upstream gets [security 61].

export type TargetProblem =
  | 'not-a-path'
  | 'odd-byte'
  | 'fragment'
  | 'backslash'
  | 'parameter'
  | 'empty-segment'
  | 'dot-segment'
  | 'encoded-separator'
  | 'encoded-control'
  | 'too-long';

export const TARGET_PROBLEM_TEXT: Readonly<Record<TargetProblem, string>> = {
  'not-a-path': 'The request target must be a path that starts with "/".',
  'odd-byte': 'The request target may hold printable ASCII only; percent-encode everything else.',
  fragment: 'The request target may not hold "#".',
  backslash: 'The path may not hold a backslash.',
  parameter: 'The path may not hold ";".',
  'empty-segment': 'The path may not hold "//".',
  'dot-segment': 'The path may not hold "." or ".." segments, encoded or not.',
  'encoded-separator': 'The path may not hold an encoded slash or backslash.',
  'encoded-control':
    'The path may not hold encoded control characters or "%" without two hexadecimal digits.',
  'too-long': 'The request target is too long.',
};

const MAX_TARGET = 12_288;
// Everything but printable ASCII; space cannot come through an HTTP parser, but forward-auth takes targets from headers.
const ODD_BYTE = /[^\x21-\x7e]/;
/** One look tells that nothing below can apply: the usual case. */
const SUSPECT = /[%\\;#]|\/\/|\/\./;
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

// Also encoded twice, and as the overlong UTF-8 that old decoders took for "." and "/".
const ENCODED_SEPARATOR = /%(?:25)*(?:2f|5c)|%25(?:25)*2e|%c0%a[ef]/i;

const encodedProblem = (path: string): TargetProblem | undefined => {
  if (!path.includes('%')) return undefined;
  if (ENCODED_SEPARATOR.test(path)) return 'encoded-separator';
  if (/%(?:[01][0-9a-f]|7f)/i.test(path) || /%(?![0-9a-f]{2})/i.test(path)) return 'encoded-control';
  return undefined;
};

/** `undefined`: the target may be decided on as it is. The query is the upstream's affair, but for its bytes. */
export const targetProblem = (target: string, path: string): TargetProblem | undefined => {
  if (target.charCodeAt(0) !== 0x2f) return 'not-a-path';
  if (target.length > MAX_TARGET) return 'too-long';
  if (ODD_BYTE.test(target)) return 'odd-byte';
  if (!SUSPECT.test(target)) return undefined;
  if (target.includes('#')) return 'fragment';
  if (path.includes('\\')) return 'backslash';
  if (path.includes(';')) return 'parameter';
  if (path.includes('//')) return 'empty-segment';
  if (DOT_SEGMENT.test(path)) return 'dot-segment';
  return encodedProblem(path);
};
