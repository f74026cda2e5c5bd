// Profile: name, e-mail address, time zone.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { select } from '../parts/select.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { profileWords as text } from '../words/profile.ts';

export const profileUrl = '/settings/profile';

export type ProfileProblem = keyof typeof text.problems;

export type ProfileView = {
  readonly frame: Frame;
  /** Posts `fullName` and `timeZone`. */
  readonly form: FormTarget;
  readonly fullName: string;
  readonly email: string;
  readonly changeEmailUrl: string;
  readonly timeZone: string;
  readonly zones: readonly string[];
  readonly problems?: { readonly fullName?: ProfileProblem; readonly timeZone?: ProfileProblem };
};

export const profilePage = (view: ProfileView): Html => {
  const { problems = {} } = view;
  const said = (problem: ProfileProblem | undefined): string | undefined =>
    problem === undefined ? undefined : text.problems[problem];
  const listed = [
    ...(problems.fullName === undefined
      ? []
      : [{ fieldId: 'full-name', text: text.problems[problems.fullName] }]),
    ...(problems.timeZone === undefined
      ? []
      : [{ fieldId: 'time-zone', text: text.problems[problems.timeZone] }]),
  ];
  return sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'settings',
      current: profileUrl,
      failed: listed.length > 0,
    },
    html`<div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </div>
      <div class="narrow stack">
        ${errorSummary(words.errorsTitle(listed.length), listed)}
        <div class="panel settings">
          <div class="setting">
            <div>
              <h2 class="label">${text.email}</h2>
              <p class="breaks">${view.email}</p>
              <p class="second">${text.emailHint}</p>
            </div>
            ${linkButton({ label: text.changeEmail, url: view.changeEmailUrl, small: true })}
          </div>
        </div>
        ${form({ target: view.form }, [
          field({
            id: 'full-name',
            name: 'fullName',
            label: text.name,
            value: view.fullName,
            required: true,
            maxLength: 120,
            autocomplete: 'name',
            error: said(problems.fullName),
          }),
          select({
            id: 'time-zone',
            name: 'timeZone',
            label: text.zone,
            hint: text.zoneHint,
            options: view.zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
            chosen: view.timeZone,
            error: said(problems.timeZone),
          }),
          html`<div class="actions">${button({ label: text.save, look: 'primary' })}</div>`,
        ])}
      </div>`,
  );
};
