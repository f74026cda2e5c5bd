// `/developer/apps/{id}/walk-through`: the flow with an app's own values, for its team.
import { walkThroughPage } from '../developer/walk-through.ts';
import { headOf, ofTeam, type AppPage } from './app-page.ts';
import { normal, vendorRoute, type PersonPage, type Route } from './page.ts';

/** The first list that the app may read: its address needs nothing filled in. */
const callPath = ({ domain }: PersonPage, chosen: readonly string[]): string | undefined =>
  domain.permissions.find(
    ({ id, method, path }) => chosen.includes(id) && method === 'GET' && !path.includes('{'),
  )?.path;

const show: AppPage = async (page, app) => {
  const { issuer } = page.domain.settings;
  const set = await page.domain.stores.permissionSets.find(app.permissionSetId);
  const path = callPath(page, set?.permissions ?? []);
  const [redirectUri] = app.redirectUris;
  return normal(
    walkThroughPage({
      frame: page.frame,
      app: await headOf(page, app),
      values: {
        issuer,
        clientId: app.clientId,
        isPublic: app.kind === 'public',
        ...(redirectUri === undefined ? {} : { redirectUri }),
        ...(path === undefined ? {} : { callUrl: `${issuer}${path}` }),
      },
    }),
  );
};

export const walkThroughRoutes: readonly Route[] = [
  vendorRoute({ path: '/developer/apps/:app/walk-through', get: ofTeam(show) }),
];
