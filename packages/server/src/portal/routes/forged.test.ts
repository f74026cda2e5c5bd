// Every form of ours, sent by somebody else's page in the person's name: refused, and nothing happens [security 13]. The
// same request with the token that our own page gives is the proof that nothing else was in its way.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeWorld, type World } from '../../api/testing/world.ts';
import { databases } from '../../storage/testing/databases.ts';
import { problemWords } from '../words/problems.ts';
import type { Route } from './page.ts';
import { formBody, readyFor, ALL_ROUTES, SENDER, type Ready } from './testing/asked.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const HOUR_MS = 3_600_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** With the right token it is the operation that says no: to a vendor who is not qualified, to no passkey at all. */
const REFUSED_ANYWAY = new Set(['/developer/apps/new', '/sign-in/passkey', '/step-up/passkey']);

/** What no form of ours has: what the record behind it calls its state, its owner, its rights. */
const MORE = [
  ['status', 'production'],
  ['epoch', '9'],
  ['vendorId', '1'],
  ['platformRole', 'operator'],
  ['suspendedAtMs', '0'],
  ['__proto__', 'x'],
] as const;

/** `other`: the same page, given to the same person in another browser and session. */
type Forged = { readonly body: string; readonly headers: Readonly<Record<string, string>> };
const forgeries = (ready: Ready, other: Ready): Readonly<Record<string, Forged>> => {
  const good = formBody(ready, ready.token);
  return {
    'without a token': { body: formBody(ready, undefined), headers: FORM },
    'with an empty token': { body: formBody(ready, ''), headers: FORM },
    'with a token of another session': { body: formBody(ready, other.token), headers: FORM },
    'with its token changed by a letter': {
      body: formBody(ready, `${ready.token.slice(0, -1)}${ready.token.endsWith('A') ? 'B' : 'A'}`),
      headers: FORM,
    },
    'from another site': { body: good, headers: { ...FORM, 'sec-fetch-site': 'cross-site' } },
    'from a foreign origin': { body: good, headers: { ...FORM, origin: 'https://evil.example' } },
    'as text/plain': { body: good, headers: { 'content-type': 'text/plain' } },
    'as text/plain in other letters': {
      body: good,
      headers: { 'content-type': ' Text/Plain;charset=utf-8' },
    },
  };
};

describe('a forged form', () => {
  let portal: TestPortal;
  let world: World;
  before(async () => {
    portal = await startPortal(databases, undefined, { vendors: { qualification: true } });
    world = await makeWorld(portal);
  });
  after(() => portal.close());

  /** Every write of ours leaves an entry. */
  const lastWritten = async (): Promise<number | undefined> =>
    (await portal.domain.stores.audit.list({}, undefined, 1))[0]?.id;

  const check = async (route: Route): Promise<void> => {
    portal.pass(HOUR_MS);
    const [other, ready] = [
      await readyFor(world, route, SENDER[route.access]),
      await readyFor(world, route, SENDER[route.access]),
    ];
    const send = ({ body, headers }: Forged) =>
      portal.browser().send('POST', ready.address, body, { cookie: ready.cookie, ...headers });
    const before = await lastWritten();
    for (const [how, forged] of Object.entries(forgeries(ready, other))) {
      const refused = await send(forged);
      assert.equal(refused.status, 403, how);
      assert.deepEqual(
        refused.setCookies.filter((cookie) => cookie.includes('-session=')),
        [],
        how,
      );
      assert.equal(await lastWritten(), before, `${how}: something was written`);
    }
    const done = await send({ body: formBody(ready, ready.token), headers: FORM });
    if (REFUSED_ANYWAY.has(route.path)) assert.ok(!done.body.includes(problemWords.formRefused.title));
    else assert.notEqual(done.status, 403, 'its own form is refused too');
  };

  for (const route of ALL_ROUTES.filter(({ post }) => post !== undefined)) {
    it(`to ${route.path} is refused [security 13]`, () => check(route));

    it(`to ${route.path} with a field more than it has changes nothing: no status is set by adding it [security 53]`, async () => {
      portal.pass(HOUR_MS);
      const ready = await readyFor(world, route, SENDER[route.access]);
      for (const [name, value] of MORE) {
        const before = await lastWritten();
        const fields = [...ready.fields, [name, value] as const];
        const headers = { cookie: ready.cookie, ...FORM };
        const body = formBody({ fields }, ready.token);
        const refused = await portal.browser().send('POST', ready.address, body, headers);
        assert.equal(refused.status, 400, name);
        assert.equal(await lastWritten(), before, `${name}: something was written`);
      }
    });
  }
});
