// `/developer/apps/{id}/settings`: the app's fields, changed at once where the lifecycle allows it.
import type { App } from '../../domain/apps/app.ts';
import { changeApp } from '../../domain/apps/change.ts';
import { perform } from '../../domain/operation.ts';
import { can } from '../../domain/reviews/standing.ts';
import type { PageForm } from '../../http/forms.ts';
import type { AppForm } from '../developer/app-form.ts';
import { appSettingsPage } from '../developer/settings.ts';
import { APP_FORM, problemsAtFields, readApp, withAnotherAddress } from './app-form.ts';
import { addressOf, by, headOf, ofTeam } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';

const flowOf = (page: PersonPage, version: string): string => `apps.change ${page.part('app')} ${version}`;

const show = async (
  page: PersonPage,
  app: App,
  given: Partial<AppForm> = {},
  status = 200,
): Promise<PageAnswer> => {
  const open = await page.domain.stores.reviews.openOf(app.id);
  const version = String(app.version);
  const url = `${addressOf(app)}/settings`;
  const edit = {
    values: app,
    takesLogo: true,
    ...given,
    form: page.target(url, flowOf(page, version), { version }),
  };
  return normal(
    appSettingsPage({
      frame: page.frame,
      app: await headOf(page, app),
      kind: app.kind,
      fields: app,
      ...(can(app, open, 'change') ? { edit } : {}),
      ...(app.status === 'production' ? { editUrl: `${addressOf(app)}/edit` } : {}),
      transferUrl: `${addressOf(app)}/transfer`,
      deleteUrl: `${addressOf(app)}/delete`,
    }),
    status,
  );
};

const save = async (page: PersonPage, app: App, form: PageForm): Promise<PageAnswer> => {
  const { typed: values, logoProblem } = await readApp(page, form);
  if (logoProblem !== undefined) return show(page, app, { values, problems: { logo: logoProblem } }, 400);
  if (form.get('intent') === 'add-address')
    return show(page, app, { values: withAnotherAddress(values), addressAdded: true });
  const input = { app: app.publicId, version: Number(form.get('version')), ...values };
  const result = await perform(page.domain, changeApp, by(page), input);
  if (result.ok) return seeOther(`${addressOf(app)}/settings`, 'app-changed');
  if ('problems' in result) {
    const problems = problemsAtFields(result.problems);
    return problems === undefined
      ? badValue(page, result.problems[0]?.field ?? '')
      : show(page, app, { values, ...problems }, 400);
  }
  if (result.reason !== 'changed') return refusal(page, changeApp.id, result, `${addressOf(app)}/settings`);
  // What was typed stays; the next press knows what it writes over.
  const refused = refusalText(changeApp.id, result.reason) ?? '';
  return show(page, app, { values, refused }, refusalStatus(changeApp.id, result.reason));
};

export const appSettingsRoutes: readonly Route[] = [
  vendorRoute({
    path: '/developer/apps/:app/settings',
    get: ofTeam((page, app) => show(page, app)),
    post: {
      fields: [...APP_FORM.fields, 'version'],
      lists: APP_FORM.lists,
      upload: APP_FORM.upload,
      flow: (page, form) => flowOf(page, form.get('version') ?? ''),
      handle: (page, form) => ofTeam((at, app) => save(at, app, form))(page),
    },
  }),
];
