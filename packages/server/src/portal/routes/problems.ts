// Error pages that every route can end in.
import { formProblemText } from '@latchkey/protocol';
import { MAX_FORM_BYTES, type PageFormProblem } from '../../http/forms.ts';
import { notFoundPage, problemPage, type ProblemAction } from '../problems/problem.ts';
import { problemWords } from '../words/problems.ts';
import { routeProblemWords } from '../words/route-problems.ts';
import { normal, type Page, type PageAnswer } from './page.ts';

type At = Pick<Page, 'frame' | 'exchange'>;
type Words = { readonly title: string; readonly message: string; readonly turn: string };

export const problem = (
  page: At,
  status: number,
  words: Words,
  more: { readonly action?: ProblemAction; readonly code?: string; readonly parameter?: string } = {},
): PageAnswer =>
  normal(
    problemPage({
      ...words,
      frame: page.frame,
      requestId: page.exchange.requestId,
      atMs: page.frame.nowMs,
      ...(more.action === undefined ? {} : { action: more.action }),
      ...(more.code === undefined
        ? {}
        : {
            developer: {
              code: more.code,
              ...(more.parameter === undefined ? {} : { parameter: more.parameter }),
            },
          }),
    }),
    status,
  );

export const notFound = (page: At): PageAnswer =>
  normal(notFoundPage({ frame: page.frame, requestId: page.exchange.requestId }), 404);

export const unexpected = (page: At): PageAnswer => problem(page, 500, problemWords.unexpected);

/** A forged form, or one of an earlier session [security 13]. */
export const formRefused = (page: Page): PageAnswer =>
  problem(page, 403, problemWords.formRefused, {
    action: {
      label: routeProblemWords.openAgain,
      url: page.query === '' ? page.path : `${page.path}?${page.query}`,
    },
  });

export const methodNotAllowed = (page: At, allow: readonly string[]): PageAnswer => {
  const answer = problem(page, 405, routeProblemWords.methodNotAllowed, { code: 'method_not_allowed' });
  return { ...answer, headers: { allow: allow.join(', ') } } as PageAnswer;
};

export const badForm = (page: Page, given: PageFormProblem): PageAnswer => {
  switch (given.kind) {
    case 'content-type':
      return problem(page, 415, routeProblemWords.contentType, { code: 'unsupported_media_type' });
    case 'too-large':
      return problem(page, 413, routeProblemWords.tooLarge((given.limitBytes ?? MAX_FORM_BYTES) / 1024), {
        code: 'too_large',
      });
    case 'aborted':
      return problem(page, 400, routeProblemWords.badForm, { code: 'aborted' });
    case 'unknown-field':
      return problem(page, 400, routeProblemWords.badForm, {
        code: 'unknown_field',
        parameter: given.parameter,
      });
    case 'doubled':
    case 'not-utf8':
    case 'nul':
    case 'too-many':
      return problem(
        page,
        400,
        { ...routeProblemWords.badForm, message: formProblemText(given) },
        { code: 'invalid_request', ...('parameter' in given ? { parameter: given.parameter } : {}) },
      );
  }
};

/** A value that no page of ours sends. */
export const badValue = (page: Page, parameter: string): PageAnswer =>
  problem(page, 400, routeProblemWords.badForm, { code: 'invalid_request', parameter });
