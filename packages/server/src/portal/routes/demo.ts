// Only in the demo: what its start page shows live, and becoming another of its people with one click.
import { isFirstParty, type App } from '../../domain/apps/app.ts';
import { perform } from '../../domain/operation.ts';
import { signIn } from '../../domain/sessions/sign-in.ts';
import type { Decision } from '../../gateway/decision.ts';
import type { PageForm } from '../../http/forms.ts';
import type { LiveRow, LiveView, StepName } from '../demo/live-view.ts';
import type { LiveState } from '../demo/live.ts';
import { trustedMarkup } from '../html.ts';
import { demoWords } from '../words/demo.ts';
import { reasonText } from '../words/usage.ts';
import { demoMailRoutes } from './demo-mail.ts';
import { BECOME, becomeFlow, mayBecome } from './demo-people.ts';
import { openRoute, seeOther, type Page, type PageAnswer, type Route, type Site } from './page.ts';
import { badValue } from './problems.ts';
import { signInAddress } from './return-to.ts';
import { afterPassword } from './second-step.ts';

const NOTHING_YET: LiveState = {
  decisions: [],
  knocked: false,
  notPermitted: false,
  answeredApps: new Set(),
  answeredKey: false,
};

const callerOf = ({ appId, keyPublicId }: Decision, apps: ReadonlyMap<number, App>): string => {
  if (appId !== undefined) return apps.get(appId)?.name ?? demoWords.live.unknownApp;
  return keyPublicId === undefined ? demoWords.live.nobody : demoWords.live.apiKey;
};

const rowOf = (decision: Decision, apps: ReadonlyMap<number, App>): LiveRow => {
  const at = new Date(decision.atMs).toISOString();
  return {
    at,
    time: at.slice(11, 19),
    method: decision.method,
    path: decision.path,
    app: callerOf(decision, apps),
    status: decision.status,
    reason: reasonText(decision.reason),
    durationMs: Math.round(decision.durationMs),
  };
};

const doneOf = (state: LiveState, apps: ReadonlyMap<number, App>): readonly StepName[] => {
  const answered = [...state.answeredApps].flatMap((id) => apps.get(id) ?? []);
  const lofty = answered.some(isFirstParty);
  const done: readonly (StepName | false)[] = [
    state.knocked && 'knock',
    answered.some((app) => !isFirstParty(app)) && 'connect',
    state.notPermitted && 'refuse',
    state.cutAfterMs !== undefined && 'cut',
    lofty && state.answeredKey && 'terminal',
    lofty && 'lofty',
    state.answeredKey && 'loomta',
  ];
  return done.filter((step) => step !== false);
};

export const liveOf = async ({ site, domain }: Page): Promise<LiveView> => {
  const state = site.live?.state() ?? NOTHING_YET;
  const ids = new Set([...state.answeredApps, ...state.decisions.flatMap(({ appId }) => appId ?? [])]);
  const found = await Promise.all([...ids].map((id) => domain.stores.apps.find(id)));
  const apps = new Map(found.flatMap((app) => (app === undefined ? [] : [[app.id, app] as const])));
  return {
    rows: state.decisions.map((decision) => rowOf(decision, apps)),
    done: doneOf(state, apps),
    cut: state.cutAfterMs === undefined ? '' : demoWords.live.cut(state.cutAfterMs),
  };
};

const json = (value: unknown): PageAnswer => ({
  kind: 'page',
  status: 200,
  html: trustedMarkup(JSON.stringify(value)),
  pageKind: 'normal',
  headers: { 'content-type': 'application/json' },
});

/** The guide stays open while people change; elsewhere the page of the one may be none of the other's. */
const homeOf = (who: string, from: string | undefined): string => {
  if (from === '/') return '/';
  if (who.startsWith('vendor')) return '/developer/authorizations';
  return who.startsWith('agent') ? '/settings/integrations/authorizations' : '/';
};

const become = async (page: Page, form: PageForm): Promise<PageAnswer> => {
  const person = page.site.demo?.people.find(({ email }) => email === form.get('email'));
  if (person === undefined) return badValue(page, 'email');
  const { email, password, slug } = person;
  const by = { asker: page.signedIn, caused: page.caused };
  const result = await perform(page.domain, signIn, by, { email, password });
  // The password was changed, or guessed at too often: the sign-in page says which.
  if (!result.ok) return seeOther(`${signInAddress('/')}&as=${encodeURIComponent(slug)}`);
  return afterPassword(page, result.value, homeOf(person.who, form.get('from')));
};

export const demoRoutes = (site: Site): readonly Route[] =>
  site.demo === undefined
    ? []
    : [
        ...demoMailRoutes,
        openRoute({ path: '/demo/live.json', get: async (page) => json(await liveOf(page)) }),
        ...(mayBecome(site)
          ? [
              openRoute({
                path: BECOME,
                post: {
                  fields: ['email', 'from'],
                  boundTo: 'browser',
                  flow: () => becomeFlow,
                  handle: become,
                },
              }),
            ]
          : []),
      ];
