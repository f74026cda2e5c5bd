// Making a key, and the one page that shows it.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { checkbox, radioGroup } from '../parts/choice.ts';
import { secretBox } from '../parts/copy.ts';
import { field, textArea } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import type { ListedError } from '../parts/notice.ts';
import { workspaceChoice } from '../parts/workspace-choice.ts';
import type { WorkspaceChoice } from '../parts/workspace-choice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { keyWords } from '../words/keys.ts';
import { keyCrumbs } from './list.ts';

/** The form's field names. */
export type KeyField = 'name' | 'description' | 'expires' | 'workspace' | 'form' | 'acknowledged';
export type KeyProblem = keyof typeof keyWords.problems;

export type KeyCreateView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly cancelUrl: string;
  readonly values: {
    readonly name?: string;
    readonly description?: string;
    /** `YYYY-MM-DD`. */
    readonly expires?: string;
    readonly acknowledged?: boolean;
    readonly form?: string;
  };
  /** `chosen` and `missing` come from here too. */
  readonly workspaces: WorkspaceChoice;
  /** Only where the deployment makes more than one kind. */
  readonly forms?: readonly { readonly value: string; readonly label: string; readonly detail: string }[];
  /** IANA zone in which the day begins. */
  readonly expiryZone: string;
  readonly problems?: Partial<Readonly<Record<KeyField, KeyProblem>>>;
  /** Refusals of the whole, e.g. the limit. */
  readonly refused?: string;
};

const fieldIds: Readonly<Record<KeyField, string>> = {
  name: 'key-name',
  description: 'key-description',
  expires: 'key-expires',
  workspace: 'workspace',
  form: 'key-form',
  acknowledged: 'key-acknowledged',
};

const listedProblems = (view: KeyCreateView): readonly ListedError[] => [
  ...(view.refused === undefined ? [] : [{ text: view.refused }]),
  ...(Object.keys(fieldIds) as KeyField[]).flatMap((one) => {
    const problem = view.problems?.[one];
    return problem === undefined ? [] : [{ fieldId: fieldIds[one], text: keyWords.problems[problem] }];
  }),
];

const keyFields = (view: KeyCreateView): readonly Html[] => {
  const error = (one: KeyField): string | undefined => {
    const problem = view.problems?.[one];
    return problem === undefined ? undefined : keyWords.problems[problem];
  };
  return [
    field({
      id: fieldIds.name,
      name: 'name',
      label: keyWords.name,
      hint: keyWords.nameHint,
      value: view.values.name ?? '',
      required: true,
      maxLength: 80,
      autocomplete: 'off',
      error: error('name'),
    }),
    textArea({
      id: fieldIds.description,
      name: 'description',
      label: keyWords.description,
      tag: words.optional,
      value: view.values.description ?? '',
      rows: 2,
      maxLength: 500,
      error: error('description'),
    }),
    field({
      id: fieldIds.expires,
      name: 'expires',
      label: keyWords.expiration,
      tag: words.optional,
      type: 'date',
      hint: keyWords.expirationHint(view.expiryZone),
      value: view.values.expires ?? '',
      error: error('expires'),
    }),
    workspaceChoice({ ...view.workspaces, missing: view.problems?.workspace !== undefined }),
    view.forms === undefined
      ? nothing
      : radioGroup({
          id: fieldIds.form,
          name: 'form',
          legend: keyWords.form,
          boxed: true,
          options: view.forms,
          chosen: view.values.form,
        }),
    checkbox({
      id: fieldIds.acknowledged,
      name: 'acknowledged',
      label: keyWords.acknowledge(view.frame.brand.name),
      checked: view.values.acknowledged === true,
      required: true,
      error: error('acknowledged'),
    }),
  ];
};

export const keyCreatePage = (view: KeyCreateView): Html => {
  const problems = listedProblems(view);
  return sectionPage(
    {
      frame: view.frame,
      title: keyWords.newTitle,
      section: 'settings',
      current: '/settings/integrations/api',
      failed: problems.length > 0,
    },
    html`<div>
        ${keyCrumbs(keyWords.newTitle)}
        <div class="page-head"><h1>${keyWords.newTitle}</h1></div>
      </div>
      <div class="narrow stack">
        ${errorSummary(words.errorsTitle(problems.length), problems)}
        ${form({ target: view.form }, [
          ...keyFields(view),
          html`<div class="actions">
            ${button({ label: keyWords.createKey, look: 'primary' })}
            ${linkButton({ label: words.cancel, url: view.cancelUrl })}
          </div>`,
        ])}
      </div>`,
  );
};

export type KeyCreatedView = {
  readonly frame: Frame;
  readonly name: string;
  readonly key: string;
  /** Two lines to try it, with the key in place. */
  readonly tryIt: string;
  readonly doneUrl: string;
};

export const keyCreatedPage = (view: KeyCreatedView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: keyWords.createdTitle,
      section: 'settings',
      current: '/settings/integrations/api',
    },
    html`<div>
        ${keyCrumbs(keyWords.createdTitle)}
        <div class="page-head"><h1>${keyWords.createdTitle}</h1></div>
      </div>
      <div class="narrow stack">
        ${notice({ tone: 'ok', content: html`<p>${keyWords.created(name(view.name))}</p>`, announced: true })}
        ${secretBox({ id: 'key', label: keyWords.key, value: view.key, hint: words.shownOnce, lines: true })}
        ${secretBox({ id: 'try-it', label: keyWords.tryIt, value: view.tryIt, lines: true })}
        <div class="actions">
          ${linkButton({ label: keyWords.stored, look: 'primary', url: view.doneUrl })}
        </div>
      </div>`,
  );
