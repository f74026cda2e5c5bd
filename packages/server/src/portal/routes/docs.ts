// `/docs`: the guides and a page for each error code, from the documents of the repository.
import { docsFolder, openLibrary } from '../docs/library.ts';
import { docsIndexPage, documentPage } from '../docs/pages.ts';
import { normal, openRoute, type Page, type PageAnswer, type Route } from './page.ts';
import { notFound } from './problems.ts';

const library = openLibrary(docsFolder);

const documentAt = (page: Page, name: string): PageAnswer => {
  const document = library.find(name);
  return document === undefined ? notFound(page) : normal(documentPage({ frame: page.frame, document }));
};

export const docsRoutes: readonly Route[] = [
  openRoute({ path: '/docs', get: (page) => normal(docsIndexPage({ frame: page.frame, library })) }),
  openRoute({ path: '/docs/:guide', get: (page) => documentAt(page, page.part('guide')) }),
  openRoute({
    path: '/docs/errors/:code',
    // Codes are found however their answer spells them: NOT_FOUND and not_found share a page.
    get: (page) => documentAt(page, `errors/${page.part('code').toLowerCase()}`),
  }),
];
