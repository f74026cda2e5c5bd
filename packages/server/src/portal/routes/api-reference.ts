// `/docs/api`: the reference of the management API, from the same table as the API itself.
import { describedOperations } from '../../api/describe.ts';
import { COMMON_STATUS, errorAnchor, type CommonCode } from '../../api/problems.ts';
import { apiWords } from '../../api/words.ts';
import { apiIndexPage, type SharedError } from '../docs/api-index.ts';
import { apiOperationPage } from '../docs/api-operation.ts';
import { normal, openRoute, type Page, type PageAnswer, type Route } from './page.ts';
import { notFound } from './problems.ts';

const sharedErrors = (Object.keys(COMMON_STATUS) as CommonCode[]).map((code): SharedError => ({
  code,
  anchor: errorAnchor(code),
  status: COMMON_STATUS[code],
  message: apiWords.problems[code],
}));

const operation = (page: Page): PageAnswer => {
  const all = describedOperations();
  const found = all.find((op) => op.id === page.part('operation'));
  if (found === undefined) return notFound(page);
  return normal(
    apiOperationPage({
      frame: page.frame,
      issuer: page.domain.settings.issuer,
      cookie: page.site.cookies.session,
      operation: found,
      siblings: all.filter(({ noun }) => noun === found.noun),
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
  openRoute({ path: '/docs/api/:operation', get: operation }),
];
