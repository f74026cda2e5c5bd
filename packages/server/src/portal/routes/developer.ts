// `/developer`: a vendor's apps. Every page of one app looks it up for the person's team; others get the same 404.
import type { App } from '../../domain/apps/app.ts';
import { deleteApp } from '../../domain/apps/delete.ts';
import { rollSecret } from '../../domain/apps/roll-secret.ts';
import { setPermissions } from '../../domain/apps/set-permissions.ts';
import { perform } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permissions/permission.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { appCredentialsPage, type AppCredentialsView } from '../developer/credentials.ts';
import { appDeletePage } from '../developer/delete.ts';
import { appOverviewPage } from '../developer/overview.ts';
import { appPermissionsPage } from '../developer/permissions.ts';
import { appSettingsPage } from '../developer/settings.ts';
import { addressOf, by, headOf, ofTeam, type AppPage } from './app-page.ts';
import { appUsageRoutes, trafficOf } from './app-usage.ts';
import { consentUrl } from './consent-url.ts';
import { dashboardRoutes, DASHBOARD } from './developer-dashboard.ts';
import { registrationRoutes } from './developer-registration.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const overview: AppPage = async (page, app) => {
  const { stores } = page.domain;
  const [set, connectionCount, traffic] = await Promise.all([
    stores.permissionSets.find(app.permissionSetId),
    stores.connections.countActive(app.id),
    trafficOf(page, app),
  ]);
  return normal(
    appOverviewPage({
      frame: page.frame,
      app: await headOf(page, app),
      clientId: app.clientId,
      consentUrl: consentUrl(page.domain, app),
      permissionCount: set?.permissions.length ?? 0,
      connectionCount,
      ...traffic,
    }),
  );
};

const settings: AppPage = async (page, app) =>
  normal(
    appSettingsPage({
      frame: page.frame,
      app: await headOf(page, app),
      kind: app.kind,
      website: app.website,
      description: app.description,
      redirectUris: app.redirectUris,
      contactName: app.contactName,
      contactEmail: app.contactEmail,
      contactPhone: app.contactPhone,
      deleteUrl: `${addressOf(app)}/delete`,
    }),
  );

/** A permission that the API's document no longer has: all that is left of it is its id. */
const gone = (id: string): Permission => ({
  id,
  group: 'gone',
  groupTitle: id,
  method: '',
  path: '',
  sentence: id,
  sensitivity: 'reads',
  deprecated: false,
});

const permissionsFlow = (page: PersonPage, version: string): string =>
  `apps.set-permissions ${page.part('app')} ${version}`;

const showPermissions = async (
  page: PersonPage,
  app: App,
  given: { readonly chosen?: readonly string[]; readonly refused?: string } = {},
  status = 200,
): Promise<PageAnswer> => {
  const set = await page.domain.stores.permissionSets.find(app.permissionSetId);
  const chosen = new Set(given.chosen ?? set?.permissions);
  const known = new Set(page.domain.permissions.map(({ id }) => id));
  const version = String(app.version);
  const open = app.status === 'development' || app.status === 'declined';
  const form = page.target(`${addressOf(app)}/permissions`, permissionsFlow(page, version), { version });
  return normal(
    appPermissionsPage({
      frame: page.frame,
      app: await headOf(page, app),
      ...(open ? { form } : {}),
      permissions: [
        ...page.domain.permissions.map((one) => ({ ...one, chosen: chosen.has(one.id) })),
        ...[...chosen]
          .filter((id) => !known.has(id))
          .map((id) => ({ ...gone(id), chosen: true, gone: true })),
      ],
      ...(given.refused === undefined ? {} : { refused: given.refused }),
    }),
    status,
  );
};

const savePermissions = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const known = new Set(page.domain.permissions.map(({ id }) => id));
  // What is gone from the API is dropped with the next save.
  const permissions = form.list('permission').filter((id) => known.has(id));
  const input = { app: page.part('app'), version: Number(form.get('version')), permissions };
  const result = await perform(page.domain, setPermissions, by(page), input);
  if (result.ok) return seeOther(`${addressOf(result.value)}/permissions`, 'permissions-saved');
  if ('problems' in result || result.reason !== 'changed')
    return refusal(page, setPermissions.id, result, `/developer/apps/${page.part('app')}/permissions`);
  const refused = refusalText(setPermissions.id, result.reason) ?? '';
  return ofTeam((at, app) =>
    showPermissions(at, app, { refused }, refusalStatus(setPermissions.id, result.reason)),
  )(page);
};

const showCredentials = async (
  page: PersonPage,
  app: App,
  more: Pick<AppCredentialsView, 'newSecret' | 'rollProblem'> = {},
  status = 200,
): Promise<PageAnswer> => {
  const secrets =
    app.kind === 'public' ? undefined : await page.domain.stores.apps.secretsOf(app.id, page.nowMs);
  return normal(
    appCredentialsPage({
      frame: page.frame,
      app: await headOf(page, app),
      clientId: app.clientId,
      ...(secrets === undefined
        ? {}
        : {
            secrets,
            roll: page.target(`${addressOf(app)}/credentials`, `apps.roll-secret ${app.publicId}`),
          }),
      ...more,
    }),
    status,
  );
};

const roll = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const input = { app: page.part('app'), oldEnds: form.get('oldEnds') };
  const result = await perform(page.domain, rollSecret, by(page), input);
  if (result.ok)
    return ofTeam((at, app) => showCredentials(at, app, { newSecret: result.value.clientSecret }))(page);
  if ('problems' in result)
    return ofTeam((at, app) => showCredentials(at, app, { rollProblem: 'missing' }, 400))(page);
  if (result.reason === 'too-many')
    return ofTeam((at, app) => showCredentials(at, app, { rollProblem: 'too-many' }, 409))(page);
  return refusal(page, rollSecret.id, result, `/developer/apps/${page.part('app')}/credentials`);
};

const showDelete = async (page: PersonPage, app: App, typed?: string, status = 200): Promise<PageAnswer> => {
  const connections = await page.domain.stores.connections.countActive(app.id);
  return normal(
    appDeletePage({
      frame: page.frame,
      form: page.target(`${addressOf(app)}/delete`, `apps.delete ${app.publicId}`),
      name: app.name,
      connections,
      keepUrl: `${addressOf(app)}/settings`,
      ...(typed === undefined ? {} : { typed }),
    }),
    status,
  );
};

const doDelete = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const name = form.get('name') ?? '';
  const result = await perform(page.domain, deleteApp, by(page), { app: page.part('app'), name });
  if (result.ok) return seeOther(DASHBOARD, 'app-deleted');
  if (!('problems' in result)) return refusal(page, deleteApp.id, result, DASHBOARD);
  if (result.problems.some(({ code }) => code !== 'name-differs')) return badValue(page, 'name');
  return ofTeam((at, app) => showDelete(at, app, name, 400))(page);
};

const ROOT = '/developer/apps/:app';

export const developerRoutes: readonly Route[] = [
  ...dashboardRoutes,
  ...registrationRoutes,
  vendorRoute({ path: ROOT, get: ofTeam(overview) }),
  ...appUsageRoutes,
  vendorRoute({ path: `${ROOT}/settings`, get: ofTeam(settings) }),
  vendorRoute({
    path: `${ROOT}/permissions`,
    get: ofTeam((page, app) => showPermissions(page, app)),
    post: {
      fields: ['version'],
      lists: ['permission'],
      flow: (page, form) => permissionsFlow(page, form.get('version') ?? ''),
      handle: savePermissions,
    },
  }),
  vendorRoute({
    path: `${ROOT}/credentials`,
    get: ofTeam((page, app) => showCredentials(page, app)),
    post: {
      fields: ['oldEnds'],
      flow: (page) => `apps.roll-secret ${page.part('app')}`,
      // The password comes before the form is judged: a choice made is asked again after it.
      handle: (page, form) =>
        isFresh(page.domain, page.signedIn.session) ? roll(page, form) : toStepUp(page),
    },
  }),
  vendorRoute({
    path: `${ROOT}/delete`,
    get: ofTeam((page, app) => showDelete(page, app)),
    post: { fields: ['name'], flow: (page) => `apps.delete ${page.part('app')}`, handle: doDelete },
  }),
];
