// All differences of an update, what it does to connections, and what goes with it to reviewer and people.
import type { Check } from '../../domain/reviews/checklist.ts';
import type { Answers, PublishWhen } from '../../domain/reviews/submission.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { tag } from '../parts/badge.ts';
import { button, linkButton } from '../parts/button.ts';
import { checkbox, radioGroup } from '../parts/choice.ts';
import { confirmation } from '../parts/confirm.ts';
import { diffTable, type ShownDiff } from '../parts/diff.ts';
import { empty } from '../parts/empty.ts';
import { textArea } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { words } from '../words/common.ts';
import { editWords as text, reviewWords } from '../words/review.ts';
import { answerFacts, answerFields, listedAnswerProblems, type AnswerProblems } from './answers.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';
import { name, plainName } from '../names.ts';
import { sectionPage } from '../shell.ts';
import { dashboardUrl } from './dashboard.ts';

export type ChangesView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly diff: ShownDiff;
  /** How many a breaking publish signs out. */
  readonly connections: number;
  readonly editUrl: string;
  readonly given: Answers & { readonly note: string; readonly publish: PublishWhen };
  /** What keeps it from being submitted, and where each is put right. */
  readonly lacks?: readonly { readonly check: Check; readonly url: string; readonly cause?: string }[];
  /** Posts note, publish, told and the answers; absent while it is decided. */
  readonly form?: FormTarget;
  readonly isResubmission?: boolean;
  readonly told?: boolean;
  readonly answerProblems?: AnswerProblems;
  readonly problems?: { readonly note?: string; readonly publish?: string; readonly told?: string };
  readonly refused?: string;
};

const effect = (view: ChangesView): Html =>
  view.diff.breaking
    ? notice({
        tone: 'warning',
        content: html`<p>${text.breaking(view.diff.permissions.added.length, view.connections)}</p>`,
      })
    : notice({ tone: 'ok', content: html`<p>${text.standardText}</p>` });

const peopleFields = (view: ChangesView): readonly Html[] => [
  textArea({
    id: 'note',
    name: 'note',
    label: text.note,
    hint: text.noteHint,
    rows: 3,
    maxLength: 280,
    value: view.given.note,
    error: view.problems?.note,
  }),
  radioGroup({
    id: 'publish',
    name: 'publish',
    legend: text.publish,
    chosen: view.given.publish,
    error: view.problems?.publish,
    options: (['by-hand', 'at-once'] as const).map((value) => ({ value, label: text.publishes[value] })),
  }),
];

const submitForm = (view: ChangesView, target: FormTarget): Html =>
  form({ target }, [
    ...peopleFields(view),
    html`<div class="group">
      <h2>${reviewWords.forReviewer}</h2>
      ${answerFields(view.given, view.answerProblems ?? {})}
    </div>`,
    view.diff.breaking
      ? checkbox({
          id: 'told',
          name: 'told',
          label: text.told,
          checked: view.told ?? false,
          error: view.problems?.told,
        })
      : nothing,
    html`<div class="actions">
      ${button({ label: view.isResubmission === true ? reviewWords.resubmit : text.submit, look: 'primary' })}
      ${linkButton({ label: text.back, url: view.editUrl })}
    </div>`,
  ]);

const sent = (view: ChangesView): Html =>
  html`<section class="stack-tight" aria-labelledby="sent">
    <h2 id="sent">${reviewWords.sent}</h2>
    ${
      view.given.note === ''
        ? nothing
        : html`<p class="label">${text.note}</p>
            <blockquote class="quoted"><p dir="auto">${view.given.note}</p></blockquote>`
    }
    ${answerFacts(view.given)}
  </section>`;

const lacksNote = ({ lacks = [] }: ChangesView): Html =>
  lacks.length === 0
    ? nothing
    : notice({
        tone: 'warning',
        content: html`<p><strong>${text.lacks}</strong></p>
          <ul class="error-list">
            ${lacks.map(
              ({ check, url, cause }) =>
                html`<li>
                  <a href="${href(url)}">${reviewWords.checks[check].to}</a
                  >${cause === undefined ? nothing : html` (${plainName(cause)})`}
                </li>`,
            )}
          </ul>`,
      });

const label = (breaking: boolean): Html =>
  breaking ? tag(text.label.breaking, 'warning') : tag(text.label.standard);

const changed = (view: ChangesView): Html =>
  html`${lacksNote(view)} ${effect(view)} ${diffTable(view.diff)}
    <div class="narrow stack">${view.form === undefined ? sent(view) : submitForm(view, view.form)}</div>`;

export const changesPage = (view: ChangesView): Html => {
  const fieldErrors = (['note', 'publish', 'told'] as const).flatMap((fieldId) => {
    const problem = view.problems?.[fieldId];
    return problem === undefined ? [] : [{ fieldId, text: problem }];
  });
  const problems = [
    ...(view.refused === undefined ? [] : [{ text: view.refused }]),
    ...fieldErrors,
    ...listedAnswerProblems(view.answerProblems ?? {}),
  ];
  return appPage(
    { frame: view.frame, app: view.app, tab: 'review', failed: problems.length > 0 },
    html`${errorSummary(words.errorsTitle(problems.length), problems)}
      <div class="app-head">
        <h2>${text.changesTitle}</h2>
        ${view.diff.empty ? nothing : label(view.diff.breaking)}
      </div>
      ${
        view.diff.empty
          ? empty({
              icon: 'info',
              title: text.nothing,
              text: text.nothingText,
              action: linkButton({ label: text.back, url: view.editUrl }),
            })
          : changed(view)
      }`,
  );
};

export type EndEditView = {
  readonly frame: Frame;
  readonly appName: string;
  readonly what: 'cancel' | 'discard' | 'publish';
  readonly form: FormTarget;
  readonly keepUrl: string;
  /** Of a breaking update that is to be published. */
  readonly breaking?: { readonly added: number; readonly connections: number };
};

export const endEditPage = (view: EndEditView): Html => {
  const actions = { cancel: text.cancel, discard: text.discard, publish: text.publishNow } as const;
  const says: Content =
    view.breaking === undefined
      ? text.endText[view.what]
      : text.publishBreaking(view.breaking.added, view.breaking.connections);
  return sectionPage(
    { frame: view.frame, title: text.endHeading[view.what], section: 'developer', current: dashboardUrl },
    confirmation({
      heading: text.endHeading[view.what],
      text: html`${name(view.appName)}: ${says}`,
      form: view.form,
      action: actions[view.what],
      keep: text.keep,
      keepUrl: view.keepUrl,
      ...(view.what === 'publish' ? { destroys: false } : {}),
    }),
  );
};
