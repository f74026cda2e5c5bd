// `/developer/apps/{id}/walk-through`: the flow with an app's own values, for its team.
import { echoUri, mayUseEcho } from '../../domain/apps/echo.ts';
import { walkThroughPage } from '../developer/walk-through.ts';
import { headOf, ofTeam, type AppPage } from './app-page.ts';
import { echoState } from './echo.ts';
import { exampleUrlFor } from './example-url.ts';
import { callingApi, vendorRoute, type Route } from './page.ts';

const show: AppPage = async (page, app) => {
  const { settings, stores } = page.domain;
  const set = await stores.permissionSets.find(app.permissionSetId);
  const callUrl = exampleUrlFor(page, set?.permissions ?? []);
  const [redirectUri] = app.redirectUris;
  return callingApi(
    page,
    walkThroughPage({
      frame: page.frame,
      app: await headOf(page, app),
      values: {
        issuer: settings.issuer,
        clientId: app.clientId,
        isPublic: app.kind === 'public',
        ...(redirectUri === undefined ? {} : { redirectUri }),
        ...(callUrl === undefined ? {} : { callUrl }),
      },
      ...(mayUseEcho(app) ? { echo: { uri: echoUri(settings), ...echoState(page, app) } } : {}),
    }),
  );
};

export const walkThroughRoutes: readonly Route[] = [
  vendorRoute({ path: '/developer/apps/:app/walk-through', get: ofTeam(show) }),
];
