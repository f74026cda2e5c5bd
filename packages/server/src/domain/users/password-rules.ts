// The floor under a password: long enough, not one of those that are tried first, not made of what everybody knows about
// the person. No rules about kinds of characters (NIST SP 800-63B 3.1.1).
import * as v from 'valibot';
import { code, type FieldCode } from '../field-problem.ts';

export const PASSWORD_MIN = 10;
/** Longer ones would only cost hashing time. */
const PASSWORD_MAX = 200;
const MIN_DIFFERENT = 5;
/** Shorter parts of a name stand in many passwords by chance. */
const MIN_KNOWN = 4;

const NO_LETTER = /[^\p{L}\p{N}]+/gu;

/** What lists of leaked passwords begin with, where they are long enough to pass the length. */
const TRIED_FIRST = [
  'password',
  'passwort',
  'qwerty',
  'qwertz',
  'azerty',
  'letmein',
  'welcome',
  'iloveyou',
  'administrator',
  'changeme',
  'sunshine',
  'football',
  'baseball',
  'princess',
  'superman',
  'dragon',
  'monkey',
  'abc123',
  '1q2w3e4r',
  'trustno1',
];

/** Length only; what is known about the person is not in every input. */
export const newPasswordText = v.pipe(
  v.optional(v.string(), ''),
  v.minLength(1, code('password-missing')),
  v.maxLength(PASSWORD_MAX, code('password-too-long')),
  v.check((given) => [...given].length >= PASSWORD_MIN, code('password-too-short')),
);

/** `12345…`, `abcde…`, and the same backwards. */
const isRun = (text: string): boolean => {
  const steps = new Set([...text].slice(1).map((one, index) => one.charCodeAt(0) - text.charCodeAt(index)));
  const [only] = steps;
  return steps.size === 1 && only !== undefined && Math.abs(only) <= 1;
};

/** `known`: name, e-mail address, organization, the brand. */
export const passwordProblem = (password: string, known: readonly string[]): FieldCode | undefined => {
  const text = password.normalize('NFKC').toLowerCase();
  if (new Set(text).size < MIN_DIFFERENT || isRun(text)) return 'password-guessable';
  const words = known
    .map((one) => one.normalize('NFKC').toLowerCase())
    // `Nora New` stands for itself, for each of its words, and for both together.
    .flatMap((one) => [one.replace(NO_LETTER, ''), ...one.split(NO_LETTER)])
    .filter((word) => word.length >= MIN_KNOWN)
    .toSorted((a, b) => b.length - a.length);
  // What is left when all that anybody would try is taken out must still be something.
  let rest = text.replace(NO_LETTER, '');
  for (const word of [...TRIED_FIRST, ...words]) rest = rest.replaceAll(word, '');
  rest = rest.replace(/^\d+|\d+$/g, (digits) => digits.slice(0, 2));
  return rest.length < 5 && rest.length < text.length / 2 ? 'password-guessable' : undefined;
};
