// Sends a person to enter the password again, and back to the page they were on.
import { isFresh } from '../../domain/sessions/fresh.ts';
import { seeOther, type Page, type PageAnswer, type PersonPage } from './page.ts';
import { ownAddress, stepUpAddress } from './return-to.ts';

export const toStepUp = (page: Pick<Page, 'path' | 'query'>): PageAnswer => {
  const here = page.query === '' ? page.path : `${page.path}?${page.query}`;
  return seeOther(stepUpAddress(ownAddress(here) ?? '/'));
};

/** A page that only makes sense for who just proved who they are. */
export const whenFresh =
  (get: (page: PersonPage) => PageAnswer | Promise<PageAnswer>) =>
  (page: PersonPage): PageAnswer | Promise<PageAnswer> =>
    isFresh(page.domain, page.signedIn.session) ? get(page) : toStepUp(page);
