// `/`, and `/oauth/code`: a code to carry by hand into a terminal.
import { matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { pasteCodeGonePage, pasteCodePage } from '../code/code.ts';
import { demoHomePage } from '../demo/home.ts';
import { routeProblemWords } from '../words/route-problems.ts';
import { liveOf } from './demo.ts';
import { firstWord } from './demo-people.ts';
import { exampleUrl } from './example-url.ts';
import { callingApi, decision, openRoute, seeOther, type Page, type PageAnswer, type Route } from './page.ts';
import { problem } from './problems.ts';

const CONNECTED_APPS = '/settings/integrations/authorizations';
const DASHBOARD = '/developer/authorizations';

const home = async (page: Page): Promise<PageAnswer> => {
  const { demo } = page.site;
  if (demo !== undefined) {
    const vendor = demo.people.find(({ who }) => who.startsWith('vendor'));
    return callingApi(
      page,
      demoHomePage({
        frame: page.frame,
        sampleAppUrl: demo.sampleAppUrl,
        callUrl: exampleUrl(page),
        signInEmail: demo.people[0]?.email ?? '',
        registerUrl: '/developer/apps/new',
        ...(vendor === undefined ? {} : { vendor: { name: firstWord(vendor.name), email: vendor.email } }),
        connectedAppsUrl: CONNECTED_APPS,
        live: await liveOf(page),
      }),
    );
  }
  if (page.signedIn === undefined) return seeOther('/sign-in');
  const isVendor = page.frame.person?.sections.includes('developer') === true;
  return seeOther(isVendor ? DASHBOARD : CONNECTED_APPS);
};

/** Says nothing that the code alone does not say; a wrong one looks like a used one. */
const isLive = async (page: Page, text: string): Promise<boolean> => {
  const id = recordIdOf(SECRET_PREFIX.code, text);
  const code = id === undefined ? undefined : await page.domain.stores.codes.find(id);
  return (
    code !== undefined &&
    matchesHash(text, code.hash) &&
    code.redeemedAtMs === undefined &&
    code.burntAtMs === undefined &&
    page.nowMs < code.expiresAtMs
  );
};

const pasteCode = async (page: Page): Promise<PageAnswer> => {
  if (page.search('error') !== undefined) return problem(page, 200, routeProblemWords.denied);
  const code = page.search('code');
  if (code === undefined || !(await isLive(page, code)))
    return decision(pasteCodeGonePage({ frame: page.frame, requestId: page.exchange.requestId }), 410);
  const state = page.search('state');
  return decision(
    pasteCodePage({ frame: page.frame, code: state === undefined ? code : `${code}#${state}` }),
  );
};

export const homeRoutes: readonly Route[] = [
  openRoute({ path: '/', get: home }),
  openRoute({ path: '/oauth/code', get: pasteCode }),
];
