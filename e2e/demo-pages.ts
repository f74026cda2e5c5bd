// Every page that the people of a demo reach by its links, and some that only other programs lead to.
import type { Demo } from '@latchkey/demo/start';
import { openBrowser, type Browser } from '../packages/server/src/portal/routes/testing/browser.ts';

export type DemoPage = {
  /** For a file: who looks, and where. */
  readonly name: string;
  readonly path: string;
  readonly status: number;
};

export type Visitor = {
  readonly who: string;
  readonly cookies: ReadonlyMap<string, string>;
  readonly pages: readonly DemoPage[];
};

/** Of pages that differ only in their subject, this many. */
const alike = 2;

/** `/developer/apps/app_7x` and `/developer/apps/app_9y` have one kind; a page with other names in it has its own. */
const kindOf = (path: string): string =>
  (path.split('?')[0] ?? '')
    .split('/')
    .map((part) => (/\d/.test(part) || part.includes('_') || part.length > 30 ? '{}' : part))
    .join('/')
    .replace(/^\/docs\/(errors|api)\/[^/]+$/, '/docs/$1/{}');

const linksOf = (body: string): readonly string[] =>
  [...body.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)].map(([, path = '']) => path.replaceAll('&amp;', '&'));

/** Files to keep, not pages. */
const isPage = (path: string): boolean => !/\.(csv|json|env|txt|yaml)(\?|$)/.test(path);

const walk = async (browser: Browser, who: string, starts: readonly string[]): Promise<Visitor> => {
  const waiting = [...starts];
  const seen = new Set<string>();
  const kinds = new Map<string, number>();
  const pages: DemoPage[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path) || !isPage(path)) continue;
    // The documents are the same for everybody.
    if (who !== 'nobody' && path.startsWith('/docs/')) continue;
    seen.add(path);
    const kind = kindOf(path);
    const count = kinds.get(kind) ?? 0;
    if (count >= alike) continue;
    const shown = await browser.get(path);
    if (shown.location.startsWith('/')) waiting.push(shown.location);
    if (!String(shown.headers['content-type']).startsWith('text/html')) continue;
    kinds.set(kind, count + 1);
    const place = path.replace(/[^a-zA-Z0-9.-]+/g, '-').replace(/^-|-$/g, '');
    pages.push({ name: `${who}-${place === '' ? 'home' : place.slice(0, 60)}`, path, status: shown.status });
    waiting.push(...linksOf(shown.body));
  }
  return { who, cookies: browser.cookies, pages };
};

/** What a person of that role opens without a link, or from a program. */
const startsOf = (demo: Demo, role: string): readonly string[] => {
  const app = demo.file.apps.find(({ mode }) => mode === 'production') ?? demo.file.apps[0];
  const common = ['/', '/no-such-page'];
  if (role === 'agent')
    return [...common, '/device', '/cli-auth', `/page/vendor-auth.html?clientId=${app?.clientId ?? ''}`];
  return common;
};

/** One after the other: nobody, then each person of the demo. */
export const walkDemo = async (demo: Demo): Promise<readonly Visitor[]> => {
  const visitors = [
    await walk(openBrowser(demo.issuer), 'nobody', [
      '/',
      '/sign-in',
      '/sign-up',
      '/reset',
      '/oauth/authorize',
      '/settings/security',
      '/demo/mail',
      '/docs',
      '/no-such-page',
    ]),
  ];
  for (const { email, password, role } of demo.file.people) {
    const browser = openBrowser(demo.issuer);
    const signIn = await browser.get('/sign-in');
    const answer = await browser.submit(signIn, '/sign-in', { email, password });
    if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`);
    visitors.push(await walk(browser, role, [answer.location, ...startsOf(demo, role)]));
  }
  return visitors;
};
