// `/developer/apps/new`: the registration form, its problems beside their fields, and the one page with the secret.
import type { AppKind } from '../../domain/apps/app.ts';
import { registerApp } from '../../domain/apps/register.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import { perform } from '../../domain/operation.ts';
import { isQualified } from '../../domain/vendors/rules.ts';
import type { PageForm } from '../../http/forms.ts';
import { appRegisteredPage } from '../developer/credentials.ts';
import type { AppFormProblems } from '../developer/app-form.ts';
import { registrationPage, type RegistrationView } from '../developer/register.ts';
import { APP_FORM, problemsAtFields, readApp, withAnotherAddress } from './app-form.ts';
import { QUALIFICATION_URL } from '../team/qualification.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal } from './refusal.ts';

export const REGISTER = '/developer/apps/new';

type Values = RegistrationView['values'];

const isKind = (given: string | undefined): given is AppKind =>
  given === 'confidential' || given === 'public';

const show = (
  page: PersonPage,
  values: Values,
  more: AppFormProblems & Pick<RegistrationView, 'addressAdded'> = {},
  status = 200,
): PageAnswer =>
  normal(
    registrationPage({
      frame: page.frame,
      form: page.target(REGISTER, 'apps.register'),
      values,
      takesLogo: true,
      ...more,
    }),
    status,
  );

const empty = async (page: PersonPage): Promise<PageAnswer> => {
  const vendor = await page.domain.stores.vendors.ofUser(page.signedIn.user.id);
  if (vendor !== undefined && !(await isQualified(page.domain, vendor)))
    return seeOther(QUALIFICATION_URL, 'qualification-needed');
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

/** Back to the form with every problem at its place; a problem that no browser can cause is a bad request. */
const showProblems = (page: PersonPage, values: Values, given: readonly FieldProblem[]): PageAnswer => {
  const problems = problemsAtFields(given);
  return problems === undefined ? badValue(page, given[0]?.field ?? '') : show(page, values, problems, 400);
};

const register = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const { typed, logoProblem } = await readApp(page, form);
  const kind = form.get('kind');
  const values: Values = { ...typed, ...(isKind(kind) ? { kind } : {}) };
  if (logoProblem !== undefined) return show(page, values, { problems: { logo: logoProblem } }, 400);
  if (form.get('intent') === 'add-address')
    return show(page, withAnotherAddress(values), { addressAdded: true });
  const result = await perform(
    page.domain,
    registerApp,
    { asker: page.signedIn, caused: page.caused },
    { ...typed, kind },
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
      fields: [...APP_FORM.fields, 'kind'],
      lists: APP_FORM.lists,
      upload: APP_FORM.upload,
      flow: () => 'apps.register',
      handle: register,
    },
  }),
];
