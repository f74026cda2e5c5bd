// `/developer/apps/new`: the registration form, its problems beside their fields, and the one page with the secret.
import type { AppKind } from '../../domain/apps/app.ts';
import { registerApp } from '../../domain/apps/register.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import { perform } from '../../domain/operation.ts';
import type { PageForm } from '../../http/forms.ts';
import { appRegisteredPage } from '../developer/credentials.ts';
import {
  registrationPage,
  type RegistrationField,
  type RegistrationProblem,
  type RegistrationView,
} from '../developer/register.ts';
import { normal, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal } from './refusal.ts';

export const REGISTER = '/developer/apps/new';
const MAX_ADDRESSES = 10;

const TEXTS = ['name', 'website', 'description', 'contactName', 'contactEmail', 'contactPhone'] as const;

type Values = RegistrationView['values'];

const isKind = (given: string | undefined): given is AppKind =>
  given === 'confidential' || given === 'public';

const show = (
  page: PersonPage,
  values: Values,
  more: Pick<RegistrationView, 'problems' | 'redirectProblems' | 'addressAdded'> = {},
  status = 200,
): PageAnswer =>
  normal(
    registrationPage({
      frame: page.frame,
      form: page.target(REGISTER, 'apps.register'),
      values,
      takesLogo: false,
      ...more,
    }),
    status,
  );

const empty = async (page: PersonPage): Promise<PageAnswer> => {
  const vendor = await page.domain.stores.vendors.ofUser(page.signedIn.user.id);
  const contact =
    vendor === undefined
      ? {}
      : {
          contactName: vendor.contactName,
          contactEmail: vendor.contactEmail,
          contactPhone: vendor.contactPhone,
        };
  return show(page, { redirectUris: [''], ...contact });
};

const BY_FIELD: Readonly<
  Record<string, Readonly<Partial<Record<FieldProblem['code'], RegistrationProblem>>>>
> = {
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

/** Back to the form with every problem at its place; a problem that no browser can cause is a bad request. */
const showProblems = (page: PersonPage, values: Values, given: readonly FieldProblem[]): PageAnswer => {
  const problems: Partial<Record<RegistrationField, RegistrationProblem>> = {};
  const redirectProblems: (RegistrationProblem | undefined)[] = [];
  for (const { field, code, index } of given) {
    const problem = BY_FIELD[field]?.[code];
    if (problem === undefined) return badValue(page, field);
    if (field === 'redirectUris') redirectProblems[index ?? 0] ??= problem;
    else problems[field as RegistrationField] ??= problem;
  }
  return show(page, values, { problems, redirectProblems: Array.from(redirectProblems) }, 400);
};

const register = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, form.get(name) ?? '']));
  const redirectUris = form.list('redirectUri');
  const kind = form.get('kind');
  const values: Values = { ...texts, redirectUris, ...(isKind(kind) ? { kind } : {}) };
  if (form.get('intent') === 'add-address') {
    const more = redirectUris.length < MAX_ADDRESSES ? [...redirectUris, ''] : redirectUris;
    return show(page, { ...values, redirectUris: more }, { addressAdded: true });
  }
  const result = await perform(
    page.domain,
    registerApp,
    { asker: page.signedIn, caused: page.caused },
    { ...texts, redirectUris, kind },
  );
  if (result.ok) {
    const { app, clientSecret } = result.value;
    return normal(
      appRegisteredPage({
        frame: page.frame,
        name: app.name,
        clientId: app.clientId,
        ...(clientSecret === undefined ? {} : { clientSecret }),
        appUrl: `/developer/apps/${app.publicId}`,
      }),
    );
  }
  return 'problems' in result
    ? showProblems(page, values, result.problems)
    : refusal(page, registerApp.id, result, REGISTER);
};

export const registrationRoutes: readonly Route[] = [
  vendorRoute({
    path: REGISTER,
    get: empty,
    post: {
      fields: [...TEXTS, 'kind', 'intent'],
      lists: ['redirectUri'],
      flow: () => 'apps.register',
      handle: register,
    },
  }),
];
