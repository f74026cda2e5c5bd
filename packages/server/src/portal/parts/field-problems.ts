// Problems of a form's fields, from the operation that refused it to their places on the page.
import type { FieldCode, FieldProblem } from '../../domain/field-problem.ts';
import { fieldText } from '../words/fields.ts';
import type { ListedError } from './notice.ts';

export type FieldProblems = Readonly<Record<string, FieldCode>>;

/** The first problem of each field counts. */
export const problemsByField = (all: readonly FieldProblem[]): FieldProblems => {
  const found: Record<string, FieldCode> = {};
  for (const { field, code } of all) found[field] ??= code;
  return found;
};

/** In the order of the page's fields; `ids` are those of their controls. */
export const listedProblems = (
  problems: FieldProblems | undefined,
  ids: Readonly<Record<string, string>>,
): readonly ListedError[] =>
  Object.entries(ids).flatMap(([field, fieldId]) => {
    const code = problems?.[field];
    return code === undefined ? [] : [{ fieldId, text: fieldText(code) }];
  });

export const problemText = (problems: FieldProblems | undefined, field: string): string | undefined => {
  const code = problems?.[field];
  return code === undefined ? undefined : fieldText(code);
};
