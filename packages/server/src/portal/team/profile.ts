// Developer profile: the vendor's name and contact.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { listedProblems, problemText, type FieldProblems } from '../parts/field-problems.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { profileWords as text } from '../words/team.ts';

export const PROFILE_URL = '/developer/profile';

const ids = {
  name: 'vendor-name',
  contactName: 'contact-name',
  contactEmail: 'contact-email',
  contactPhone: 'contact-phone',
} as const;

export type ProfileView = {
  readonly frame: Frame;
  /** Posts name, contactName, contactEmail, contactPhone. */
  readonly form: FormTarget;
  readonly values: Readonly<Partial<Record<keyof typeof ids, string>>>;
  readonly problems?: FieldProblems;
};

export const vendorProfilePage = (view: ProfileView): Html => {
  const errors = listedProblems(view.problems, ids);
  const one = (name: keyof typeof ids, type: 'text' | 'email' | 'tel', autocomplete: string): Html =>
    field({
      id: ids[name],
      name,
      label: text[name],
      type,
      autocomplete,
      required: name === 'name' || name === 'contactEmail',
      value: view.values[name] ?? '',
      error: problemText(view.problems, name),
    });
  return sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'developer',
      current: PROFILE_URL,
      failed: errors.length > 0,
    },
    html`<div class="narrow stack">
      <div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${form({ target: view.form }, [
        one('name', 'text', 'organization'),
        one('contactName', 'text', 'name'),
        one('contactEmail', 'email', 'email'),
        one('contactPhone', 'tel', 'tel'),
        html`<div class="actions">${button({ label: text.save, look: 'primary' })}</div>`,
      ])}
    </div>`,
  );
};
