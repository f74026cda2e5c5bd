import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccess } from '../domain/access/check.ts';
import { databases } from '../storage/testing/databases.ts';
import { startService, type Person, type Reply, type Service } from '../testing/service.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

for (const database of databases) {
  describe(`terminal logins on ${database.name}`, () => {
    let service: Service;
    let person: Person;
    let bearer: string;
    before(async () => {
      service = await startService(database);
      person = await service.makePerson();
      bearer = await session(person);
    });
    after(() => service.close());

    const trace = () =>
      ({ verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: service.domain.now() }) as const;
    const session = async (who: Person): Promise<string> => {
      const reply = await service.json('/auth/session', { email: who.user.email, password: who.password });
      assert.equal(reply.status, 200, reply.text);
      return String(reply.body['session_token']);
    };
    const approve = (
      userCode: unknown,
      token = bearer,
      workspace = person.workspace.publicId,
    ): Promise<Reply> =>
      service.json(
        '/auth/device/approve',
        { userCode },
        { authorization: `Bearer ${token}`, 'x-organization-id': workspace },
      );
    const start = async (): Promise<Record<string, unknown>> =>
      (await service.json('/auth/device/start', {})).body;
    const poll = (device_code: unknown): Promise<Reply> =>
      service.json('/auth/device/token', { device_code });
    const isError = (reply: Reply, status: number, error: string): void =>
      assert.deepEqual([reply.status, reply.body], [status, { error }]);

    it('hands out a key exactly once, in the documented shapes (document 004) [security 47]', async () => {
      const started = await service.json('/auth/device/start', {});
      const { device_code, user_code, ...rest } = started.body;
      assert.match(String(user_code), /^LMT-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
      assert.deepEqual(rest, {
        verification_uri: 'http://localhost:4000/cli-auth',
        verification_uri_complete: `http://localhost:4000/cli-auth?code=${String(user_code)}`,
        interval: 5,
        expires_in: 600,
      });
      isError(await poll(device_code), 400, 'authorization_pending');
      const approved = await approve(user_code);
      assert.deepEqual(
        [approved.status, approved.body],
        [200, { status: 'approved', organizationId: person.workspace.publicId }],
      );
      const replies = await Promise.all([poll(device_code), poll(device_code), poll(device_code)]);
      const won = replies.filter(({ status }) => status === 200);
      assert.equal(won.length, 1);
      assert.deepEqual(Object.keys(won[0]?.body ?? {}), ['status', 'api_key']);
      assert.match(String(won[0]?.body['api_key']), /^loomta_sk_[\w-]{48}$/);
      for (const reply of replies) if (reply.status !== 200) isError(reply, 400, 'access_denied');
      isError(await poll(device_code), 400, 'access_denied');
      const used = await createAccess(service.domain).checkApiKey(
        String(won[0]?.body['api_key']),
        new Set(['opaque']),
      );
      assert.ok(used.ok && used.caller.workspaceId === person.workspace.id);
    });

    it('asks a fast poller to slow down, five more seconds each time, and remembers it [security 43]', async () => {
      const { device_code } = await start();
      isError(await poll(device_code), 400, 'authorization_pending');
      service.pass(4_400);
      isError(await poll(device_code), 400, 'slow_down');
      service.pass(5_000);
      isError(await poll(device_code), 400, 'slow_down');
      service.pass(15_000);
      isError(await poll(device_code), 400, 'authorization_pending');
    });

    it('ends at 600 s exactly by the server’s clock [security 48]', async () => {
      const { device_code, user_code } = await start();
      service.pass(599_999);
      isError(await poll(device_code), 400, 'authorization_pending');
      service.pass(1);
      isError(await poll(device_code), 400, 'expired_token');
      bearer = await session(person);
      isError(await approve(user_code), 410, 'expired_token');
    });

    it('refuses what it does not know, and bodies that are none', async () => {
      isError(await poll('lk_dc_nonsense'), 400, 'access_denied');
      isError(await service.json('/auth/device/token', {}), 400, 'invalid_request');
      isError(await service.json('/auth/device/token', [1]), 400, 'invalid_request');
      isError(await service.post('/auth/device/token', 'device_code=x'), 400, 'invalid_request');
      isError(
        await service.post('/auth/device/start', '{', { 'content-type': 'application/json' }),
        400,
        'invalid_request',
      );
      assert.equal((await fetch(`${service.url}/auth/device/start`)).status, 405);
    });

    it('approves for a session, a workspace of the person, and a code that waits; each failure has its own answer', async () => {
      const { device_code, user_code } = await start();
      isError(await approve(user_code, 'lk_sb_nonsense'), 401, 'invalid_session');
      const stranger = await service.makePerson();
      isError(await approve(user_code, bearer, stranger.workspace.publicId), 403, 'workspace_forbidden');
      isError(await approve(user_code, bearer, 'no-uuid'), 403, 'workspace_forbidden');
      isError(await approve('LMT-2222-2222'), 404, 'invalid_user_code');
      isError(await poll(device_code), 400, 'authorization_pending');
      assert.equal((await approve(String(user_code).toLowerCase().replaceAll('-', ' '))).status, 200);
      assert.equal((await approve(user_code)).status, 200, 'the same again before collection');
      const other = await service.makePerson();
      isError(
        await approve(user_code, await session(other), other.workspace.publicId),
        404,
        'invalid_user_code',
      );
      assert.equal((await poll(device_code)).status, 200);
      isError(await approve(user_code), 409, 'user_code_used');
    });

    it('gives no second key when the same person approves twice at once', async () => {
      const who = await service.makePerson();
      const token = await session(who);
      const { device_code, user_code } = await start();
      const replies = await Promise.all(
        [1, 2, 3].map(() => approve(user_code, token, who.workspace.publicId)),
      );
      assert.ok(
        replies.every(({ status }) => status === 200),
        replies.map(({ text }) => text).join(),
      );
      assert.equal((await service.domain.stores.keys.listOf(who.user.id)).length, 1);
      assert.equal((await poll(device_code)).status, 200);
    });

    it('denies for good', async () => {
      const { device_code, user_code } = await start();
      const denied = await service.json(
        '/auth/device/deny',
        { userCode: user_code },
        { authorization: `Bearer ${bearer}` },
      );
      assert.deepEqual([denied.status, denied.body], [200, { status: 'denied' }]);
      isError(await poll(device_code), 400, 'access_denied');
      isError(await approve(user_code), 409, 'user_code_used');
    });

    it('refuses a role that may not make keys, and the request stays pending [security 48b]', async () => {
      const member = await service.makePerson('member');
      const { device_code, user_code } = await start();
      isError(
        await approve(user_code, await session(member), member.workspace.publicId),
        403,
        'workspace_forbidden',
      );
      isError(await poll(device_code), 400, 'authorization_pending');
    });

    it('gives nothing when the membership or the person went between approve and poll [security 46]', async () => {
      const who = await service.makePerson();
      const { device_code, user_code } = await start();
      assert.equal((await approve(user_code, await session(who), who.workspace.publicId)).status, 200);
      await service.domain.stores.workspaces.endMember(who.member.id, trace());
      isError(await poll(device_code), 400, 'access_denied');
    });

    it('knows an app token or API key is no session, and a session no credential of the gateway', async () => {
      const { user_code } = await start();
      const key = await service.makeKey(person, 'opaque');
      isError(await approve(user_code, key.text), 401, 'invalid_session');
      const checks = createAccess(service.domain);
      assert.equal((await checks.checkAccessToken(bearer)).ok, false);
      assert.equal((await checks.checkApiKey(bearer, new Set(['opaque', 'signed']))).ok, false);
    });

    it('serves RFC 8628 beside it: tokens for lofty-cli, once, with the RFC’s errors', async () => {
      const started = await service.post('/oauth/device_authorization', { client_id: 'lofty-cli' });
      assert.equal(started.status, 200, started.text);
      const { device_code, user_code, verification_uri } = started.body;
      assert.match(String(user_code), /^LFT-/);
      assert.equal(verification_uri, 'http://localhost:4000/device');
      const redeem = (): Promise<Reply> =>
        service.post('/oauth/token', {
          grant_type: GRANT,
          client_id: 'lofty-cli',
          device_code: String(device_code),
        });
      assert.equal((await redeem()).body['error'], 'authorization_pending');
      isError(await poll(device_code), 400, 'access_denied');
      assert.equal((await approve(user_code)).status, 200);
      const [a, b] = await Promise.all([redeem(), redeem()]);
      assert.deepEqual([a.status, b.status].toSorted(), [200, 400]);
      const tokens = a.status === 200 ? a : b;
      assert.match(String(tokens.body['refresh_token']), /^lk_rt_/);
      assert.equal((await redeem()).body['error'], 'invalid_grant');
    });

    it('forgets the code of a login that its own terminal gives up, and of no other', async () => {
      const started = await service.post('/oauth/device_authorization', { client_id: 'lofty-cli' });
      const giveUp = (client: string, token: unknown): Promise<Reply> =>
        service.post('/oauth/revoke', {
          token: String(token),
          token_type_hint: 'device_code',
          client_id: client,
        });
      const { device_code, user_code } = started.body;
      assert.deepEqual((await giveUp('loomta', device_code)).body, { cancelled: false });
      assert.deepEqual((await giveUp('lofty-cli', 'lk_dc_none')).body, { cancelled: false });
      assert.deepEqual((await giveUp('lofty-cli', device_code)).body, { cancelled: true });
      assert.deepEqual((await giveUp('lofty-cli', device_code)).body, { cancelled: false });
      isError(await approve(user_code), 409, 'user_code_used');
      const polled = await service.post('/oauth/token', {
        grant_type: GRANT,
        client_id: 'lofty-cli',
        device_code: String(device_code),
      });
      assert.deepEqual([polled.status, polled.body['error']], [400, 'access_denied']);
      const key = await start();
      assert.deepEqual((await giveUp('loomta', key['device_code'])).body, { cancelled: true });
      isError(await poll(key['device_code']), 400, 'access_denied');
    });

    it('keeps the device grant to apps that may use it', async () => {
      const app = await service.makeApp({ kind: 'public' });
      const reply = await service.post('/oauth/device_authorization', { client_id: app.app.clientId });
      assert.deepEqual([reply.status, reply.body['error']], [400, 'unauthorized_client']);
    });
  });
}
