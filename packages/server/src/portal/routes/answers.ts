// The answers of a submission as a form sends them, and their problems at their fields.
import type { FieldProblem } from '../../domain/field-problem.ts';
import type { Answers } from '../../domain/reviews/submission.ts';
import type { PageForm } from '../../http/forms.ts';
import type { AnswerProblem, AnswerProblems } from '../developer/answers.ts';

export const ANSWER_FIELDS = ['purpose', 'permissionReasons', 'howToTry', 'recording'] as const;

/** Browsers send two characters for a line end that they count as one. */
export const typedLines = (form: PageForm, name: string): string =>
  (form.get(name) ?? '').replaceAll('\r\n', '\n');

export const typedAnswers = (form: PageForm): Answers => ({
  purpose: typedLines(form, 'purpose'),
  permissionReasons: typedLines(form, 'permissionReasons'),
  howToTry: typedLines(form, 'howToTry'),
  recording: form.get('recording') ?? '',
});

const BY_CODE: Readonly<Partial<Record<FieldProblem['code'], AnswerProblem>>> = {
  'answer-missing': 'missing',
  'too-long': 'tooLong',
  'website-not-a-url': 'notALink',
};

/** The problems of answers, and what is left. */
export const splitProblems = (
  given: readonly FieldProblem[],
): { readonly answers: AnswerProblems; readonly others: readonly FieldProblem[] } => {
  const answers: { -readonly [Field in keyof AnswerProblems]: AnswerProblems[Field] } = {};
  const others: FieldProblem[] = [];
  for (const problem of given) {
    const field = ANSWER_FIELDS.find((name) => name === problem.field);
    const words = BY_CODE[problem.code];
    if (field === undefined || words === undefined) others.push(problem);
    else answers[field] ??= words;
  }
  return { answers, others };
};
