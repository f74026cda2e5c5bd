// App registration: the fields of document 003 in four groups.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { dashboardWords, registrationWords as text } from '../words/developer.ts';
import { appFieldGroups, defaultButton, listedProblems } from './app-form.ts';
import type { AppForm } from './app-form.ts';
import { dashboardUrl } from './dashboard.ts';

export type RegistrationView = AppForm & {
  readonly frame: Frame;
  /**
   * Posts name, website, description, logo, kind, redirectUri (several), contactName, contactEmail, contactPhone; with
   * `intent=add-address` the same form is wanted again with one more address.
   */
  readonly form: FormTarget;
};

export const registrationPage = (view: RegistrationView): Html => {
  const problems = listedProblems(view);
  return sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'developer',
      current: dashboardUrl,
      failed: problems.length > 0,
    },
    html`<div>
        ${breadcrumb([{ label: dashboardWords.title, url: dashboardUrl }, { label: text.title }])}
        <div class="page-head"><h1>${text.title}</h1></div>
      </div>
      <div class="narrow stack">
        ${errorSummary(words.errorsTitle(problems.length), problems)}
        ${form({ target: view.form, upload: view.takesLogo }, [
          defaultButton(text.submit),
          ...appFieldGroups(view, true),
          html`<div class="group">
            <div class="actions">
              ${button({ label: text.submit, look: 'primary', describedBy: 'submit-hint' })}
              ${linkButton({ label: words.cancel, url: dashboardUrl })}
            </div>
            <p class="hint" id="submit-hint">${text.submitHint}</p>
          </div>`,
        ])}
      </div>`,
  );
};
