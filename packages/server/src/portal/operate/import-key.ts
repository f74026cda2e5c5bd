// Taking over a key that the API owner gave out before: whose it is, where it works, and the key itself.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { operateWords } from '../words/operate.ts';
import { peopleUrl } from './people.ts';

const texts = operateWords.importKey;
const ids = { workspace: 'workspace', key: 'key', name: 'key-name' } as const;

export type ImportKeyField = keyof typeof ids;

export type ImportKeyView = {
  readonly frame: Frame;
  /** Posts `workspace`, `key` and `name`. */
  readonly form: FormTarget;
  readonly personName: string;
  readonly personUrl: string;
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
  readonly chosen?: string;
  /** What was typed before; the key itself is never sent back. */
  readonly name?: string;
  readonly problems?: Readonly<Partial<Record<ImportKeyField, string>>>;
};

const fields = (view: ImportKeyView): readonly Html[] => [
  radioGroup({
    id: ids.workspace,
    name: 'workspace',
    legend: words.workspace,
    boxed: true,
    chosen: view.chosen,
    error: view.problems?.workspace,
    options: view.workspaces.map((one) => ({ value: one.id, label: name(one.name) })),
  }),
  field({
    id: ids.key,
    name: 'key',
    label: texts.key,
    hint: texts.keyHint,
    required: true,
    autocomplete: 'off',
    error: view.problems?.key,
  }),
  field({
    id: ids.name,
    name: 'name',
    label: texts.name,
    hint: texts.nameHint,
    tag: words.optional,
    maxLength: 80,
    autocomplete: 'off',
    ...(view.name === undefined ? {} : { value: view.name }),
    error: view.problems?.name,
  }),
];

export const importKeyPage = (view: ImportKeyView): Html => {
  const errors = (Object.keys(ids) as ImportKeyField[]).flatMap((one) => {
    const text = view.problems?.[one];
    return text === undefined ? [] : [{ fieldId: ids[one], text }];
  });
  return sectionPage(
    {
      frame: view.frame,
      title: texts.title(isolatedName(view.personName)),
      section: 'operate',
      current: peopleUrl,
      failed: errors.length > 0,
    },
    html`<div class="narrow stack">
      <div class="stack-tight">
        ${breadcrumb([
          { label: operateWords.people.title, url: peopleUrl },
          { label: name(view.personName), url: view.personUrl },
          { label: texts.action },
        ])}
        <h1>${texts.heading(name(view.personName))}</h1>
        <p class="second">${texts.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${form({ target: view.form }, [
        ...fields(view),
        html`<div class="actions">
          ${button({ label: texts.action, look: 'primary' })}
          ${linkButton({ label: words.cancel, url: view.personUrl })}
        </div>`,
      ])}
    </div>`,
  );
};
