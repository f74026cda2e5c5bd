// Change of the e-mail address: the new one first; its code is entered on the page of mailed codes.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { emailChangeWords as text } from '../words/sign-up.ts';

export type EmailChangeView = {
  readonly frame: Frame;
  /** Posts email. */
  readonly form: FormTarget;
  readonly present: string;
  readonly profileUrl: string;
  readonly email?: string;
  readonly problem?: { readonly text: string; readonly atField: boolean };
};

export const emailChangePage = (view: EmailChangeView): Html => {
  const { problem } = view;
  const errors =
    problem === undefined ? [] : [{ text: problem.text, ...(problem.atField ? { fieldId: 'email' } : {}) }];
  return sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'settings',
      current: view.profileUrl,
      failed: errors.length > 0,
    },
    html`<div class="narrow stack">
      <div class="stack-tight">
        <h1>${text.title}</h1>
        <p>${text.now(html`<strong>${name(view.present)}</strong>`)}</p>
        <p class="second">${text.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(1), errors)}
      ${form({ target: view.form }, [
        field({
          id: 'email',
          name: 'email',
          label: text.email,
          type: 'email',
          autocomplete: 'email',
          required: true,
          value: view.email ?? '',
          error: problem?.atField === true ? problem.text : undefined,
        }),
        html`<div class="actions">
          ${button({ label: text.ask, look: 'primary' })}
          ${linkButton({ label: words.cancel, url: view.profileUrl })}
        </div>`,
      ])}
    </div>`,
  );
};
