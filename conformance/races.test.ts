// One winner: parallel redemptions, refreshes, polls and approvals, over HTTP.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { decide, pollLoomta, sessionOf, startedLoomta } from './apps/devices.ts';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import {
  bearer,
  call,
  codeFor,
  createPkce,
  exchangeKey,
  json,
  redeem,
  refresh,
  s256,
  text,
  tokensOf,
} from './apps/tokens.ts';
import { assertBadCredentials, assertOAuthError } from './expect.ts';
import type { Reply } from './http/exchange.ts';
import { disconnect, revokeKey } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { demo, personAs } from './target.ts';

const agent = personAs('agent');
const owner = personAs('operator');

const parallel = <T>(times: number, run: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: times }, run));
const winners = (replies: readonly Reply[]): readonly Reply[] =>
  replies.filter(({ status }) => status === 200);

describe('races', () => {
  const keys: string[] = [];
  after(async () => {
    for (const key of keys) await revokeKey(await signedInAs(owner), key).catch(() => undefined);
  });

  it('50 parallel redemptions of one code: exactly one wins, and the replays kill its tokens [security 20]', async () => {
    const code = await codeFor(await signedInAs(agent), productionApp, { workspace: AGENT_WORKSPACE });
    const replies = await parallel(50, () => redeem(productionApp, code));
    assert.equal(winners(replies).length, 1);
    for (const reply of replies) if (reply.status !== 200) assertOAuthError(reply, 400, 'invalid_grant');
    const [winner] = winners(replies);
    assert.ok(winner);
    const tokens = tokensOf(winner);
    assertBadCredentials(await call('/v1.0/me', bearer(tokens.access)));
    assertOAuthError(await refresh(productionApp, tokens.refresh), 400, 'invalid_grant');
  });

  it('50 parallel redemptions with the right verifier (a double-loaded callback): one wins and its tokens live [security 20]', async () => {
    const pkce = createPkce();
    const code = await codeFor(await signedInAs(agent), publicApp, {
      workspace: AGENT_WORKSPACE,
      more: s256(pkce),
    });
    const replies = await parallel(50, () => redeem(publicApp, code, { code_verifier: pkce.verifier }));
    const [winner, ...more] = winners(replies);
    assert.ok(winner);
    assert.equal(more.length, 0);
    assert.equal((await call('/v1.0/me', bearer(tokensOf(winner).access))).status, 200);
  });

  it('30 parallel refreshes of a public app: one advance, at most three repeats, no other successor [security 24]', async () => {
    const pkce = createPkce();
    const person = await signedInAs(agent);
    const code = await codeFor(person, publicApp, { workspace: AGENT_WORKSPACE, more: s256(pkce) });
    const first = tokensOf(await redeem(publicApp, code, { code_verifier: pkce.verifier }));
    const replies = await parallel(30, () => refresh(publicApp, first.refresh));
    assert.ok(replies.every(({ status }) => status < 500));
    const successors = new Set(winners(replies).map((reply) => tokensOf(reply).refresh));
    assert.equal(successors.size, 1);
    assert.ok(winners(replies).length <= 4, `${winners(replies).length} answers`);
  });

  it('30 parallel refreshes of a confidential app: all answered, with the same refresh token [security 24]', async () => {
    const code = await codeFor(await signedInAs(agent), productionApp, { workspace: AGENT_WORKSPACE });
    const { refresh: token } = tokensOf(await redeem(productionApp, code));
    const replies = await parallel(30, () => refresh(productionApp, token));
    assert.ok(replies.every((reply) => tokensOf(reply).refresh === token));
  });

  it('20 refreshes against a disconnect: no live token afterwards [security 25]', async () => {
    const app = await ownApp('Racing');
    const person = await signedInAs(vendor);
    const { refresh: token } = tokensOf(await redeem(app, await codeFor(person, app)));
    const [replies] = await Promise.all([
      parallel(20, () => refresh(app, token)),
      disconnect(person, app.name),
    ]);
    assertOAuthError(await refresh(app, token), 400, 'invalid_grant');
    for (const reply of winners(replies))
      assertBadCredentials(await call('/v1.0/me', bearer(tokensOf(reply).access)));
  });

  it('20 parallel exchanges of one customer key at first use: all answered, one connection', async () => {
    const app = await ownApp('First Use');
    const key = demo.customerKeys.find(({ email }) => email === vendor.email)?.key ?? '';
    const replies = await parallel(20, () => exchangeKey(app, key));
    assert.equal(winners(replies).length, 20, replies.find(({ status }) => status !== 200)?.text ?? '');
    const person = await signedInAs(vendor);
    const listed = (await person.open('/settings/integrations/authorizations')).links;
    assert.equal(listed.filter((link) => link.text === `Disconnect ${app.name}`).length, 1);
  });

  it('20 parallel polls of an approved device request: one key, the others access_denied [security 47]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const session = await sessionOf(owner);
    const workspaceId = owner.workspaces.find(({ role }) => role !== 'member')?.id ?? '';
    const approvals = await parallel(10, () =>
      decide('approve', { session, workspaceId, body: { userCode } }),
    );
    assert.ok(
      approvals.every(({ status }) => status === 200),
      approvals.map(({ text: body }) => body).join(),
    );
    const replies = await parallel(20, () => pollLoomta(deviceCode));
    const [winner, ...more] = winners(replies);
    assert.ok(winner);
    assert.equal(more.length, 0);
    keys.push(text(json(winner)['api_key']));
    for (const reply of replies)
      if (reply.status !== 200) assert.deepEqual(json(reply), { error: 'access_denied' });
    const listed = (await (await signedInAs(owner)).open('/settings/integrations/api')).text;
    assert.ok(listed.includes(keys[0]?.slice(-4) ?? ''));
  });

  it('approve against deny of one device request: one of them, never a key after a denial [security 44]', async () => {
    const session = await sessionOf(owner);
    const workspaceId = owner.workspaces.find(({ role }) => role !== 'member')?.id ?? '';
    for (let n = 0; n < 5; n += 1) {
      const { deviceCode, userCode } = await startedLoomta();
      const [approved, denied] = await Promise.all([
        decide('approve', { session, workspaceId, body: { userCode } }),
        decide('deny', { session, body: { userCode } }),
      ]);
      assert.ok(approved.status < 500 && denied.status < 500);
      const reply = await pollLoomta(deviceCode);
      if (denied.status === 200) assert.equal(reply.status, 400, 'a key after a denial');
      if (reply.status === 200) keys.push(text(json(reply)['api_key']));
    }
  });
});
