// Refusals of the device endpoints (protocol.md 15), exactly. What ends by time or throttles is in clock.test.ts.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  decide,
  pollLoomta,
  pollStandard,
  sessionOf,
  startedLoomta,
  startedStandard,
} from './apps/devices.ts';
import { AGENT_WORKSPACE, productionApp } from './apps/known.ts';
import { codeFor, json, redeem, text, tokensOf } from './apps/tokens.ts';
import { assertBody, assertJson, assertOAuthError } from './expect.ts';
import { exchange, jsonBody } from './http/exchange.ts';
import { revokeKey } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { openDevice } from './person/terminal.ts';
import { customerKey, issuer, personAs } from './target.ts';

const agent = personAs('agent');
const stranger = personAs('stranger');

describe('refusals of the device endpoints', () => {
  const made: string[] = [];
  after(async () => {
    for (const key of made) await revokeKey(await signedInAs(stranger), key).catch(() => undefined);
  });
  const workspaceId = stranger.workspaces[0]?.id ?? '';
  let session = '';
  before(async () => {
    session = await sessionOf(stranger);
  });
  const approve = (userCode: unknown, more: { session?: string; workspaceId?: string } = {}) =>
    decide('approve', { session, workspaceId, ...more, body: { userCode } });
  const collected = async (deviceCode: string) => {
    const reply = await pollLoomta(deviceCode);
    made.push(text(json(reply)['api_key']));
  };

  it('standard polling: unknown or claimed code invalid_grant, pending, slow_down and denied as RFC 8628 says', async () => {
    assertOAuthError(await pollStandard(`lk_dc_${'A'.repeat(43)}`), 400, 'invalid_grant');
    const claimed = await startedStandard();
    assertOAuthError(await pollStandard(claimed.deviceCode), 400, 'authorization_pending');
    assertOAuthError(await pollStandard(claimed.deviceCode), 400, 'slow_down');
    const person = await signedInAs(stranger);
    await person.press(await openDevice(person, `/device?code=${claimed.userCode}`), 'Authorize');
    assert.equal((await pollStandard(claimed.deviceCode)).status, 200);
    assertOAuthError(await pollStandard(claimed.deviceCode), 400, 'invalid_grant');
    const denied = await startedStandard();
    await person.press(await openDevice(person, `/device?code=${denied.userCode}`), 'I did not start this');
    assertOAuthError(await pollStandard(denied.deviceCode), 400, 'access_denied');
  });

  it('a device code of one family in the other: unknown there, and unharmed', async () => {
    const [loomta, standard] = [await startedLoomta(), await startedStandard()];
    assertOAuthError(await pollStandard(loomta.deviceCode), 400, 'invalid_grant');
    assertBody(await pollLoomta(standard.deviceCode), 400, { error: 'access_denied' });
    assertBody(await pollLoomta(loomta.deviceCode), 400, { error: 'authorization_pending' });
  });

  it('Loomta polling: invalid_request without a body, access_denied for unknown, denied and claimed', async () => {
    const poll = (body: string) =>
      exchange(issuer, '/auth/device/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    for (const body of ['', '{}', '[]', 'null', '{', '{"device_code":1}', '{"device_code":""}'])
      assertBody(await poll(body), 400, { error: 'invalid_request' });
    assertBody(await pollLoomta('unknown'), 400, { error: 'access_denied' });
    const { deviceCode, userCode } = await startedLoomta();
    const denied = await decide('deny', { session, body: { userCode } });
    assert.equal(denied.status, 200, denied.text);
    assertBody(await pollLoomta(deviceCode), 400, { error: 'access_denied' });
  });

  it('approve without a good session: 401 invalid_session, whatever else is sent [security 22]', async () => {
    const { userCode } = await startedLoomta();
    const { access } = tokensOf(
      await redeem(
        productionApp,
        await codeFor(await signedInAs(agent), productionApp, { workspace: AGENT_WORKSPACE }),
      ),
    );
    for (const wrong of ['', 'wrong', access, customerKey('opaque').key])
      assertBody(await approve(userCode, { session: wrong }), 401, { error: 'invalid_session' });
    const cookie = (await signedInAs(stranger)).cookies();
    const request = jsonBody({ userCode }, { cookie, 'x-organization-id': workspaceId });
    const byCookie = await exchange(issuer, '/auth/device/approve', request);
    assertBody(byCookie, 401, { error: 'invalid_session' });
  });

  it('approve without, or with a foreign workspace, or a role too low: 403 workspace_forbidden, and the request stays pending [security 48b]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const foreign = agent.workspaces[0]?.id ?? '';
    for (const wrong of [foreign, '', 'not-a-uuid', '00000000-0000-4000-8000-000000000000'])
      assertBody(await approve(userCode, { workspaceId: wrong }), 403, { error: 'workspace_forbidden' });
    const missing = await decide('approve', { session, body: { userCode } });
    assertBody(missing, 403, { error: 'workspace_forbidden' });
    const low = agent.workspaces.find(({ role }) => role === 'member')?.id ?? '';
    const asMember = await startedLoomta();
    const byMember = await decide('approve', {
      session: await sessionOf(agent),
      workspaceId: low,
      body: { userCode: asMember.userCode },
    });
    assertBody(byMember, 403, { error: 'workspace_forbidden' });
    assert.equal((await approve(userCode)).status, 200);
    await collected(deviceCode);
  });

  it('approve of an unknown code: 404 invalid_user_code', async () => {
    assertBody(await approve('LMT-2222-3333'), 404, { error: 'invalid_user_code' });
  });

  it('approve of a code that was used or denied: 409 user_code_used [security 44]', async () => {
    const used = await startedLoomta();
    assert.equal((await approve(used.userCode)).status, 200);
    await collected(used.deviceCode);
    assertBody(await approve(used.userCode), 409, { error: 'user_code_used' });
    const denied = await startedLoomta();
    await decide('deny', { session, body: { userCode: denied.userCode } });
    assertBody(await approve(denied.userCode), 409, { error: 'user_code_used' });
  });

  it('approve with a body that is no JSON object with userCode: 400 invalid_request', async () => {
    for (const body of [{}, [], null, { userCode: 1 }, { user_code: 'LMT-2222-2222' }])
      assertBody(await decide('approve', { session, workspaceId, body }), 400, { error: 'invalid_request' });
  });

  it('POST /auth/session with a wrong pair: 401, with nothing about which part was wrong [security 59]', async () => {
    const ask = (email: string) =>
      exchange(issuer, '/auth/session', jsonBody({ email, password: 'wrong password' }));
    const [known, unknown] = [await ask(personAs('operator').email), await ask('nobody@demo.test')];
    assert.equal(known.status, 401);
    assertJson(known);
    assert.equal(known.text, unknown.text);
  });
});
