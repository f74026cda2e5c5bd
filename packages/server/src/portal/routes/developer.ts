// `/developer`: a vendor's apps. Every page of one app looks it up for the person's team; others get the same 404.
import type { App } from '../../domain/apps/app.ts';
import { deleteApp } from '../../domain/apps/delete.ts';
import { rollSecret } from '../../domain/apps/roll-secret.ts';
import { perform } from '../../domain/operation.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { appCredentialsPage, type AppCredentialsView } from '../developer/credentials.ts';
import { appDeletePage } from '../developer/delete.ts';
import { appOverviewPage } from '../developer/overview.ts';
import { appEditRoutes } from './app-edit.ts';
import { addressOf, by, headOf, ofTeam, type AppPage } from './app-page.ts';
import { appPermissionRoutes } from './app-permissions.ts';
import { appReviewRoutes } from './app-review.ts';
import { appSettingsRoutes } from './app-settings.ts';
import { appUsageRoutes, trafficOf } from './app-usage.ts';
import { consentUrl } from './consent-url.ts';
import { dashboardRoutes, DASHBOARD } from './developer-dashboard.ts';
import { registrationRoutes } from './developer-registration.ts';
import { nextStepOf } from './next-step.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const overview: AppPage = async (page, app) => {
  const { stores } = page.domain;
  const [set, connectionCount, step, traffic] = await Promise.all([
    stores.permissionSets.find(app.permissionSetId),
    stores.connections.countActive(app.id),
    nextStepOf(page, app),
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
      step,
      ...traffic,
    }),
  );
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
  ...appPermissionRoutes,
  ...appReviewRoutes,
  ...appEditRoutes,
  ...appSettingsRoutes,
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
