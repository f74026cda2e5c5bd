// Giving an app to another vendor: the offer, and the one that waits.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { words } from '../words/common.ts';
import { transferWords as text } from '../words/team.ts';
import { appPage, tabUrl } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type AppTransferView = {
  readonly frame: Frame;
  readonly app: AppHead;
  /** Posts email. */
  readonly offer: FormTarget;
  readonly waiting?: { readonly email: string; readonly withdraw: FormTarget };
  readonly email?: string;
  readonly problem?: { readonly text: string; readonly atField: boolean };
};

export const appTransferPage = (view: AppTransferView): Html => {
  const { problem, waiting } = view;
  const errors =
    problem === undefined
      ? []
      : [{ text: problem.text, ...(problem.atField ? { fieldId: 'transfer-email' } : {}) }];
  return appPage(
    { frame: view.frame, app: view.app, tab: 'settings', failed: errors.length > 0 },
    html`<div class="narrow stack">
      <div class="stack-tight">
        <h2>${text.title}</h2>
        <p class="second">${text.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${
        waiting === undefined
          ? form({ target: view.offer }, [
              field({
                id: 'transfer-email',
                name: 'email',
                label: text.email,
                type: 'email',
                hint: text.hint,
                autocomplete: 'off',
                required: true,
                value: view.email ?? '',
                error: problem?.atField === true ? problem.text : undefined,
              }),
              html`<div class="actions">
                ${button({ label: text.offer, look: 'primary' })}
                ${linkButton({ label: words.cancel, url: tabUrl(view.app, 'settings') })}
              </div>`,
            ])
          : html`${notice({
              tone: 'waiting',
              content: html`<p>${text.waiting(html`<strong>${name(waiting.email)}</strong>`)}</p>`,
            })}
            ${form({ target: waiting.withdraw }, button({ label: text.withdraw }))}`
      }
    </div>`,
  );
};
