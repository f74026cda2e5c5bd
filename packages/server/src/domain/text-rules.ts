// Rules for text that people type: trimmed, bounded, without control characters. Messages are field codes.
import * as v from 'valibot';
import { code } from './field-problem.ts';
import { plainLine } from './plain-line.ts';

// oxlint-disable-next-line eslint/no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** One line or several; empty when it was left out. */
export const optionalText = (maxLength: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(maxLength, code('too-long')),
      v.check((given) => !CONTROLS.test(given), code('no-control-characters')),
    ),
    '',
  );

/** Something that people can see: a name of invisible characters alone is none. */
export const requiredText = (maxLength: number) =>
  v.pipe(
    optionalText(maxLength),
    v.check((given) => plainLine(given) !== '', code('name-missing')),
  );

/** A public id as it stands in our addresses. */
export const publicIdText = v.pipe(v.string(), v.maxLength(64));

const EMAIL = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\].]+$/;

/** One address at a domain, with nothing in it that cannot be seen: what a person compares is what gets the mail. */
export const isEmail = (given: string): boolean =>
  EMAIL.test(given) && !CONTROLS.test(given) && plainLine(given) === given;

/** Where a mail can go: one address, without a name or a list. */
export const emailText = v.pipe(
  v.optional(v.string(), ''),
  v.trim(),
  v.minLength(1, code('email-missing')),
  v.maxLength(320, code('email-malformed')),
  v.check(isEmail, code('email-malformed')),
);

export const phoneText = v.pipe(
  optionalText(40),
  v.check((given) => given === '' || /^\+?[\d ().\-/]{5,40}$/.test(given), code('phone-malformed')),
);
