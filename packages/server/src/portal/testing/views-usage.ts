// Samples of an app's Usage and Requests tabs.
import { summarise } from '../../domain/usage/summary.ts';
import { DAY_MS, MINUTE_MS, type Outcome, type UsageCount } from '../../domain/usage/usage.ts';
import { appRequestsPage, type AppRequestsView } from '../developer/requests.ts';
import { appUsagePage } from '../developer/usage.ts';
import { echoPage } from '../developer/echo.ts';
import { walkThroughPage } from '../developer/walk-through.ts';
import { asVera, minuteMs, nowMs, sampleApp, samplePermissions } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });
const app = { ...sampleApp, status: 'production', mode: 'production', limitPerMinute: 500 } as const;

const counts = (stepMs: number, steps: number, most: number): readonly UsageCount[] =>
  Array.from({ length: steps }, (_, at) => {
    const startMs = nowMs - (nowMs % stepMs) - at * stepMs;
    const all = Math.round(most * (0.35 + 0.65 * Math.abs(Math.sin(at / 7))));
    const shares: readonly (readonly [Outcome, string, number])[] = [
      ['2xx', 'listLeads', Math.round(all * 0.7)],
      ['2xx', 'getLead', Math.round(all * 0.2)],
      ['4xx', 'deleteLead', at % 3 === 0 ? Math.round(all * 0.08) : 0],
      ['4xx', 'unknown', at % 11 === 0 ? 1 : 0],
      ['429', 'listLeads', at > 20 && at < 25 ? Math.round(all * 0.3) : 0],
      ['5xx', 'getLead', at % 17 === 0 ? Math.round(all * 0.1) : 0],
      ['2xx', 'token/refresh_token', 1],
      ['4xx', 'token/authorization_code', at % 29 === 0 ? 1 : 0],
    ];
    return shares
      .filter(([, , count]) => count > 0)
      .map(([outcome, what, count]) => ({ appId: 1, startMs, what, outcome, count }));
  }).flat();

const usageOf = (given: readonly UsageCount[], stepMs: number, steps: number) =>
  summarise(given, nowMs - (nowMs % stepMs) - (steps - 1) * stepMs, stepMs, steps);

const usage = (hour: readonly UsageCount[], month: readonly UsageCount[]) =>
  appUsagePage({
    frame: asVera,
    app,
    minutes: usageOf(hour, MINUTE_MS, 60),
    days: usageOf(month, DAY_MS, 30),
    permissions: samplePermissions,
  });

const requests: AppRequestsView['requests'] = (
  [
    ['GET', '/v1.0/leads', 200, 'ok'],
    ['DELETE', '/v1.0/leads/9007199254740993', 403, 'not-permitted'],
    ['GET', '/v1.0/leads', 429, 'too-many-requests'],
    ['POST', '/v1.0/nothing/of/this/name/at/all/and/it/is/long', 404, 'unknown-path'],
    ['GET', '/v1.0/leads/77', 502, 'upstream-down'],
  ] as const
).map(([method, path, status, reason], at) => ({
  atMs: nowMs - at * minuteMs,
  method,
  path,
  status,
  reason,
  requestId: `k3J9sQ2mXw_a${at}Rt8`,
  durationMs: 3 + at * 7.4,
}));

const requestsView = { frame: asVera, app, filter: 'all', requests } as const;

const walkThrough = {
  frame: asVera,
  app,
  values: {
    issuer: 'http://localhost:4000',
    clientId: 'app_7Q2M9KFPX4TB',
    isPublic: false,
    redirectUri: 'https://pipelinesync.example/callback',
    callUrl: 'http://localhost:4000/v1.0/leads',
  },
} as const;

export const usageViews: Readonly<Record<string, Preview>> = {
  'app-usage': normal(() => usage(counts(MINUTE_MS, 60, 412), counts(DAY_MS, 30, 41_200))),
  'app-usage-little': normal(() => usage(counts(MINUTE_MS, 2, 3), counts(DAY_MS, 1, 3))),
  'app-usage-empty': normal(() => usage([], [])),
  'app-requests': normal(() =>
    appRequestsPage({
      ...requestsView,
      firstUrl: `${app.url}/requests`,
      nextUrl: `${app.url}/requests?after=7`,
    }),
  ),
  'app-walk-through': normal(() => walkThroughPage(walkThrough)),
  'app-walk-through-echo': normal(() =>
    walkThroughPage({
      ...walkThrough,
      echo: { uri: 'http://localhost:4000/developer/echo', begin: 'app_7Q2M.', end: '.token' },
    }),
  ),
  echo: normal(() =>
    echoPage({
      frame: asVera,
      appName: app.name,
      walkThroughUrl: `${app.url}/walk-through`,
      answer: [
        { name: 'code', value: 'lk_code_AAECAwQFBgcICQoL' },
        { name: 'state', value: 'app_7Q2M.Zm9vYmFy.token' },
        { name: 'iss', value: 'http://localhost:4000' },
      ],
    }),
  ),
  'app-requests-empty': normal(() => appRequestsPage({ ...requestsView, requests: [], filter: 'refused' })),
};
