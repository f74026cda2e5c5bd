// `/developer/echo`: where the walk-through's answer lands when the app has no address that runs yet. State is
// `<app>.<random>.<token>`; the token is made from session and app, so that nobody can begin a walk-through for another
// person: consent is refused before a code exists, and this page shows nothing (domain/apps/echo.ts).
import type { App } from '../../domain/apps/app.ts';
import { ECHO_PATH, leadsToEcho, mayUseEcho } from '../../domain/apps/echo.ts';
import { teamOfApp } from '../../domain/apps/rules.ts';
import { isSameToken } from '../../http/csrf.ts';
import { echoPage } from '../developer/echo.ts';
import { echoWords } from '../words/walk-through.ts';
import {
  normal,
  openRoute,
  seeOther,
  type Page,
  type PageAnswer,
  type PersonPage,
  type Route,
} from './page.ts';
import { problem } from './problems.ts';
import { signInAddress } from './return-to.ts';

/** What a state for the echo page begins and ends with, in this session, for this app. */
export const echoState = (
  page: PersonPage,
  app: Pick<App, 'publicId'>,
): { readonly begin: string; readonly end: string } => ({
  begin: `${app.publicId}.`,
  end: `.${page.target(ECHO_PATH, `echo ${app.publicId}`).csrf}`,
});

const isOurs = (page: PersonPage, app: App, state: string | undefined): boolean => {
  const { begin, end } = echoState(page, app);
  if (state === undefined || !state.startsWith(begin)) return false;
  return isSameToken(state.slice(-end.length), end);
};

/** The request would send a code to the echo page for somebody who did not begin it. */
export const isForeignEcho = (
  page: PersonPage,
  {
    app,
    redirectUri,
    state,
  }: { readonly app: App; readonly redirectUri: string; readonly state: string | undefined },
): boolean => leadsToEcho(page.domain.settings, redirectUri) && !isOurs(page, app, state);

export const echoRefused = (page: Page): PageAnswer =>
  problem(page, 403, echoWords.foreign, { code: 'walk_through_of_another_session' });

const appOf = async (page: PersonPage, state: string): Promise<App | undefined> => {
  const publicId = state.split('.', 1)[0] ?? '';
  const app = await page.domain.stores.apps.findByPublicId(publicId);
  if (app === undefined || app.deletedAtMs !== undefined || !mayUseEcho(app)) return undefined;
  return (await teamOfApp(page.domain, page.signedIn, app)) && isOurs(page, app, state) ? app : undefined;
};

const isPerson = (page: Page): page is PersonPage => page.signedIn !== undefined;

const show = async (page: Page): Promise<PageAnswer> => {
  // Without the answer: after signing in it would be another session's.
  if (!isPerson(page)) return seeOther(signInAddress(ECHO_PATH));
  const state = page.search('state') ?? '';
  const app = await appOf(page, state);
  if (app === undefined) return echoRefused(page);
  const names = ['code', 'error', 'error_description', 'state', 'iss'] as const;
  return normal(
    echoPage({
      frame: page.frame,
      appName: app.name,
      walkThroughUrl: `/developer/apps/${app.publicId}/walk-through`,
      answer: names.flatMap((name) => {
        const value = page.search(name);
        return value === undefined ? [] : [{ name, value }];
      }),
    }),
  );
};

export const echoRoutes: readonly Route[] = [openRoute({ path: ECHO_PATH, get: show })];
