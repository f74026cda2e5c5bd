// Samples of the demo's own pages, errors, and the page of all parts.
import { demoHomePage } from '../demo/home.ts';
import { demoMailPage } from '../demo/mail.ts';
import { notFoundPage, problemPage } from '../problems/problem.ts';
import { problemWords } from '../words/problems.ts';
import { partsPage } from './parts-page.ts';
import { asAri, asVera, nowMs, signedOut, target } from './samples.ts';
import type { Preview } from './views.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const home = {
  sampleAppUrl: 'http://127.0.0.1:4001',
  issuer: 'http://localhost:4000',
  signInEmail: 'ari@demo.test',
  registerUrl: '/developer/apps/new',
  connectedAppsUrl: '/settings/integrations/authorizations',
};

export const otherViews: Readonly<Record<string, Preview>> = {
  home: normal(() => demoHomePage({ ...home, frame: signedOut })),
  'home-demo-bar': normal(() =>
    demoHomePage({
      ...home,
      frame: {
        ...asVera,
        demo: {
          name: 'Vera',
          role: 'vendor',
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
