// Sign-up: who somebody is, before a code is mailed to them.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href } from '../html.ts';
import type { Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field, passwordField } from '../parts/field.ts';
import { listedProblems, problemText, type FieldProblems } from '../parts/field-problems.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { signUpWords as text } from '../words/sign-up.ts';

const ids = {
  fullName: 'full-name',
  organization: 'organization',
  email: 'email',
  phone: 'phone',
  password: 'password',
} as const;
export type SignUpField = keyof typeof ids;

export type SignUpView = {
  readonly frame: Frame;
  /** Posts fullName, organization, email, phone, password. */
  readonly form: FormTarget;
  readonly values: Partial<Readonly<Record<Exclude<SignUpField, 'password'>, string>>>;
  readonly problems?: FieldProblems;
  readonly refused?: string;
  readonly signInUrl: string;
};

export const signUpPage = (view: SignUpView): Html => {
  const { values, problems, frame } = view;
  const errors = [
    ...(view.refused === undefined ? [] : [{ text: view.refused }]),
    ...listedProblems(problems, ids),
  ];
  const one = (
    name: Exclude<SignUpField, 'password'>,
    type: 'text' | 'email' | 'tel',
    autocomplete: string,
    hint?: string,
  ): Html =>
    field({
      id: ids[name],
      name,
      label: text[name],
      type,
      autocomplete,
      required: true,
      value: values[name] ?? '',
      error: problemText(problems, name),
      autofocus: name === 'fullName' && errors.length === 0,
      ...(hint === undefined ? {} : { hint }),
    });
  return decisionPage(
    {
      frame,
      title: text.title(frame.brand.name),
      failed: errors.length > 0,
      scripts: ['show-password'],
    },
    html`<div class="stack-tight">
        <h1>${text.title(frame.brand.name)}</h1>
        <p class="second">${text.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${form({ target: view.form }, [
        one('fullName', 'text', 'name'),
        one('organization', 'text', 'organization', text.organizationHint),
        one('email', 'email', 'email'),
        one('phone', 'tel', 'tel'),
        passwordField({
          id: ids.password,
          name: 'password',
          label: text.password,
          hint: text.passwordHint,
          autocomplete: 'new-password',
          required: true,
          showLabel: text.show,
          error: problemText(problems, 'password'),
        }),
        html`<div class="actions">${button({ label: text.submit, look: 'primary' })}</div>`,
      ])}
      <p><a ${attributes({ href: href(view.signInUrl) })}>${text.signIn}</a></p>`,
  );
};
