// The access matrix of the pages: every route asked over HTTP by everybody, each form with the token that the page would
// have given them [security 49]. The answers are written by hand; a route without a row, or a row without a route, fails.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeWorld, PERSONAS, type World } from '../../api/testing/world.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Route } from './page.ts';
import { formBody, readyFor, ALL_ROUTES } from './testing/asked.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

/** `sign-in`, `step-up`: a redirect to that page; 303: to any other. */
type Answer = number | 'sign-in' | 'step-up';
/** nobody, user (whose it is), another user, another workspace's owner, vendor (whose it is), another vendor, reviewer, operator. */
type Row = readonly [Answer, Answer, Answer, Answer, Answer, Answer, Answer, Answer];

const all = (answer: Answer): Row => [answer, answer, answer, answer, answer, answer, answer, answer];
const people = (answer: Answer): Row => ['sign-in', ...all(answer).slice(1)] as unknown as Row;
/** The one whose it is; `others` who have nothing to do with it. */
const owner = (answer: Answer, others: Answer = 404): Row => [
  'sign-in',
  answer,
  others,
  others,
  others,
  others,
  others,
  others,
];
/** A workspace has two members: its owner, and another user without a say. */
const members = (first: Answer, second: Answer): Row => ['sign-in', first, second, 404, 404, 404, 404, 404];
const vendors = (whose: Answer, other: Answer): Row => ['sign-in', 404, 404, 404, whose, other, 404, 404];
const vendor = (answer: Answer): Row => vendors(answer, 404);
const reviewer = (answer: Answer): Row => ['sign-in', 404, 404, 404, 404, 404, answer, 404];
const operator = (answer: Answer): Row => ['sign-in', 404, 404, 404, 404, 404, 404, answer];

type Rows = { readonly get?: Row; readonly post?: Row };

const EXPECTED: Readonly<Record<string, Rows>> = {
  '/': { get: ['sign-in', 303, 303, 303, 303, 303, 303, 303] },
  '/oauth/code': { get: all(410) },
  '/sign-in': { get: all(200), post: all(303) },
  // Afterwards they are nobody.
  '/sign-out': { post: all('sign-in') },
  // Nobody here owes a second step.
  '/sign-in/second-step': { get: all('sign-in'), post: all('sign-in') },
  '/sign-in/second-step/passkey': { get: all('sign-in'), post: all('sign-in') },
  '/sign-in/passkey': { get: all('sign-in'), post: all(403) },
  // With `user`'s password: everybody has the same.
  '/step-up': { get: people(200), post: people(303) },
  '/step-up/passkey': { get: people('step-up'), post: people(403) },
  '/settings/security': { get: people(200) },
  '/settings/security/password': { get: people(200), post: people(303) },
  '/settings/security/authenticator': { get: people(200), post: people(409) },
  '/settings/security/authenticator/remove': { get: people(404), post: people(303) },
  '/settings/security/passkeys/new': { get: people(200), post: people(400) },
  // Of somebody who is not here.
  '/settings/security/passkeys/:passkey/remove': { get: people(404), post: people(404) },
  '/settings/security/recovery-codes': { get: people(404), post: people(409) },
  '/settings/security/sessions/end-others': { get: people(303), post: people(303) },
  '/settings/security/sessions/:session/end': { get: people(303), post: owner(303) },
  '/settings/profile': { get: people(200), post: people(303) },
  '/settings/profile/email': { get: people(200), post: people(303) },
  '/settings/profile/email/verify': { get: people(200), post: people(410) },
  '/settings/workspaces': { get: people(200), post: people(303) },
  '/settings/workspaces/switch': { get: people(303), post: people(303) },
  '/settings/workspaces/:workspace': { get: members(200, 200) },
  // Such a GET leads to the workspace's page, whatever is asked for; that one decides.
  '/settings/workspaces/:workspace/rename': { get: people(303), post: members(303, 404) },
  '/settings/workspaces/:workspace/invitations': { get: people(303), post: members(303, 404) },
  '/settings/workspaces/:workspace/invitations/withdraw': { get: people(303), post: members(303, 404) },
  '/settings/workspaces/:workspace/members/:user/role': { get: people(303), post: members(303, 404) },
  '/settings/workspaces/:workspace/members/:user/remove': { get: members(200, 404), post: members(303, 404) },
  // The last owner has to stay.
  '/settings/workspaces/:workspace/leave': { get: members(200, 200), post: members(409, 303) },
  '/sign-up': { get: [200, 303, 303, 303, 303, 303, 303, 303], post: all(303) },
  '/sign-up/verify': { get: [410, 303, 303, 303, 303, 303, 303, 303], post: all(410) },
  '/sign-up/resend': { get: all(303), post: all(410) },
  '/reset': { get: all(200), post: all(200) },
  '/reset/:link': { get: all(410), post: all(410) },
  // Consent to what `user` was shown, in `user`'s workspace: others are shown the page again.
  '/oauth/authorize': { get: people(200), post: owner(303, 200) },
  '/page/vendor-auth.html': { get: people(200), post: owner(303, 200) },
  '/cli-auth': { get: people(200), post: people(200) },
  // For `user`'s workspace.
  '/device': { get: people(200), post: owner(200, 400) },
  '/settings/integrations/api': { get: people(200) },
  '/dashboard/api-keys': { get: all(303) },
  // A key acts in a workspace that its maker is a member of.
  '/settings/integrations/api/new': {
    get: people(200),
    post: ['sign-in', 200, 200, 400, 400, 400, 400, 400],
  },
  '/settings/integrations/api/:key': { get: owner(200) },
  '/settings/integrations/api/:key/revoke': { get: owner(200), post: owner(303) },
  '/settings/integrations/api/:key/show': { get: owner(200) },
  '/settings/integrations/authorizations': { get: people(200) },
  '/settings/integrations/authorizations/:connection': { get: owner(200) },
  '/settings/integrations/authorizations/:connection/disconnect': { get: owner(200), post: owner(303) },
  // It did not end.
  '/settings/integrations/authorizations/:connection/allow-again': { post: owner(409) },
  '/developer/authorizations': { get: vendors(200, 200) },
  '/vendor/frontend/static/index.html': { get: all(303) },
  // Neither vendor is qualified yet.
  '/developer/apps/new': { get: vendors(303, 303), post: vendors(403, 403) },
  '/developer/apps/:app': { get: vendor(200) },
  '/developer/apps/:app/usage': { get: vendor(200) },
  '/developer/apps/:app/requests': { get: vendor(200) },
  '/developer/apps/:app/walk-through': { get: vendor(200) },
  '/developer/apps/:app/permissions': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/review': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/review/withdraw': { post: vendor(303) },
  '/developer/apps/:app/history': { get: vendor(200) },
  '/developer/apps/:app/edit': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/edit/changes': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/edit/cancel': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/edit/discard': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/edit/publish': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/settings': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/credentials': { get: vendor(200), post: vendor(200) },
  '/developer/apps/:app/delete': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/testing': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/testing/withdraw': { get: vendors(303, 303), post: vendor(303) },
  '/developer/apps/:app/testing/:user/remove': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/transfer': { get: vendor(200), post: vendor(303) },
  '/developer/apps/:app/transfer/withdraw': { get: vendors(303, 303), post: vendor(303) },
  '/developer/echo': { get: people(403) },
  '/developer/profile': { get: vendors(200, 200), post: vendors(303, 303) },
  '/developer/team': { get: vendors(200, 200), post: vendors(303, 303) },
  '/developer/team/withdraw': { get: vendors(303, 303), post: vendor(303) },
  '/developer/team/:user/remove': { get: vendor(200), post: vendor(303) },
  '/developer/qualification': { get: vendors(200, 200), post: vendors(303, 303) },
  '/developer/management-keys': { get: vendors(200, 200) },
  '/developer/management-keys/new': { get: vendors(200, 200), post: vendors(200, 200) },
  '/developer/management-keys/:key/revoke': { get: vendor(200), post: vendor(303) },
  // A link that nobody was given.
  '/invitations/:link': { get: all(410) },
  '/invitations/:link/new': { get: all(303), post: all(410) },
  '/invitations/:link/accept': { get: people(303), post: people(410) },
  '/review': { get: reviewer(200) },
  '/review/vendors': { get: reviewer(200), post: reviewer(303) },
  '/review/:review': { get: reviewer(200) },
  '/review/:review/take': { post: reviewer(303) },
  '/review/:review/approve': { post: reviewer(303) },
  '/review/:review/decline': { post: reviewer(303) },
  '/review/:review/notes': { post: reviewer(303) },
  '/operate': { get: operator(303) },
  '/operate/people': { get: operator(200) },
  '/operate/people/:person': { get: operator(200) },
  '/operate/people/:person/disable': { get: operator(200), post: operator(303) },
  '/operate/people/:person/enable': { get: operator(200), post: operator(303) },
  '/operate/people/:person/role': { get: operator(200), post: operator(303) },
  '/operate/people/:person/import-key': { get: operator(200), post: operator(303) },
  '/operate/workspaces': { get: operator(200) },
  '/operate/workspaces/:workspace': { get: operator(200) },
  '/operate/mail': { get: operator(200), post: operator(409) },
  '/operate/permissions': { get: operator(200) },
  '/operate/apps': { get: operator(200) },
  '/operate/apps/:app': { get: operator(200) },
  '/operate/apps/:app/suspend': { get: operator(200), post: operator(303) },
  '/operate/apps/:app/lift': { get: operator(200), post: operator(303) },
  '/operate/apps/:app/limit': { get: operator(200), post: operator(303) },
  '/operate/audit': { get: operator(200) },
  '/operate/audit.csv': { get: operator(200) },
  '/operate/audit.json': { get: operator(200) },
  // A link that the console never showed.
  '/operate/claim/:link': { get: all(404), post: all(404) },
  '/docs': { get: all(200) },
  '/docs/api': { get: all(200) },
  '/docs/api/:operation': { get: all(200) },
  '/docs/:guide': { get: all(404) },
  '/docs/errors/:code': { get: all(200) },
};

/** Addresses and mails are throttled by the hour. */
const HOUR_MS = 3_600_000;

describe('who may see and send which page', () => {
  let portal: TestPortal;
  let world: World;
  before(async () => {
    portal = await startPortal(databases, undefined, { vendors: { qualification: true } });
    world = await makeWorld(portal);
  });
  after(() => portal.close());

  const rowOf = async (route: Route, method: 'GET' | 'POST'): Promise<readonly Answer[]> => {
    const row: Answer[] = [];
    for (const persona of PERSONAS) {
      portal.pass(HOUR_MS);
      const ready = await readyFor(world, route, persona);
      const body = method === 'GET' ? '' : formBody(ready, ready.token);
      const { status, location } = await portal.browser().send(method, ready.address, body, {
        cookie: ready.cookie,
        ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      });
      const [, page] = /^\/(sign-in|step-up)\b/.exec(location) ?? [];
      row.push((page as 'sign-in' | 'step-up' | undefined) ?? status);
    }
    return row;
  };

  it('has a row for every route, and no other [security 49]', () => {
    const found = Object.fromEntries(
      ALL_ROUTES.map(({ path, get, post }) => [
        path,
        [get === undefined ? '' : 'get', post === undefined ? '' : 'post'],
      ]),
    );
    const expected = Object.fromEntries(
      Object.entries(EXPECTED).map(([path, { get, post }]) => [
        path,
        [get === undefined ? '' : 'get', post === undefined ? '' : 'post'],
      ]),
    );
    assert.deepEqual(found, expected);
  });

  for (const [path, { get, post }] of Object.entries(EXPECTED)) {
    it(`${path} [security 49]`, async () => {
      const route = ALL_ROUTES.find((one) => one.path === path);
      assert.ok(route);
      if (get !== undefined) assert.deepEqual(await rowOf(route, 'GET'), get, 'GET');
      if (post !== undefined) assert.deepEqual(await rowOf(route, 'POST'), post, 'POST');
    });
  }
});
