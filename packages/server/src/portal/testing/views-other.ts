// Samples of the demo's own pages, errors, and the page of all parts.
import { demoHomePage } from '../demo/home.ts';
import type { LiveView } from '../demo/live-view.ts';
import { demoMailPage } from '../demo/mail.ts';
import { notFoundPage, problemPage } from '../problems/problem.ts';
import { problemWords } from '../words/problems.ts';
import { partsPage } from './parts-page.ts';
import { asAri, asVera, nowMs, signedOut, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const home = {
  sampleAppUrl: 'http://127.0.0.1:4001',
  callUrl: 'http://localhost:4000/v1.0/leads',
  signInEmail: 'ari@demo.test',
  registerUrl: '/developer/apps/new',
  connectedAppsUrl: '/settings/integrations/authorizations',
  live: { rows: [], done: [], cut: '' },
};

const liveRow = (
  [method, path, app, status, reason]: readonly [string, string, string, number, string],
  at: number,
) => ({
  at: new Date(nowMs - at * 7_000).toISOString(),
  time: new Date(nowMs - at * 7_000).toISOString().slice(11, 19),
  method,
  path,
  app,
  status,
  reason,
  durationMs: 3 + at,
});

const liveSample: LiveView = {
  rows: (
    [
      ['GET', '/v1.0/leads', 'no app', 401, 'The credential is not valid, or it has ended'],
      [
        'DELETE',
        '/v1.0/leads/9007199254740993',
        'Pipeline Sync',
        403,
        'The permission for this endpoint was not granted',
      ],
      ['GET', '/v1.0/leads', 'Pipeline Sync', 200, 'Forwarded'],
      ['GET', '/v1.0/leads', 'no app', 401, 'No credential was sent'],
    ] as const
  ).map(liveRow),
  done: ['knock', 'connect', 'refuse', 'cut', 'lofty'],
  cut: 'Refused 41 ms after you clicked.',
};

export const otherViews: Readonly<Record<string, Preview>> = {
  home: normal(() => demoHomePage({ ...home, frame: signedOut })),
  'home-demo-bar': normal(() =>
    demoHomePage({
      ...home,
      live: liveSample,
      frame: {
        ...asVera,
        demo: {
          you: { name: 'Vera', role: 'vendor' },
          others: ['Ari', 'Rory', 'Olive', 'Sam'].map((name) => ({
            name,
            email: `${name.toLowerCase()}@demo.test`,
          })),
          form: target('/demo/become'),
        },
      },
    }),
  ),
  mail: normal(() => demoMailPage({ frame: signedOut })),
  'not-found': normal(() => notFoundPage({ frame: asAri, requestId: 'req_01JD9Z6M4Q' })),
  error: normal(() =>
    problemPage({
      ...problemWords.unexpected,
      frame: asAri,
      requestId: 'req_01JD9Z6M4Q',
      atMs: nowMs,
      action: { label: 'Try again', url: '/' },
      developer: { code: 'server_error' },
    }),
  ),
  parts: normal(() => partsPage({ frame: asVera })),
};
