// Sends a person to enter the password again, and back to the page they were on.
import { seeOther, type Page, type PageAnswer } from './page.ts';
import { ownAddress, stepUpAddress } from './return-to.ts';

export const toStepUp = (page: Pick<Page, 'path' | 'query'>): PageAnswer => {
  const here = page.query === '' ? page.path : `${page.path}?${page.query}`;
  return seeOther(stepUpAddress(ownAddress(here) ?? '/'));
};
