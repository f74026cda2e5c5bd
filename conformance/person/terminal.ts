// What a person does when a terminal shows a code: opens the page, compares, chooses a workspace, answers.
import type { Page, Person } from './person.ts';

/** From the address that the terminal printed to the question; only Continue binds the code to the person. */
export const openDevice = async (person: Person, address: string): Promise<Page> => {
  const page = await person.open(address);
  const entry = page.forms.some((form) => form.buttons.some((button) => button.text === 'Continue'));
  return entry ? person.press(page, 'Continue') : page;
};

/** Types the code on the page without one. */
export const typeCode = async (person: Person, path: string, code: string): Promise<Page> => {
  const page = await person.open(path);
  const field = page.forms.flatMap((form) => form.fields).find((one) => one.type === 'text');
  return person.press(page, 'Continue', { [field?.name ?? 'user_code']: code });
};

export const approveTerminal = (person: Person, page: Page, workspace: string): Promise<Page> => {
  const asks = page.forms.some((form) => form.fields.some((field) => field.type === 'radio'));
  return person.press(page, 'Authorize', asks ? { workspace } : {});
};

export const denyTerminal = (person: Person, page: Page): Promise<Page> =>
  person.press(page, 'I did not start this');
