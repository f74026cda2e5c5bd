// An update of a production app: the form with its draft, or, while it is decided, the same to read.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { words } from '../words/common.ts';
import { editWords as text } from '../words/review.ts';
import { appFacts } from './app-facts.ts';
import { appFieldGroups, defaultButton, listedProblems } from './app-form.ts';
import type { AppForm } from './app-form.ts';
import { appPage, tabUrl } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';
import { declinedBand } from './review.ts';

type Permissions = { readonly chosen: number; readonly added: number; readonly removed: number };

export type AppEditView = AppForm & {
  readonly frame: Frame;
  readonly app: AppHead;
  /** Posts the fields and `intent`: `save`, `review` or `add-address`; absent while a review locks them. */
  readonly form?: FormTarget;
  readonly approved?: boolean;
  readonly permissions: Permissions;
  readonly declined?: { readonly atMs: number; readonly reason: string };
  readonly changesUrl: string;
};

const blank = {
  name: '',
  website: '',
  description: '',
  contactName: '',
  contactEmail: '',
  contactPhone: '',
};

const permissionLine = (view: AppEditView): Html => {
  const { chosen, added, removed } = view.permissions;
  return html`<section class="group" aria-labelledby="edit-permissions">
    <h2 id="edit-permissions">${text.permissions}</h2>
    <p>${text.permissionsChosen(chosen, added, removed)}</p>
    <p>${linkButton({ label: text.choosePermissions, small: true, url: tabUrl(view.app, 'permissions') })}</p>
  </section>`;
};

const locked = (view: AppEditView): Html =>
  html`${notice({
      tone: 'waiting',
      content: html`<p>
        <strong>${text.locked}</strong> ${view.approved === true ? text.lockedApproved : text.lockedText}
      </p>`,
    })}
    ${appFacts({ ...blank, ...view.values })} ${permissionLine(view)}
    <div class="actions">${linkButton({ label: text.see, url: view.changesUrl })}</div>`;

const editable = (view: AppEditView, target: FormTarget): Html =>
  form({ target, upload: view.takesLogo }, [
    defaultButton(text.save),
    ...appFieldGroups(view, false),
    permissionLine(view),
    html`<div class="group">
      <div class="actions">
        ${button({ label: text.review, look: 'primary', name: 'intent', value: 'review' })}
        ${button({ label: text.save, name: 'intent', value: 'save' })}
      </div>
    </div>`,
  ]);

export const appEditPage = (view: AppEditView): Html => {
  const problems = listedProblems(view);
  return appPage(
    { frame: view.frame, app: view.app, tab: 'settings', failed: problems.length > 0 },
    html`<div class="narrow stack">
      ${errorSummary(words.errorsTitle(problems.length), problems)}
      <div class="stack-tight">
        <h2>${text.title}</h2>
        <p class="lead">${text.lead}</p>
      </div>
      ${notice({ tone: 'info', content: html`<p>${text.band}</p>` })}
      ${view.declined === undefined ? nothing : declinedBand(view.declined, view.frame, nothing)}
      ${view.form === undefined ? locked(view) : editable(view, view.form)}
    </div>`,
  );
};
