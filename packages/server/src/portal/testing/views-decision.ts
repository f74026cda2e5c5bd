// Samples of sign-in, consent, device and code pages.
import { pasteCodeGonePage, pasteCodePage } from '../code/code.ts';
import { consentPage } from '../consent/consent.ts';
import type { ConsentView } from '../consent/consent.ts';
import { deviceConfirmPage, deviceDonePage, deviceEntryPage } from '../device/device.ts';
import type { DeviceConfirmView } from '../device/device.ts';
import { consentProblemPage } from '../problems/problem.ts';
import type { ConsentProblemReason } from '../problems/problem.ts';
import { signInPage } from '../sign-in/sign-in.ts';
import { minuteMs, nowMs, samplePermissions, signedOut, target, workspaces } from './samples.ts';
import type { Preview } from './sample-view.ts';

const decision = (page: Preview['page']): Preview => ({ kind: 'decision', page });

const signIn = { frame: signedOut, form: target('/sign-in') };

const consent: ConsentView = {
  frame: signedOut,
  form: target('/oauth/authorize'),
  app: { name: 'Pipeline Sync', website: 'https://pipelinesync.example', mode: 'development' },
  vendorName: 'Lindqvist Software',
  person: { name: 'Ari Mendes', email: 'ari@demo.test' },
  differentSignInUrl: '/sign-in?other=1',
  workspaces: { options: workspaces },
  permissions: samplePermissions.filter((one) => one.id !== 'getOrg'),
  redirectUri: 'https://pipelinesync.example/callback',
};

const device: DeviceConfirmView = {
  frame: signedOut,
  form: target('/cli-auth'),
  userCode: 'LMT-7QX2-9KFP',
  app: { name: 'Loomta CLI', mode: 'production' },
  askedAtMs: nowMs - 40_000,
  expiresAtMs: nowMs + 9 * minuteMs,
  address: '203.0.113.x',
  says: 'loomta 1.0 on devbox',
  otherNetwork: false,
  gets: { kind: 'key' },
  workspaces: { options: workspaces },
  entryUrl: '/cli-auth',
};

const problem = (reason: ConsentProblemReason, back = false): Preview =>
  decision(() =>
    consentProblemPage({
      frame: signedOut,
      reason,
      requestId: 'req_01JD9Z6M4Q',
      ...(reason === 'unknown-app' ? {} : { appName: 'Pipeline Sync' }),
      ...(back ? { back: { url: 'https://pipelinesync.example/callback?error=access_denied' } } : {}),
      developer: {
        code: 'invalid_request',
        parameter: 'redirect_uri',
        received: 'https://pipelinesync.example.evil.test/callback',
      },
    }),
  );

export const decisionViews: Readonly<Record<string, Preview>> = {
  'sign-in': decision(() => signInPage(signIn)),
  'sign-in-waiting': decision(() =>
    signInPage({
      ...signIn,
      waiting: { kind: 'app', appName: 'Pipeline Sync' },
      email: 'ari@demo.test',
      problem: { reason: 'wrong-pair' },
      demoPeople: [
        { name: 'Ari', who: 'agent, two workspaces', fillUrl: '/sign-in?as=ari' },
        { name: 'Vera', who: 'vendor', fillUrl: '/sign-in?as=vera' },
        { name: 'Sam', who: 'stranger', fillUrl: '/sign-in?as=sam' },
      ],
    }),
  ),
  'sign-in-throttled': decision(() =>
    signInPage({ ...signIn, waiting: { kind: 'terminal' }, problem: { reason: 'throttled', seconds: 30 } }),
  ),
  consent: decision(() => consentPage(consent)),
  'consent-no-choice': decision(() =>
    consentPage({ ...consent, workspaces: { options: workspaces, missing: true } }),
  ),
  'consent-production': decision(() =>
    consentPage({
      ...consent,
      app: { ...consent.app, mode: 'production' },
      workspaces: { options: workspaces.slice(0, 1) },
      permissions: samplePermissions.slice(0, 3),
      redirectUri: 'http://127.0.0.1/callback',
    }),
  ),
  'consent-no-permissions': decision(() => consentPage({ ...consent, permissions: [] })),
  'consent-again': decision(() =>
    consentPage({
      ...consent,
      app: { ...consent.app, mode: 'production' },
      again: { note: 'Pipeline Sync can now tidy up double leads for you.' },
      permissions: consent.permissions.map((one) => ({ ...one, isNew: one.sensitivity === 'deletes' })),
    }),
  ),
  'consent-disguised': decision(() =>
    consentPage({
      ...consent,
      app: {
        name: '\u202eDemo \u0421RM <b>Officialverylongnamewithoutanyspaceatall</b>',
        website: 'x',
        mode: 'development',
      },
    }),
  ),
  'consent-unknown-app': problem('unknown-app'),
  'consent-redirect-not-registered': problem('redirect-not-registered'),
  'consent-redirect-missing': problem('redirect-missing'),
  'consent-not-open': problem('not-open-to-you', true),
  'consent-suspended': problem('suspended', true),
  'consent-no-workspace': problem('no-workspace', true),
  'consent-out-of-date': problem('out-of-date', true),
  'device-entry': decision(() => deviceEntryPage({ frame: signedOut, form: target('/cli-auth') })),
  'device-entry-unknown': decision(() =>
    deviceEntryPage({
      frame: signedOut,
      form: target('/cli-auth'),
      typed: 'LMT-7QX2-9KFF',
      problem: { reason: 'not-waiting' },
    }),
  ),
  'device-entry-throttled': decision(() =>
    deviceEntryPage({
      frame: signedOut,
      form: target('/cli-auth'),
      problem: { reason: 'throttled', minutes: 5 },
    }),
  ),
  device: decision(() => deviceConfirmPage(device)),
  'device-other-network': decision(() =>
    deviceConfirmPage({
      ...device,
      otherNetwork: true,
      workspaces: {
        options: [
          ...workspaces.slice(0, 1),
          {
            id: 'w',
            name: 'Harbor Homes',
            role: 'member',
            disabledReason: 'Member: your role may not make keys',
          },
        ],
        missing: true,
      },
    }),
  ),
  'device-permissions': decision(() =>
    deviceConfirmPage({
      ...device,
      userCode: 'LFT-7QX2-9KFP',
      app: { name: 'lofty-cli', mode: 'production' },
      says: 'lofty-cli 1.0 on devbox',
      gets: { kind: 'connection', permissions: samplePermissions },
      workspaces: { options: workspaces.slice(0, 1) },
    }),
  ),
  'device-done': decision(() =>
    deviceDonePage({
      frame: signedOut,
      outcome: { kind: 'key', keyName: 'loomta on devbox', keysUrl: '/settings/integrations/api' },
    }),
  ),
  'device-denied': decision(() => deviceDonePage({ frame: signedOut, outcome: { kind: 'denied' } })),
  code: decision(() =>
    pasteCodePage({ frame: signedOut, code: 'lkc_1_7Qd2M9KFPX4TBvE8sYh3nR6wZa5uJc0gLkXo1pTqWi' }),
  ),
  'code-gone': decision(() => pasteCodeGonePage({ frame: signedOut, requestId: 'req_01JD9Z6M4Q' })),
};
