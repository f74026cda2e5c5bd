// One request for a page, in order: may this person see it, did the form come from us, then the page's own handler.
import type { SignedIn } from '../../domain/operation.ts';
import { isForeign, isSameToken } from '../../http/csrf.ts';
import { isPageForm, isUrlEncoded, readPageForm } from '../../http/forms.ts';
import { isMultipart, readUploadForm } from '../../http/multipart.ts';
import { openPage, type OpenedPage } from './open-page.ts';
import type { Exchange } from '../../http/exchange.ts';
import {
  seeOther,
  type Page,
  type PageAnswer,
  type PersonPage,
  type Post,
  type Route,
  type Site,
} from './page.ts';
import { badForm, formRefused, methodNotAllowed, notFound } from './problems.ts';
import { ownAddress, signInAddress } from './return-to.ts';

export type Served = { readonly answer: PageAnswer; readonly opened: OpenedPage };

const isPerson = (page: Page): page is PersonPage => page.signedIn !== undefined;

/** Back to the same request after signing in; a form has to be sent again. */
const toSignIn = (page: Page, hasPage: boolean): PageAnswer => {
  const here = page.query === '' ? page.path : `${page.path}?${page.query}`;
  return seeOther(signInAddress((hasPage ? ownAddress(here) : undefined) ?? '/'));
};

const answerPost = async <P extends Page>(
  page: P,
  opened: OpenedPage,
  post: Post<P>,
): Promise<PageAnswer> => {
  const refuse = (): PageAnswer | Promise<PageAnswer> =>
    post.refused === undefined ? formRefused(page) : post.refused(page);
  const { exchange } = page;
  // text/plain is what a form on another site can send without asking: nothing of it is read.
  const type = exchange.header('content-type');
  if (isForeign(exchange, page.domain.settings.issuer)) return refuse();
  if (!isUrlEncoded(type) && type?.trim().toLowerCase().startsWith('text/plain') === true) return refuse();
  const shape = { ...post, fields: [...post.fields, 'csrf'] };
  const form =
    post.upload !== undefined && isMultipart(type)
      ? await readUploadForm(exchange, shape, post.upload)
      : await readPageForm(exchange, shape);
  if (!isPageForm(form)) return badForm(page, form);
  if (!isSameToken(form.get('csrf'), opened.csrf(post.flow(page, form), post.boundTo ?? 'session')))
    return refuse();
  return post.handle(page, form);
};

const answerWith = <P extends Page>(
  page: P,
  opened: OpenedPage,
  route: { readonly get?: (page: P) => PageAnswer | Promise<PageAnswer>; readonly post?: Post<P> },
): PageAnswer | Promise<PageAnswer> => {
  const { method } = page.exchange;
  if (route.get !== undefined && (method === 'GET' || method === 'HEAD')) return route.get(page);
  if (route.post !== undefined && method === 'POST') return answerPost(page, opened, route.post);
  return methodNotAllowed(page, [
    ...(route.get === undefined ? [] : ['GET', 'HEAD']),
    ...(route.post === undefined ? [] : ['POST']),
  ]);
};

export const servePage = async (
  site: Site,
  route: Route,
  exchange: Exchange,
  part: (name: string) => string,
): Promise<Served> => {
  const opened = await openPage(site, exchange, part);
  const { page } = opened;
  const answer = async (): Promise<PageAnswer> => {
    if (route.access === 'anyone') return answerWith(page, opened, route);
    if (!isPerson(page)) return toSignIn(page, route.get !== undefined);
    // Their own pages are closed until they have a second factor; that page says so.
    if (route.access === page.signedIn.dormantRole) return seeOther('/settings/security');
    if (route.access === 'vendor' && !opened.isVendor) return notFound(page);
    if (route.access === 'operator' && page.signedIn.user.platformRole !== 'operator') return notFound(page);
    if (route.access === 'reviewer' && page.signedIn.user.platformRole !== 'reviewer') return notFound(page);
    return answerWith<Page<SignedIn>>(page, opened, route);
  };
  return { answer: await answer(), opened };
};
