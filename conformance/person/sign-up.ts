// Becoming a vendor: the form, the mailed code, and a person who is signed in.
import { randomUUID } from 'node:crypto';
import { issuer } from '../target.ts';
import { uniqueName } from './developer.ts';
import { mailedCode } from './mails.ts';
import { createPerson } from './person.ts';
import type { Page, Person } from './person.ts';

export const SIGN_UP = '/sign-up';

export type Newcomer = {
  readonly fullName: string;
  readonly organization: string;
  readonly email: string;
  readonly phone: string;
  readonly password: string;
};

export const newcomer = (): Newcomer => ({
  fullName: 'Nia Park',
  organization: uniqueName('Park Works'),
  email: `nia-${randomUUID()}@newcomer.example`,
  phone: '+12065550199',
  password: `otter-${randomUUID()}`,
});

/** Types what `typed` makes of the mailed code; the page that comes after it. */
export const signUpAs = async (
  who: Newcomer,
  typed: (code: string) => string = (code) => code,
): Promise<{ readonly person: Person; readonly page: Page }> => {
  const person = createPerson(issuer);
  const asked = await person.press(await person.open(SIGN_UP), 'Sign Up', who);
  const page = await person.press(asked, 'Verify', { code: typed(await mailedCode(who.email)) });
  return { person, page };
};
