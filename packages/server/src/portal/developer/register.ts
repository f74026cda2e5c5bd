// App registration: the fields of document 003 in four groups.
import type { AppKind } from '../../domain/apps/app.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { field, fileField, textArea } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import type { ListedError } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { dashboardWords, registrationWords as text } from '../words/developer.ts';
import { dashboardUrl } from './dashboard.ts';

export type RegistrationField =
  'name' | 'website' | 'description' | 'logo' | 'kind' | 'contactName' | 'contactEmail' | 'contactPhone';

export type RegistrationProblem = keyof typeof text.problems;

export type RegistrationView = {
  readonly frame: Frame;
  /**
   * Posts name, website, description, logo, kind, redirectUri (several), contactName, contactEmail, contactPhone; with
   * `intent=add-address` the same form is wanted again with one more address.
   */
  readonly form: FormTarget;
  readonly values: {
    readonly name?: string;
    readonly website?: string;
    readonly description?: string;
    readonly kind?: AppKind;
    /** As many inputs as entries, at least one. */
    readonly redirectUris: readonly string[];
    readonly contactName?: string;
    readonly contactEmail?: string;
    readonly contactPhone?: string;
  };
  readonly problems?: Partial<Readonly<Record<RegistrationField, RegistrationProblem>>>;
  /** By the address's place. */
  readonly redirectProblems?: readonly (RegistrationProblem | undefined)[];
  readonly refused?: string;
  /** With a picture field the form is multipart. */
  readonly takesLogo: boolean;
  /** The form came back with one more address, which takes the focus. */
  readonly addressAdded?: boolean;
};

const ids = {
  name: 'app-name',
  website: 'app-website',
  description: 'app-description',
  logo: 'app-logo',
  kind: 'app-kind',
  contactName: 'contact-name',
  contactEmail: 'contact-email',
  contactPhone: 'contact-phone',
} as const satisfies Record<RegistrationField, string>;

const addressId = (index: number): string => (index === 0 ? 'redirect-uri' : `redirect-uri-${index + 1}`);

const addressesOf = (view: RegistrationView): readonly string[] =>
  view.values.redirectUris.length === 0 ? [''] : view.values.redirectUris;

const listed = (view: RegistrationView): readonly ListedError[] => {
  const of = (name: RegistrationField): readonly ListedError[] => {
    const problem = view.problems?.[name];
    return problem === undefined ? [] : [{ fieldId: ids[name], text: text.problems[problem] }];
  };
  const addresses = (view.redirectProblems ?? []).flatMap((problem, index) =>
    problem === undefined ? [] : [{ fieldId: addressId(index), text: text.problems[problem] }],
  );
  return [
    ...(view.refused === undefined ? [] : [{ text: view.refused }]),
    ...(['name', 'website', 'description', 'logo', 'kind'] as const).flatMap(of),
    ...addresses,
    ...(['contactName', 'contactEmail', 'contactPhone'] as const).flatMap(of),
  ];
};

type Of = (name: RegistrationField) => string | undefined;

const group = (id: string, title: string, content: readonly Html[]): Html =>
  html`<section class="group" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;

const appGroup = (view: RegistrationView, error: Of): Html =>
  group('group-app', text.groups.app, [
    field({
      id: ids.name,
      name: 'name',
      label: text.name,
      value: view.values.name ?? '',
      required: true,
      maxLength: 60,
      autocomplete: 'off',
      error: error('name'),
    }),
    field({
      id: ids.website,
      name: 'website',
      label: text.website,
      type: 'url',
      tag: text.neededForReview,
      value: view.values.website ?? '',
      placeholder: 'https://',
      autocomplete: 'url',
      error: error('website'),
    }),
    textArea({
      id: ids.description,
      name: 'description',
      label: text.description,
      tag: text.neededForReview,
      hint: text.descriptionHint,
      rows: 3,
      maxLength: 1000,
      value: view.values.description ?? '',
      error: error('description'),
    }),
    view.takesLogo
      ? fileField({
          id: ids.logo,
          name: 'logo',
          label: text.logo,
          tag: text.neededForReview,
          hint: text.logoHint,
          accept: 'image/png,image/jpeg,image/webp',
          error: error('logo'),
        })
      : nothing,
  ]);

const addressGroup = (view: RegistrationView): Html => {
  const addresses = addressesOf(view);
  return group('group-redirect', text.groups.redirect, [
    html`<p class="hint">${text.redirectHint}</p>`,
    ...addresses.map((address, index) => {
      const problem = view.redirectProblems?.[index];
      return field({
        id: addressId(index),
        name: 'redirectUri',
        label: text.redirectLabel(index + 1),
        type: 'url',
        value: address,
        placeholder: 'https://',
        required: index === 0,
        autocomplete: 'off',
        autofocus: view.addressAdded === true && index === addresses.length - 1,
        error: problem === undefined ? undefined : text.problems[problem],
      });
    }),
    button({
      label: text.addRedirect,
      icon: 'plus',
      small: true,
      name: 'intent',
      value: 'add-address',
      skipsValidation: true,
    }),
  ]);
};

const contactGroup = (view: RegistrationView, error: Of): Html => {
  const one = (
    name: 'contactName' | 'contactEmail' | 'contactPhone',
    type: 'text' | 'email' | 'tel',
    autocomplete: string,
  ): Html =>
    field({
      id: ids[name],
      name,
      label: text[name],
      type,
      tag: text.neededForReview,
      value: view.values[name] ?? '',
      autocomplete,
      error: error(name),
    });
  return group('group-contact', text.groups.contact, [
    one('contactName', 'text', 'name'),
    one('contactEmail', 'email', 'email'),
    one('contactPhone', 'tel', 'tel'),
  ]);
};

// Enter in a field presses a form's first submit button, which must not be the one that adds an address.
const defaultButton = html`<button class="visually-hidden" tabindex="-1" aria-hidden="true">
  ${text.submit}
</button>`;

export const registrationPage = (view: RegistrationView): Html => {
  const problems = listed(view);
  const error: Of = (name) => {
    const problem = view.problems?.[name];
    return problem === undefined ? undefined : text.problems[problem];
  };
  const kind = radioGroup({
    id: ids.kind,
    name: 'kind',
    legend: text.groups.kind,
    boxed: true,
    chosen: view.values.kind,
    error: error('kind'),
    options: (['confidential', 'public'] as const).map((value) => ({ value, label: text.kinds[value] })),
  });
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
          defaultButton,
          appGroup(view, error),
          html`<div class="group">${kind}</div>`,
          addressGroup(view),
          contactGroup(view, error),
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
