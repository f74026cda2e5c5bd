// `/docs`: the guides and a page for each error code, from the documents of the repository.
import { docsFolder, openLibrary, type Library } from '../docs/library.ts';
import { docsIndexPage, documentPage } from '../docs/pages.ts';
import { normal, openRoute, type Page, type PageAnswer, type Route, type Site } from './page.ts';
import { notFound } from './problems.ts';

const documentAt = (page: Page, library: Library, name: string): PageAnswer => {
  const document = library.find(name);
  return document === undefined ? notFound(page) : normal(documentPage({ frame: page.frame, document }));
};

export const docsRoutes = (site: Site): readonly Route[] => {
  const library = openLibrary(docsFolder, site.domain.settings.issuer);
  return [
    openRoute({ path: '/docs', get: (page) => normal(docsIndexPage({ frame: page.frame, library })) }),
    openRoute({ path: '/docs/:guide', get: (page) => documentAt(page, library, page.part('guide')) }),
    openRoute({
      path: '/docs/errors/:code',
      // Codes are found however their answer spells them: NOT_FOUND and not_found share a page.
      get: (page) => documentAt(page, library, `errors/${page.part('code').toLowerCase()}`),
    }),
  ];
};
