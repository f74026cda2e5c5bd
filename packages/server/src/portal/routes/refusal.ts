// What a page answers when an operation refuses: the same 404 for unknown and not allowed, the password again, or why not.
import type { CommonReason, Invalid, Refused } from '../../domain/operation.ts';
import { operations, type OperationId } from '../../domain/operations.ts';
import { refusalWords } from '../words/refusals.ts';
import { routeProblemWords } from '../words/route-problems.ts';
import type { Page, PageAnswer } from './page.ts';
import { badValue, notFound, problem } from './problems.ts';
import { toStepUp } from './to-step-up.ts';

type AnyRefusal = Refused<string> | Invalid;

/** The words of a refusal, for pages that show it beside their form. */
export const refusalText = (id: OperationId, reason: string): string | undefined =>
  (refusalWords[id] as Readonly<Record<string, string>>)[reason];

export const refusalStatus = (id: OperationId, reason: string): number =>
  (operations[id].refusals as Readonly<Record<string, number>>)[reason] ?? 400;

/** How long to wait, where a refusal says it. */
export const secondsOf = (given: AnyRefusal): number =>
  'detail' in given ? (given.detail?.['seconds'] ?? 0) : 0;

const isCommon = (reason: string): reason is CommonReason =>
  reason === 'not-found' || reason === 'step-up-needed';

export const refusal = (page: Page, id: OperationId, given: AnyRefusal, backUrl: string): PageAnswer => {
  if ('problems' in given) return badValue(page, given.problems[0]?.field ?? '');
  if (isCommon(given.reason)) return given.reason === 'not-found' ? notFound(page) : toStepUp(page);
  const message = refusalText(id, given.reason);
  if (message === undefined) throw new Error(`no words for ${id} ${given.reason}`);
  return problem(
    page,
    refusalStatus(id, given.reason),
    { ...routeProblemWords.refused, message },
    { action: { label: routeProblemWords.back, url: backUrl } },
  );
};
