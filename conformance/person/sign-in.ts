// Signing in and out by the page's own form.
import { issuer } from '../target.ts';
import type { DemoPerson } from '../target.ts';
import { createPerson } from './person.ts';
import type { Page, Person } from './person.ts';

export const fillSignIn = (
  person: Person,
  page: Page,
  who: Pick<DemoPerson, 'email' | 'password'>,
): Promise<Page> => person.press(page, 'Sign in', { email: who.email, password: who.password });

export const signIn = async (who: DemoPerson): Promise<Person> => {
  const person = createPerson(issuer);
  const after = await fillSignIn(person, await person.open('/sign-in'), who);
  if (after.forms.some((form) => form.fields.some((field) => field.type === 'password')))
    throw new Error(`${who.email} could not sign in: ${after.text.slice(0, 300)}`);
  return person;
};

const signedIn = new Map<string, Promise<Person>>();

/** One session for each person and test file. */
export const signedInAs = (who: DemoPerson): Promise<Person> => {
  const known = signedIn.get(who.email) ?? signIn(who);
  signedIn.set(who.email, known);
  return known;
};
