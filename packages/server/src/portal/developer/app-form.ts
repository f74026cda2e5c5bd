// The fields of document 003 in their groups, shared by registering, changing and proposing an update.
import type { AppKind } from '../../domain/apps/app.ts';
import { logoUrl } from '../../domain/logos/logo.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { field, fileField, textArea } from '../parts/field.ts';
import { logo } from '../parts/logo.ts';
import type { ListedError } from '../parts/notice.ts';
import { registrationWords as text } from '../words/developer.ts';

export type AppFormField =
  'name' | 'website' | 'description' | 'logo' | 'kind' | 'contactName' | 'contactEmail' | 'contactPhone';

export type AppFormProblem = keyof typeof text.problems;

export type AppFormValues = {
  readonly name?: string;
  readonly website?: string;
  readonly description?: string;
  readonly kind?: AppKind;
  /** As many inputs as entries, at least one. */
  readonly redirectUris: readonly string[];
  readonly contactName?: string;
  readonly contactEmail?: string;
  readonly contactPhone?: string;
  /** The picture that the app has, or that came with the form before. */
  readonly logoHash?: string;
};

export type AppFormProblems = {
  readonly problems?: Partial<Readonly<Record<AppFormField, AppFormProblem>>>;
  /** By the address's place. */
  readonly redirectProblems?: readonly (AppFormProblem | undefined)[];
  readonly refused?: string;
};

export type AppForm = AppFormProblems & {
  readonly values: AppFormValues;
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
} as const satisfies Record<AppFormField, string>;

const addressId = (index: number): string => (index === 0 ? 'redirect-uri' : `redirect-uri-${index + 1}`);

const addressesOf = (view: AppForm): readonly string[] =>
  view.values.redirectUris.length === 0 ? [''] : view.values.redirectUris;

export const listedProblems = (view: AppFormProblems): readonly ListedError[] => {
  const of = (name: AppFormField): readonly ListedError[] => {
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

type Of = (name: AppFormField) => string | undefined;

const group = (id: string, title: string, content: readonly Html[]): Html =>
  html`<section class="group" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;

const chosenLogo = (hash: string): Html =>
  html`<div class="actions">
    ${logo({ name: '', url: logoUrl(hash), size: 'large' })} <span class="second">${text.logoChosen}</span>
    <input type="hidden" name="logoHash" value="${hash}" />
  </div>`;

const appGroup = (view: AppForm, error: Of): Html =>
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
    view.takesLogo && view.values.logoHash !== undefined ? chosenLogo(view.values.logoHash) : nothing,
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

const addressGroup = (view: AppForm): Html => {
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

const contactGroup = (view: AppForm, error: Of): Html => {
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
export const defaultButton = (label: string): Html =>
  html`<button class="visually-hidden" tabindex="-1" aria-hidden="true">${label}</button>`;

const kindGroup = (view: AppForm, error: Of): Html =>
  html`<div class="group">
    ${radioGroup({
      id: ids.kind,
      name: 'kind',
      legend: text.groups.kind,
      boxed: true,
      chosen: view.values.kind,
      error: error('kind'),
      options: (['confidential', 'public'] as const).map((value) => ({ value, label: text.kinds[value] })),
    })}
  </div>`;

/** `asksKind`: only when registering, for it never changes. */
export const appFieldGroups = (view: AppForm, asksKind: boolean): readonly Html[] => {
  const error: Of = (name) => {
    const problem = view.problems?.[name];
    return problem === undefined ? undefined : text.problems[problem];
  };
  return [
    appGroup(view, error),
    ...(asksKind ? [kindGroup(view, error)] : []),
    addressGroup(view),
    contactGroup(view, error),
  ];
};
