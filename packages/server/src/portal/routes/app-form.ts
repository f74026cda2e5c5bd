// The form with an app's fields, as it comes back: what was typed, and every problem at its place.
import type { FieldProblem } from '../../domain/field-problem.ts';
import { addLogo } from '../../domain/logos/add.ts';
import { perform } from '../../domain/operation.ts';
import type { PageForm } from '../../http/forms.ts';
import { by } from './app-page.ts';
import type { PersonPage } from './page.ts';
import type { AppFormField, AppFormProblem, AppFormProblems, AppFormValues } from '../developer/app-form.ts';

export const APP_TEXTS = [
  'name',
  'website',
  'description',
  'contactName',
  'contactEmail',
  'contactPhone',
] as const;

export const APP_FORM = {
  fields: [...APP_TEXTS, 'logoHash', 'intent'],
  lists: ['redirectUri'],
  upload: 'logo',
} as const;

const MAX_ADDRESSES = 10;

export type TypedApp = Readonly<Record<(typeof APP_TEXTS)[number], string>> & {
  readonly redirectUris: readonly string[];
  readonly logoHash?: string;
};

const textsOf = (form: PageForm): TypedApp => ({
  ...(Object.fromEntries(APP_TEXTS.map((name) => [name, form.get(name) ?? ''])) as Record<
    (typeof APP_TEXTS)[number],
    string
  >),
  redirectUris: form.list('redirectUri'),
  ...(form.get('logoHash') === undefined ? {} : { logoHash: form.get('logoHash') ?? '' }),
});

const LOGO_PROBLEMS: Readonly<Partial<Record<FieldProblem['code'], AppFormProblem>>> = {
  'logo-type': 'logo-type',
  'logo-too-large': 'logo-too-large',
  'logo-dimensions': 'logo-dimensions',
};

export type ReadApp = {
  readonly typed: TypedApp;
  /** The picture is not one that we take; everything else stays typed. */
  readonly logoProblem?: AppFormProblem;
};

/** A picture is kept as soon as it arrives, whatever else is wrong: no browser fills a file in again. */
export const readApp = async (page: PersonPage, form: PageForm): Promise<ReadApp> => {
  const typed = textsOf(form);
  const picture = form.file?.('logo');
  if (picture === undefined) return { typed };
  const given = { picture: Buffer.from(picture).toString('base64') };
  const result = await perform(page.domain, addLogo, by(page), given);
  if (result.ok) return { typed: { ...typed, logoHash: result.value.logoHash } };
  const code = 'problems' in result ? result.problems[0]?.code : undefined;
  const known = code === undefined ? 'logo-busy' : (LOGO_PROBLEMS[code] ?? 'logo-unreadable');
  return { typed, logoProblem: known };
};

/** The same form again with one more address, which needs no script. */
export const withAnotherAddress = <Values extends AppFormValues>(values: Values): Values => ({
  ...values,
  redirectUris:
    values.redirectUris.length < MAX_ADDRESSES ? [...values.redirectUris, ''] : values.redirectUris,
});

const BY_FIELD: Readonly<Record<string, Readonly<Partial<Record<FieldProblem['code'], AppFormProblem>>>>> = {
  name: { 'name-missing': 'name-missing', 'too-long': 'name-too-long' },
  website: { 'website-not-a-url': 'website-invalid', 'too-long': 'website-invalid' },
  description: { 'too-long': 'description-too-long' },
  kind: { 'kind-missing': 'kind-missing' },
  contactName: { 'too-long': 'contact-name-too-long' },
  contactEmail: { 'email-malformed': 'email-invalid', 'too-long': 'email-invalid' },
  contactPhone: { 'phone-malformed': 'phone-invalid', 'too-long': 'phone-invalid' },
  redirectUris: {
    'redirect-uri-missing': 'redirect-missing',
    'too-many-redirect-uris': 'redirect-too-many',
    'redirect-uri-not-a-url': 'redirect-invalid',
    'redirect-uri-not-https': 'redirect-not-https',
    'redirect-uri-fragment': 'redirect-fragment',
    'redirect-uri-wildcard': 'redirect-wildcard',
    'redirect-uri-response-parameter': 'redirect-reserved-parameter',
    'redirect-uri-userinfo': 'redirect-userinfo',
    'redirect-uri-too-long': 'redirect-too-long',
    'redirect-uri-bad-scheme': 'redirect-scheme',
  },
};

/** Undefined: a problem that no browser can cause. */
export const problemsAtFields = (given: readonly FieldProblem[]): AppFormProblems | undefined => {
  const problems: Partial<Record<AppFormField, AppFormProblem>> = {};
  const redirectProblems: (AppFormProblem | undefined)[] = [];
  for (const { field, code, index } of given) {
    const problem = BY_FIELD[field]?.[code];
    if (problem === undefined) return undefined;
    if (field === 'redirectUris') redirectProblems[index ?? 0] ??= problem;
    else problems[field as AppFormField] ??= problem;
  }
  return { problems, redirectProblems: Array.from(redirectProblems) };
};
