// Where a person goes after signing in: only to pages of ours, never to what a link made up (security.md 5).

const PAGES = new Set([
  '/',
  '/oauth/authorize',
  '/page/vendor-auth.html',
  '/cli-auth',
  '/device',
  '/review',
  '/operate',
  '/demo/mail',
]);
const SECTIONS = ['/settings/', '/developer/', '/dashboard/', '/invitations/', '/review/', '/operate/'];
const MAX_LENGTH = 12_000;

/** The path and query if they lead to a page of ours, else undefined. */
export const ownAddress = (given: string | undefined): string | undefined => {
  if (given === undefined || given.length > MAX_LENGTH || !/^\/[!-~]*$/.test(given)) return undefined;
  if (given.includes('\\') || given.includes('#')) return undefined;
  const mark = given.indexOf('?');
  const path = mark < 0 ? given : given.slice(0, mark);
  if (/\/\/|\/\.|%/.test(path)) return undefined;
  return PAGES.has(path) || SECTIONS.some((section) => path.startsWith(section)) ? given : undefined;
};

const withReturn = (page: string, to: string): string => `${page}?return_to=${encodeURIComponent(to)}`;

export const signInAddress = (to: string): string => withReturn('/sign-in', to);
export const stepUpAddress = (to: string): string => withReturn('/step-up', to);
