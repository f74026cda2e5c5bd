import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DemoFile } from './demo-file.ts';
import { demoScreen, type ScreenFacts } from './screen.ts';

const person = (name: string, password: string, role: string, workspaces = 1) => ({
  name,
  email: `${name.toLowerCase()}@demo.test`,
  password,
  role,
  workspaces: Array.from({ length: workspaces }, (_, at) => ({
    id: `${at}`,
    name: 'Northside',
    role: 'owner',
  })),
});

const app = {
  name: 'Pipeline Sync',
  kind: 'public',
  clientId: 'x',
  redirectUris: [],
  mode: 'production',
  permissions: [],
} as const;

const file: DemoFile = {
  issuer: 'http://localhost:4000',
  sampleAppUrl: 'http://127.0.0.1:4001',
  tokenServiceUrl: 'http://127.0.0.1:4002/token',
  upstreamUrl: 'http://localhost:3000',
  madeAt: '2026-11-22T12:00:00.000Z',
  people: [
    person('Ari', 'kestrel-orbit-41', 'agent', 2),
    person('Vera', 'maple-quartz-07', 'vendor'),
    person('Rory', 'linen-harbor-88', 'reviewer'),
    person('Olive', 'cobalt-fern-19', 'operator'),
    person('Sam', 'pewter-ridge-53', 'stranger'),
  ],
  apps: [app, app],
  customerKeys: [],
  resourceServer: { clientId: 'demo-crm', clientSecret: 's' },
  sessionId: 'ses_1',
};

const facts: ScreenFacts = {
  file,
  dataFolder: '/home/me/latchkey/.latchkey-demo',
  isDefaultFolder: true,
  cwd: '/home/me/latchkey',
  found: false,
};

test('the screen of a first start names addresses, people with passwords and five commands, in columns', () => {
  assert.equal(
    demoScreen(facts),
    `Latchkey demo is running                                    Ctrl-C stops it

  Start here    http://localhost:4000
  Sample app    http://127.0.0.1:4001       a vendor's web app to connect
  Mail          http://localhost:4000/demo/mail

  People           password               who
  ari@demo.test    kestrel-orbit-41       agent, two workspaces
  vera@demo.test   maple-quartz-07        vendor, owns two apps
  rory@demo.test   linen-harbor-88        reviewer
  olive@demo.test  cobalt-fern-19         operator
  sam@demo.test    pewter-ridge-53        stranger: in no app's test list

  In a second terminal, same folder:
  1  npm run shell                    lofty-cli and loomta, pointed here
  2  lofty-cli auth login-browser     sign in as ari, press Authorize
  3  lofty-cli leads list --limit 3
  4  loomta auth:login                compare the code, choose a workspace
  5  loomta platforms:list

  Data, and demo.json for scripts: .latchkey-demo/   (delete it to start over)
  Loopback only, invented people, not for production. Docs: /docs
`,
  );
});

test('a second start says from when its data is', () => {
  assert.match(demoScreen({ ...facts, found: true }), /^Found your demo data from 22 Nov 2026\.$/m);
  assert.doesNotMatch(demoScreen(facts), /Found your demo data/);
});

test('in front of another API the screen offers a call to it, and nothing of the demo CRM', () => {
  const screen = demoScreen({
    ...facts,
    own: { openapi: '/home/me/latchkey/openapi.yaml', path: '/v2/things' },
  });
  assert.match(screen, /Your API {6}http:\/\/localhost:3000 {7}as openapi\.yaml says/);
  assert.match(screen, /3 {2}lofty-cli api GET \/v2\/things/);
  assert.doesNotMatch(screen, /Sample app|leads|platforms/);
});

test('with a data folder of its own, the printed shell command finds it again, blanks in its name included', () => {
  const screen = demoScreen({ ...facts, dataFolder: '/tmp/my data', isDefaultFolder: false });
  assert.match(screen, /1 {2}npm run shell -- --data '\/tmp\/my data' {2}/);
  assert.match(screen, /demo\.json for scripts: \/tmp\/my data\/ /);
});
