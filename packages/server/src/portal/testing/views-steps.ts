// Samples of the pages between others: password again, key shown again, app deleted, ended use of keys.
import { connectionListPage } from '../connections/list.ts';
import { appDeletePage } from '../developer/delete.ts';
import { keyShownPage } from '../keys/show.ts';
import { stepUpPage } from '../sign-in/step-up.ts';
import { asAri, asVera, dayMs, nowMs, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });
const decision = (page: Preview['page']): Preview => ({ kind: 'decision', page });

const stepUp = {
  frame: asAri,
  form: target('/step-up'),
  email: 'ari@demo.test',
  cancelUrl: '/',
};

const deletion = {
  frame: asVera,
  form: target('/developer/apps/a1/delete'),
  name: 'Pipeline Sync',
  connections: 12,
  keepUrl: '/developer/apps/a1/settings',
};

export const stepViews: Readonly<Record<string, Preview>> = {
  'step-up': decision(() => stepUpPage(stepUp)),
  'step-up-wrong': decision(() => stepUpPage({ ...stepUp, problem: { reason: 'wrong-password' } })),
  'key-shown': normal(() =>
    keyShownPage({
      frame: asAri,
      name: 'CI runner',
      key: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2FtcGxlLXNpZ25hdHVyZS1vZi1hLXNhbXBsZS1rZXktMDA',
      doneUrl: '/settings/integrations/api',
    }),
  ),
  'app-delete': normal(() => appDeletePage(deletion)),
  'app-delete-wrong': normal(() => appDeletePage({ ...deletion, typed: 'pipeline' })),
  'connections-ended': normal(() =>
    connectionListPage({
      frame: asAri,
      connections: [],
      ended: [
        {
          appName: 'Pipeline Sync',
          vendorName: 'Pipeline Sync Inc',
          workspaceName: 'Northside Realty',
          keyName: 'CI runner',
          endedAtMs: nowMs - 3 * dayMs,
          allow: target('/settings/integrations/authorizations/c9/allow-again'),
          revokeKeyUrl: '/settings/integrations/api/k1/revoke',
        },
      ],
    }),
  ),
};
