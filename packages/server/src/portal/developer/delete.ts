// The question before an app is deleted: its name is typed, so that no single click can do it.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { appDeleteWords as text } from '../words/app-delete.ts';
import { words } from '../words/common.ts';
import { dashboardWords } from '../words/developer.ts';
import { dashboardUrl } from './dashboard.ts';

export type AppDeleteView = {
  readonly frame: Frame;
  /** Posts `name`. */
  readonly form: FormTarget;
  readonly name: string;
  readonly connections: number;
  readonly keepUrl: string;
  /** The form came back because this is not the name. */
  readonly typed?: string;
};

export const appDeletePage = (view: AppDeleteView): Html => {
  const error = view.typed === undefined ? undefined : text.nameDiffers;
  return sectionPage(
    {
      frame: view.frame,
      title: text.title(isolatedName(view.name)),
      section: 'developer',
      current: dashboardUrl,
      failed: error !== undefined,
    },
    html`${breadcrumb([{ label: dashboardWords.title, url: dashboardUrl }, { label: name(view.name) }])}
      <div class="narrow stack">
        <div class="stack-tight">
          <h1>${text.heading(name(view.name))}</h1>
          <p>${text.text(view.connections)}</p>
        </div>
        ${errorSummary(words.errorsTitle(1), error === undefined ? [] : [{ fieldId: 'app-name', text: error }])}
        ${form({ target: view.form }, [
          field({
            id: 'app-name',
            name: 'name',
            label: text.label,
            value: view.typed ?? '',
            required: true,
            autocomplete: 'off',
            error,
          }),
          html`<div class="actions">
            ${button({ label: text.action, look: 'danger-filled' })}
            ${linkButton({ label: text.keep, url: view.keepUrl })}
          </div>`,
        ])}
      </div>`,
  );
};
