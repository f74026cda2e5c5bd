// What the vendor tells the reviewer: fields to fill in, and the same to read.
import type { Answers } from '../../domain/reviews/submission.ts';
import { html, link } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { plainName } from '../names.ts';
import { field, textArea } from '../parts/field.ts';
import type { ListedError } from '../parts/notice.ts';
import { facts } from '../parts/table.ts';
import { answerWords as text } from '../words/review.ts';

export type AnswerField = keyof Answers;
export type AnswerProblem = 'missing' | 'tooLong' | 'notALink';
export type AnswerProblems = Partial<Readonly<Record<AnswerField, AnswerProblem>>>;

const FIELDS = ['purpose', 'permissionReasons', 'howToTry', 'recording'] as const;
const idOf = (name: AnswerField): string => `answer-${name}`;

export const listedAnswerProblems = (problems: AnswerProblems): readonly ListedError[] =>
  FIELDS.flatMap((name) => {
    const problem = problems[name];
    return problem === undefined ? [] : [{ fieldId: idOf(name), text: `${text[name]}: ${text[problem]}` }];
  });

export const answerFields = (answers: Partial<Answers>, problems: AnswerProblems): readonly Html[] => {
  const error = (name: AnswerField): string | undefined => {
    const problem = problems[name];
    return problem === undefined ? undefined : text[problem];
  };
  const area = (name: Exclude<AnswerField, 'recording'>, rows: number, hint?: string): Html =>
    textArea({
      id: idOf(name),
      name,
      label: text[name],
      rows,
      maxLength: 4000,
      required: true,
      value: answers[name] ?? '',
      error: error(name),
      ...(hint === undefined ? {} : { hint }),
    });
  return [
    area('purpose', 3),
    area('permissionReasons', 4, text.permissionReasonsHint),
    area('howToTry', 3, text.howToTryHint),
    field({
      id: idOf('recording'),
      name: 'recording',
      label: text.recording,
      type: 'url',
      value: answers.recording ?? '',
      placeholder: 'https://',
      autocomplete: 'off',
      hint: text.recordingHint,
      error: error('recording'),
    }),
  ];
};

/** Lines stay as they were typed. */
export const written = (given: string): Content =>
  given === ''
    ? html`<span class="second">${text.none}</span>`
    : html`<ul class="lines" dir="auto">
        ${given.split(/\r\n|\r|\n/).map((line) => html`<li>${plainName(line)}</li>`)}
      </ul>`;

export const answerFacts = (answers: Answers): Html =>
  html`<div class="panel">
    ${facts([
      { name: text.purpose, value: written(answers.purpose) },
      { name: text.permissionReasons, value: written(answers.permissionReasons) },
      { name: text.howToTry, value: written(answers.howToTry) },
      {
        name: text.recording,
        value:
          answers.recording === ''
            ? written('')
            : link(answers.recording, answers.recording, { rel: 'noreferrer' }),
      },
    ])}
  </div>`;
