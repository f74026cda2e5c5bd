// What an app may do by where it stands: suspended nothing anywhere, in development or never approved its own people only,
// with a declined edit what it could before [security 40]; and never more than app, consent and person together [security 50].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { App } from '../domain/apps/app.ts';
import { liftApp, suspendApp } from '../domain/apps/suspend.ts';
import { createAccess } from '../domain/access/check.ts';
import { readAuthorizeRequest } from '../domain/consents/authorize-request.ts';
import { authorize, consentFor } from '../domain/consents/consent.ts';
import { perform } from '../domain/operation.ts';
import { databases } from '../storage/testing/databases.ts';
import { askerOf, openDesk, type Desk } from '../testing/review-desk.ts';
import { caused, startService, type Person, type Reply, type Service } from '../testing/service.ts';

type Tokens = { readonly access: string; readonly refresh: string };

for (const database of databases) {
  describe(`where an app stands, on ${database.name}`, () => {
    let service: Service;
    let desk: Desk;
    before(async () => {
      service = await startService(database);
      desk = await openDesk(service);
    });
    after(() => service.close());

    const as = (app: App): Record<string, string> => ({
      client_id: app.clientId,
      client_secret: desk.secretOf(app),
    });
    const redeem = (app: App, code: string): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: app.redirectUris[0] ?? '',
        ...as(app),
      });
    const tokensOf = ({ status, text, body }: Reply): Tokens => {
      assert.equal(status, 200, text);
      return { access: String(body['access_token']), refresh: String(body['refresh_token']) };
    };
    const connect = async (app: App, person: Person): Promise<Tokens> =>
      tokensOf(await redeem(app, await service.makeCode(await desk.current(app), person)));
    const refresh = (app: App, { refresh: token }: Tokens, scope?: string): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: 'refresh_token',
        refresh_token: token,
        ...(scope === undefined ? {} : { scope }),
        ...as(app),
      });
    const exchange = (app: App, key: string): Promise<Reply> =>
      service.post('/oauth/token', { grant_type: 'client_credentials', customer_key: key, ...as(app) });
    const said = ({ status, body: { error } }: Reply) =>
      `${status} ${typeof error === 'string' ? error : 'ok'}`;
    const ask = (app: App, scope?: string) =>
      readAuthorizeRequest(
        service.domain,
        new Map([
          ['client_id', app.clientId],
          ['response_type', 'code'],
          ...(scope === undefined ? [] : [['scope', scope] as const]),
        ]),
        'standard',
      );
    const mayOf = async (access: string): Promise<readonly string[]> => {
      const answer = await createAccess(service.domain).checkAccessToken(access);
      assert.ok(answer.ok && answer.caller.permissions !== 'all');
      return [...answer.caller.permissions].toSorted();
    };
    const publish = async (app: App, permissions: readonly string[]): Promise<void> => {
      assert.equal(await desk.choosePermissions(app, permissions), 'ok');
      assert.equal(await desk.submitEdit(app, 'at-once'), 'ok');
      assert.equal(await desk.approve(app), 'ok');
    };

    it('suspended: authorize, code, refresh, key and gateway all refuse, and work again when it is lifted [security 40]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      const tokens = await connect(app, ari);
      const { text: key } = await service.makeKey(ari, 'signed');
      assert.equal(said(await exchange(app, key)), '200 ok');
      const code = await service.makeCode(app, ari);
      const gateway = createAccess(service.domain);
      assert.ok((await gateway.checkAccessToken(tokens.access)).ok);
      const olive = askerOf(service.domain, await service.makePerson(), 'operator');
      const input = { app: app.publicId, reason: 'It sends spam.' };
      const by = { asker: olive, caused };
      assert.ok((await perform(service.domain, suspendApp, by, input)).ok);

      const page = await ask(app);
      assert.ok(page.kind === 'page-error' && page.reason === 'app-suspended');
      assert.equal(said(await redeem(app, code)), '400 unauthorized_client');
      assert.equal(said(await refresh(app, tokens)), '400 unauthorized_client');
      assert.equal(said(await exchange(app, key)), '400 unauthorized_client');
      assert.deepEqual(await gateway.checkAccessToken(tokens.access), {
        ok: false,
        refusal: { kind: 'app-suspended' },
      });

      assert.ok((await perform(service.domain, liftApp, by, input)).ok);
      assert.ok((await gateway.checkAccessToken(tokens.access)).ok);
      assert.equal(said(await refresh(app, tokens)), '200 ok');
      assert.equal(said(await exchange(app, key)), '200 ok');
    });

    it('in development, and declined before it was ever approved: its team only, by consent, code and key [security 40]', async () => {
      const app = await desk.newApp();
      const stranger = await service.makePerson();
      const { text: key } = await service.makeKey(stranger, 'signed');
      const closedToStrangers = async (): Promise<void> => {
        const shown = await ask(await desk.current(app));
        assert.ok(shown.kind === 'ask');
        const consent = await consentFor(service.domain, shown.request, stranger.user.id);
        assert.deepEqual([consent.ok, !consent.ok && consent.reason], [false, 'not-a-tester']);
        assert.equal(said(await exchange(app, key)), '400 invalid_grant');
        assert.ok(await connect(app, desk.verasPerson));
      };
      await closedToStrangers();
      assert.equal(await desk.submit(app), 'ok');
      await closedToStrangers();
      assert.equal(await desk.decline(app), 'ok');
      await closedToStrangers();
      assert.equal(await desk.change(app, 'Fixed Sync'), 'ok');
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.approve(app), 'ok');
      assert.ok(await connect(app, stranger));
    });

    it('with a declined edit production goes on as it was [security 40, 51]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      const tokens = await connect(app, ari);
      const live = await desk.current(app);
      assert.equal(await desk.choosePermissions(app, ['me.get', 'leads.list', 'leads.create']), 'ok');
      assert.equal(await desk.submitEdit(app), 'ok');
      assert.equal(await desk.decline(app), 'ok');
      const { name, redirectUris, permissionSetId, epoch, status } = await desk.current(app);
      assert.deepEqual(
        { name, redirectUris, permissionSetId, epoch, status },
        {
          name: live.name,
          redirectUris: live.redirectUris,
          permissionSetId: live.permissionSetId,
          epoch: live.epoch,
          status: 'production',
        },
      );
      assert.equal(said(await refresh(app, tokens)), '200 ok');
      assert.deepEqual(await mayOf(tokens.access), ['leads.list', 'me.get']);
      assert.ok(await connect(app, await service.makePerson()));
    });

    it('no permission comes from asking: not at authorize, nor by a request made by hand, nor at refresh [security 50]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      for (const scope of ['leads.create', 'me.get leads.create', 'nothing.such']) {
        const refused = await ask(app, scope);
        assert.ok(refused.kind === 'redirect', scope);
        assert.equal(new URL(refused.to).searchParams.get('error'), 'invalid_scope', scope);
      }
      // A consent to more than was shown: the hash of what was shown decides, whatever the form says.
      const [narrow, wide] = [await ask(app, 'me.get'), await ask(app)];
      assert.ok(narrow.kind === 'ask' && wide.kind === 'ask');
      const shown = await consentFor(service.domain, narrow.request, ari.user.id);
      assert.ok(shown.ok);
      const decision = {
        userId: ari.user.id,
        workspacePublicId: ari.workspace.publicId,
        shownHash: shown.consent.shownHash,
      };
      const tampered = await authorize(service.domain, wide.request, decision, caused);
      assert.deepEqual([tampered.ok, !tampered.ok && tampered.reason], [false, 'changed']);
      const allowed = await authorize(service.domain, narrow.request, decision, caused);
      assert.ok(allowed.ok);
      const code = new URL(allowed.to).searchParams.get('code') ?? '';
      const tokens = tokensOf(await redeem(app, code));
      assert.deepEqual(await mayOf(tokens.access), ['me.get']);
      for (const scope of ['leads.list', 'me.get leads.list', 'leads.create'])
        assert.equal(said(await refresh(app, tokens, scope)), '400 invalid_scope', scope);
      // `openApi` is all of what was given, and no more.
      const again = tokensOf(await refresh(app, tokens, 'openApi'));
      assert.deepEqual(await mayOf(again.access), ['me.get']);
    });

    it('a ceiling that the vendor cuts is cut from tokens that are out, and does not come back to them [security 50]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      const tokens = await connect(app, ari);
      const code = await service.makeCode(app, ari);
      assert.deepEqual(await mayOf(tokens.access), ['leads.list', 'me.get']);
      await publish(app, ['me.get']);
      assert.deepEqual(await mayOf(tokens.access), ['me.get']);
      assert.deepEqual(await mayOf(tokensOf(await refresh(app, tokens)).access), ['me.get']);
      const late = await redeem(app, code);
      if (late.status === 200) assert.deepEqual(await mayOf(tokensOf(late).access), ['me.get']);
      // Given again it is a permission that people have to agree to: what is out dies.
      await publish(app, ['me.get', 'leads.list']);
      assert.equal((await createAccess(service.domain).checkAccessToken(tokens.access)).ok, false);
      assert.equal(said(await refresh(app, tokens)), '400 invalid_grant');
    });

    it('what the person may no longer do, no app does for them: leaving the workspace ends it [security 50]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson('member');
      const tokens = await connect(app, ari);
      const pending = await service.makeCode(app, ari);
      const trace = {
        verb: 'test',
        actor: { kind: 'system' },
        requestId: 't',
        atMs: service.domain.now(),
      } as const;
      await service.domain.stores.workspaces.endMember(ari.member.id, trace);
      assert.equal((await createAccess(service.domain).checkAccessToken(tokens.access)).ok, false);
      assert.equal(said(await refresh(app, tokens)), '400 invalid_grant');
      assert.equal(said(await redeem(app, pending)), '400 invalid_grant');
    });
  });
}
