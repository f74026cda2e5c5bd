// Making a management key: whose it is, until when, and the operations that it is good for; and the page that shows it.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { secretBox } from '../parts/copy.ts';
import { field, fieldError } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import type { ListedError } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { managementKeyWords as text } from '../words/management-keys.ts';
import { MANAGEMENT_KEYS, managementKeyCrumbs } from './list.ts';

/** The form's field names. */
export type ManagementKeyField = 'name' | 'owner' | 'expires' | 'operations';
export type ManagementKeyProblem = keyof typeof text.problems;

export type OperationChoice = {
  readonly id: string;
  readonly summary: string;
  /** `GET /api/apps`. */
  readonly address: string;
};

export type ManagementKeyCreateView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly cancelUrl: string;
  readonly values: {
    readonly name?: string;
    readonly owner?: string;
    /** `YYYY-MM-DD`. */
    readonly expires?: string;
    readonly operations: readonly string[];
  };
  readonly groups: readonly { readonly title: string; readonly operations: readonly OperationChoice[] }[];
  /** IANA zone in which the day begins. */
  readonly expiryZone: string;
  readonly problems?: Partial<Readonly<Record<ManagementKeyField, ManagementKeyProblem>>>;
  /** Refusals of the whole, e.g. the limit. */
  readonly refused?: string;
};

const fieldIds: Readonly<Record<ManagementKeyField, string>> = {
  name: 'key-name',
  owner: 'key-owner',
  expires: 'key-expires',
  operations: 'key-operations',
};

const errorOf = (view: ManagementKeyCreateView, one: ManagementKeyField): string | undefined => {
  const problem = view.problems?.[one];
  return problem === undefined ? undefined : text.problems[problem];
};

const listedProblems = (view: ManagementKeyCreateView): readonly ListedError[] => [
  ...(view.refused === undefined ? [] : [{ text: view.refused }]),
  ...(Object.keys(fieldIds) as ManagementKeyField[]).flatMap((one) => {
    const error = errorOf(view, one);
    return error === undefined ? [] : [{ fieldId: fieldIds[one], text: error }];
  }),
];

const operationRow = (one: OperationChoice, chosen: readonly string[], id: string): Html =>
  html`<div class="picker-row">
    <input
      ${attributes({
        type: 'checkbox',
        id,
        name: 'operation',
        value: one.id,
        checked: chosen.includes(one.id),
      })}
    />
    <span><label for="${id}">${one.summary}</label></span>
    <code translate="no">${one.address}</code>
  </div>`;

const operationGroups = (view: ManagementKeyCreateView): Html => {
  const [first] = view.groups.flatMap(({ operations }) => operations);
  const error = errorOf(view, 'operations');
  const id = fieldIds.operations;
  const { operations: chosen } = view.values;
  return html`<section class="group" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${text.operations}</h2>
    <p class="hint" id="${id}-hint">${text.operationsHint}</p>
    ${fieldError(id, error)}
    <div class="picker stack">
      ${view.groups.map(
        ({ title, operations }) =>
          html`<div class="field" role="group" aria-label="${title}" aria-describedby="${id}-hint">
            <p class="label" aria-hidden="true">${title}</p>
            <div class="picker-group">
              ${operations.map((one) => operationRow(one, chosen, one === first ? id : `operation-${one.id}`))}
            </div>
          </div>`,
      )}
    </div>
  </section>`;
};

const keyFields = (view: ManagementKeyCreateView): readonly Html[] => [
  field({
    id: fieldIds.name,
    name: 'name',
    label: text.name,
    hint: text.nameHint,
    value: view.values.name ?? '',
    required: true,
    maxLength: 80,
    autocomplete: 'off',
    error: errorOf(view, 'name'),
  }),
  radioGroup({
    id: fieldIds.owner,
    name: 'owner',
    legend: text.owner,
    boxed: true,
    options: (['user', 'vendor'] as const).map((value) => ({ value, ...text.owners[value] })),
    chosen: view.values.owner ?? 'user',
    error: errorOf(view, 'owner'),
  }),
  field({
    id: fieldIds.expires,
    name: 'expires',
    label: text.expiration,
    tag: words.optional,
    type: 'date',
    hint: text.expirationHint(view.expiryZone),
    value: view.values.expires ?? '',
    error: errorOf(view, 'expires'),
  }),
  operationGroups(view),
];

export const managementKeyCreatePage = (view: ManagementKeyCreateView): Html => {
  const problems = listedProblems(view);
  return sectionPage(
    {
      frame: view.frame,
      title: text.newTitle,
      section: 'developer',
      current: MANAGEMENT_KEYS,
      failed: problems.length > 0,
    },
    html`<div>
        ${managementKeyCrumbs(text.newTitle)}
        <div class="page-head"><h1>${text.newTitle}</h1></div>
      </div>
      <div class="narrow stack">
        ${errorSummary(words.errorsTitle(problems.length), problems)}
        ${form({ target: view.form }, [
          ...keyFields(view),
          html`<div class="actions">
            ${button({ label: text.createKey, look: 'primary' })}
            ${linkButton({ label: words.cancel, url: view.cancelUrl })}
          </div>`,
        ])}
      </div>`,
  );
};

export type ManagementKeyCreatedView = {
  readonly frame: Frame;
  readonly name: string;
  readonly secret: string;
  /** Lines to try it, with the key in place; absent where it is good for nothing that is harmless. */
  readonly tryIt?: string;
  readonly doneUrl: string;
};

export const managementKeyCreatedPage = (view: ManagementKeyCreatedView): Html =>
  sectionPage(
    { frame: view.frame, title: text.createdTitle, section: 'developer', current: MANAGEMENT_KEYS },
    html`<div>
        ${managementKeyCrumbs(text.createdTitle)}
        <div class="page-head"><h1>${text.createdTitle}</h1></div>
      </div>
      <div class="narrow stack">
        ${notice({ tone: 'ok', content: html`<p>${text.created(name(view.name))}</p>`, announced: true })}
        ${secretBox({ id: 'key', label: text.key, value: view.secret, hint: words.shownOnce, lines: true })}
        ${
          view.tryIt === undefined
            ? nothing
            : secretBox({ id: 'try-it', label: text.tryIt, value: view.tryIt, lines: true })
        }
        <div class="actions">${linkButton({ label: text.stored, look: 'primary', url: view.doneUrl })}</div>
      </div>`,
  );
