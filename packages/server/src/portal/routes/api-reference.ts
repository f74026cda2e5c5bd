// `/docs/api`: the reference of the management API, from the same table as the API itself.
import { describedOperations } from '../../api/describe.ts';
import { COMMON_STATUS, errorAnchor, type CommonCode } from '../../api/problems.ts';
import { apiWords } from '../../api/words.ts';
import { apiIndexPage, type SharedError } from '../docs/api-index.ts';
import { apiNounPage } from '../docs/api-noun.ts';
import { normal, openRoute, type Page, type PageAnswer, type Route } from './page.ts';
import { notFound } from './problems.ts';

const sharedErrors = (Object.keys(COMMON_STATUS) as CommonCode[]).map((code): SharedError => ({
  code,
  anchor: errorAnchor(code),
  status: COMMON_STATUS[code],
  message: apiWords.problems[code],
}));

const noun = (page: Page): PageAnswer => {
  const operations = describedOperations().filter((op) => op.noun === page.part('noun'));
  if (operations.length === 0) return notFound(page);
  return normal(
    apiNounPage({
      frame: page.frame,
      issuer: page.domain.settings.issuer,
      cookie: page.site.cookies.session,
      noun: page.part('noun'),
      operations,
    }),
  );
};

export const apiReferenceRoutes: readonly Route[] = [
  openRoute({
    path: '/docs/api',
    get: (page) =>
      normal(
        apiIndexPage({
          frame: page.frame,
          issuer: page.domain.settings.issuer,
          operations: describedOperations(),
          errors: sharedErrors,
        }),
      ),
  }),
  openRoute({ path: '/docs/api/:noun', get: noun }),
];
