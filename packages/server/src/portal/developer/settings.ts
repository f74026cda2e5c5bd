// An app's fields: changed at once in development and when declined, locked during review, by an update in production.
import type { AppKind } from '../../domain/apps/app.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { words } from '../words/common.ts';
import { appDeleteWords } from '../words/app-delete.ts';
import { transferWords } from '../words/team.ts';
import { appWords } from '../words/developer.ts';
import { reviewWords } from '../words/review.ts';
import { appFacts, type ReadableApp } from './app-facts.ts';
import { appFieldGroups, defaultButton, listedProblems } from './app-form.ts';
import type { AppForm } from './app-form.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type AppSettingsView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly kind: AppKind;
  readonly fields: ReadableApp;
  /** Where the fields are changed at once: posts them, and `intent=add-address` for one more address. */
  readonly edit?: AppForm & { readonly form: FormTarget };
  /** In production: where an update is proposed. */
  readonly editUrl?: string;
  readonly transferUrl?: string;
  readonly deleteUrl?: string;
};

const editable = (edit: AppForm & { readonly form: FormTarget }): Html =>
  html`<p class="lead">${appWords.changeHint}</p>
    ${form({ target: edit.form, upload: edit.takesLogo }, [
      defaultButton(appWords.saveChanges),
      ...appFieldGroups(edit, false),
      html`<div class="group">
        <div class="actions">${button({ label: appWords.saveChanges, look: 'primary' })}</div>
      </div>`,
    ])}`;

const readable = (view: AppSettingsView): Html =>
  html`<p class="lead">${appWords.settingsLead}</p>
    ${
      view.app.status === 'under-review'
        ? notice({ tone: 'waiting', content: html`<p>${appWords.lockedHint}</p>` })
        : nothing
    }
    ${appFacts({ ...view.fields, kind: view.kind })}
    ${
      view.editUrl === undefined
        ? nothing
        : html`<div class="actions">
            ${linkButton({ label: reviewWords.propose, look: 'primary', url: view.editUrl })}
          </div>`
    }`;

export const appSettingsPage = (view: AppSettingsView): Html => {
  const problems = view.edit === undefined ? [] : listedProblems(view.edit);
  return appPage(
    { frame: view.frame, app: view.app, tab: 'settings', failed: problems.length > 0 },
    html`<div class="narrow stack">
      ${errorSummary(words.errorsTitle(problems.length), problems)}
      ${view.edit === undefined ? readable(view) : editable(view.edit)}
      ${
        view.deleteUrl === undefined
          ? nothing
          : html`<div class="actions">
              ${
                view.transferUrl === undefined
                  ? nothing
                  : linkButton({ label: transferWords.link, url: view.transferUrl })
              }
              ${linkButton({ label: appDeleteWords.link, look: 'danger', url: view.deleteUrl })}
            </div>`
      }
    </div>`,
  );
};
