// What publishing does to people: tokens, consent, mails.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { askerOf, openDesk, type Desk } from '../../testing/review-desk.ts';
import { basic, caused, startService, type Person, type Service } from '../../testing/service.ts';
import type { App } from '../apps/app.ts';
import { changeApp } from '../apps/change.ts';
import { liftApp, suspendApp } from '../apps/suspend.ts';
import { listConnections } from '../connections/list-connections.ts';
import { readAuthorizeRequest } from '../consents/authorize-request.ts';
import { consentFor } from '../consents/consent.ts';
import { bodyOf } from '../mail/mail.ts';
import { perform } from '../operation.ts';
import { approve } from './decide.ts';
import { tellNextPeople } from './tell-people.ts';

const MORE = ['me.get', 'leads.list', 'leads.create'];
const FEWER = ['me.get'];

type Tokens = { readonly access: string; readonly refresh: string };

for (const database of databases) {
  describe(`what publishing does on ${database.name}`, () => {
    let service: Service;
    let desk: Desk;
    before(async () => {
      service = await startService(database);
      desk = await openDesk(service);
    });
    after(() => service.close());

    const connect = async (app: App, person: Person): Promise<Tokens> => {
      const code = await service.makeCode(await desk.current(app), person);
      const answer = await service.post('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: app.redirectUris[0] ?? '',
        client_id: app.clientId,
        client_secret: desk.secretOf(app),
      });
      assert.equal(answer.status, 200, answer.text);
      return { access: String(answer.body['access_token']), refresh: String(answer.body['refresh_token']) };
    };
    const isActive = async (tokens: Tokens): Promise<boolean> => {
      const { clientId, secret } = service.resourceServer;
      const answer = await service.post(
        '/oauth/introspect',
        { token: tokens.access },
        basic(clientId, secret),
      );
      return answer.body['active'] === true;
    };
    const refreshes = async (app: App, tokens: Tokens): Promise<boolean> => {
      const answer = await service.post('/oauth/token', {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh,
        client_id: app.clientId,
        client_secret: desk.secretOf(app),
      });
      if (answer.status === 200) return true;
      assert.equal(answer.body['error'], 'invalid_grant');
      return false;
    };
    const mailsOf = async (purpose: string) =>
      (await service.domain.stores.mails.list(undefined, 500)).filter((mail) => mail.purpose === purpose);
    const tellAll = async (batch = 100): Promise<void> => {
      while ((await tellNextPeople(service.domain, batch)) !== undefined);
    };
    const publishing = async (app: App, permissions: readonly string[], note = ''): Promise<void> => {
      assert.equal(await desk.choosePermissions(app, permissions), 'ok');
      assert.equal(await desk.submitEdit(app, 'by-hand', note), 'ok');
      assert.equal(await desk.approve(app), 'ok');
      assert.equal(await desk.publish(app), 'ok');
    };
    const consent = async (app: App, person: Person) => {
      const current = await desk.current(app);
      const form = new Map([
        ['client_id', app.clientId],
        ['response_type', 'code'],
      ]);
      const read = await readAuthorizeRequest(service.domain, form, 'standard');
      assert.ok(read.kind === 'ask', current.name);
      const shown = await consentFor(service.domain, read.request, person.user.id);
      assert.ok(shown.ok);
      return shown.consent;
    };

    it('a breaking edit ends every older token of the app when it is published, and not before; a standard one ends none [security 51, 52]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const other = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      const old = await connect(app, ari);
      const elsewhere = await connect(other, ari);

      await publishing(app, FEWER);
      assert.ok((await isActive(old)) && (await refreshes(app, old)), 'standard: none ends');

      assert.equal(await desk.choosePermissions(app, MORE), 'ok');
      assert.equal(await desk.submitEdit(app), 'ok');
      assert.ok(await isActive(old), 'proposed');
      assert.equal(await desk.approve(app), 'ok');
      assert.ok(await isActive(old), 'approved, waiting for Publish');
      assert.equal(await desk.publish(app), 'ok');
      assert.equal(await isActive(old), false);
      assert.equal(await refreshes(app, old), false);
      assert.ok(await isActive(elsewhere), 'another app is untouched');

      const renewed = await connect(app, ari);
      assert.ok((await isActive(renewed)) && (await refreshes(app, renewed)));
    });

    it('a code that was shown before the publish cannot be redeemed after it', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      const code = await service.makeCode(app, ari);
      await publishing(app, MORE);
      const answer = await service.post('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: app.redirectUris[0] ?? '',
        client_id: app.clientId,
        client_secret: desk.secretOf(app),
      });
      assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_grant']);
    });

    it('a permission that is only proposed can be asked for by nobody [security 50]', async () => {
      const app = await desk.newApp({ status: 'production' });
      assert.equal(await desk.choosePermissions(app, MORE), 'ok');
      assert.equal(await desk.submitEdit(app), 'ok');
      const form = new Map([
        ['client_id', app.clientId],
        ['response_type', 'code'],
        ['scope', 'leads.create'],
      ]);
      const read = await readAuthorizeRequest(service.domain, form, 'standard');
      assert.ok(read.kind === 'redirect');
      assert.equal(new URL(read.to).searchParams.get('error'), 'invalid_scope');
      const shown = await consent(app, await service.makePerson());
      assert.deepEqual(
        shown.permissions.map(({ id }) => id),
        ['me.get', 'leads.list'],
      );
    });

    it('who had connected is asked again, told what is new and why; who had not is asked as ever', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      await connect(app, ari);
      await publishing(app, MORE, 'We can now add leads for you.');
      const [one] = (await listConnections(service.domain, ari.user.id)).connected;
      assert.equal(one?.needsAgain, true);
      const { again } = await consent(app, ari);
      assert.equal(again?.note, 'We can now add leads for you.');
      assert.deepEqual([...(again?.known ?? [])].toSorted(), ['leads.list', 'me.get']);
      assert.equal((await consent(app, await service.makePerson())).again, undefined);

      await connect(app, ari);
      assert.equal((await consent(app, ari)).again, undefined);
      assert.equal((await listConnections(service.domain, ari.user.id)).connected[0]?.needsAgain, false);
    });

    it('every connected person is told once and why, in batches that go on after a kill; after a standard edit nobody', async () => {
      await tellAll();
      const app = await desk.newApp({ status: 'production', name: 'Tell Once' });
      const people = [await service.makePerson(), await service.makePerson(), await service.makePerson()];
      for (const person of people) await connect(app, person);
      // Vera tried it in development and is connected as well.
      const addresses = [desk.verasPerson, ...people].map(({ user }) => user.email);
      const subject = 'Tell Once needs your permission again';
      const told = async (): Promise<readonly string[]> =>
        (await mailsOf('consent-again')).filter((mail) => mail.subject === subject).map(({ to }) => to);

      await publishing(app, FEWER);
      await tellAll();
      assert.deepEqual(await told(), []);

      service.pass(1000);
      await publishing(app, MORE, 'We can now <add> leads for you.');
      // The third authorizes again before the mails go out and needs none.
      service.pass(1000);
      await connect(app, people[2] ?? assert.fail());
      // Two workers, one of them killed after a batch of one: nobody twice, nobody forgotten.
      await Promise.all([tellNextPeople(service.domain, 1), tellNextPeople(service.domain, 1)]);
      assert.equal((await told()).length, 1);
      await tellAll(1);
      assert.deepEqual((await told()).toSorted(), addresses.slice(0, 3).toSorted());
      await tellAll();
      assert.equal((await told()).length, 3);
      const mail = (await mailsOf('consent-again')).find((one) => one.subject === subject);
      const body = bodyOf(service.domain, mail ?? assert.fail());
      assert.match(body?.text ?? '', /We can now <add> leads for you\./);
      assert.match(body?.html ?? '', /We can now &lt;add&gt; leads for you\./);
    });

    it('an app with a key gets a new grant, and the key’s owner a mail', async () => {
      const app = await desk.newApp({ status: 'production' });
      const ari = await service.makePerson();
      const { text } = await service.makeKey(ari, 'signed');
      const exchange = () =>
        service.post('/oauth/token', {
          grant_type: 'client_credentials',
          customer_key: text,
          client_id: app.clientId,
          client_secret: desk.secretOf(app),
        });
      const first = await exchange();
      assert.equal(first.status, 200);
      await publishing(app, MORE);
      assert.equal(await isActive({ access: String(first.body['access_token']), refresh: '' }), false);
      assert.equal((await exchange()).status, 200);
      assert.equal((await exchange()).status, 200);
      const told = (await mailsOf('key-use-grown')).filter(({ to }) => to === ari.user.email);
      assert.equal(told.length, 1);
    });

    it('the primary contact hears of each step; of new redirect URLs everybody of the vendor', async () => {
      const app = await desk.newApp({ contactEmail: 'steps@vendor.test' });
      const heard = async (): Promise<readonly string[]> =>
        (await service.domain.stores.mails.list(undefined, 500))
          .filter(({ to }) => to === 'steps@vendor.test')
          .map(({ purpose }) => purpose)
          .toReversed();
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.decline(app), 'ok');
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.withdraw(app), 'ok');
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.approve(app), 'ok');
      const steps = [
        'app-submitted',
        'app-declined',
        'app-submitted',
        'app-withdrawn',
        'app-submitted',
        'app-approved',
      ];
      assert.deepEqual(await heard(), steps);
      const [decline] = (await mailsOf('app-declined')).filter(({ to }) => to === 'steps@vendor.test');
      assert.match(
        bodyOf(service.domain, decline ?? assert.fail())?.text ?? '',
        /The redirect host is not yours\./,
      );

      const draft = await desk.newApp({ contactEmail: 'moved@vendor.test' });
      const input = {
        app: draft.publicId,
        version: draft.version,
        name: draft.name,
        contactEmail: 'thief@elsewhere.test',
        redirectUris: ['https://elsewhere.test/cb'],
      };
      const by = { asker: desk.vera, caused };
      assert.ok((await perform(service.domain, changeApp, by, input)).ok);
      const told = (await mailsOf('app-redirects-changed')).map(({ to }) => to);
      const { user } = desk.verasPerson;
      assert.deepEqual(told.toSorted(), ['contact@vendor.test', 'moved@vendor.test', user.email].toSorted());
    });

    it('a reviewer of the vendor’s own team decides nothing, nor does who is no reviewer [security 53]', async () => {
      const person = await service.makePerson();
      const insider = askerOf(service.domain, person, 'reviewer');
      const app = await desk.newApp();
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.approve(app, desk.vera), 'not-found');
      const { stores } = service.domain;
      const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: 0 } as const;
      assert.ok(await stores.vendors.addToTeam(desk.vendorId, person.user.id, trace));
      assert.equal(await desk.approve(app, insider), 'own-app');
      assert.deepEqual(await desk.standing(app), { status: 'under-review' });
    });

    it('a reviewer approves exactly the version that was shown: after withdraw, change and resubmission the old page decides nothing [security 51]', async () => {
      const app = await desk.newApp();
      assert.equal(await desk.submit(app), 'ok');
      const seen = (await desk.open(app)) ?? assert.fail();
      assert.equal(await desk.withdraw(app), 'ok');
      assert.equal(await desk.change(app, 'Demo CRM Official'), 'ok');
      assert.equal(await desk.submit(app), 'ok');
      const now = (await desk.open(app)) ?? assert.fail();
      assert.equal(now.id, seen.id);
      const tries = [
        { version: seen.version, versionHash: seen.versionHash },
        { version: now.version, versionHash: seen.versionHash },
        { version: seen.version, versionHash: now.versionHash },
      ];
      for (const given of tries) {
        const input = { review: String(seen.id), ...given };
        const result = await perform(service.domain, approve, { asker: desk.rory, caused }, input);
        assert.equal(result.ok ? 'ok' : result.reason, 'changed');
      }
      assert.equal(await desk.approve(app), 'ok');
    });

    it('an operator suspends in any status and lifts again; others cannot; the app then works as before [security 40]', async () => {
      const app = await desk.newApp({ status: 'production' });
      const olive = askerOf(service.domain, await service.makePerson(), 'operator');
      const ari = await service.makePerson();
      const tokens = await connect(app, ari);
      const input = { app: app.publicId, reason: 'It sends spam.' };
      const suspendBy = (asker: typeof olive) =>
        perform(service.domain, suspendApp, { asker, caused }, input);
      for (const asker of [desk.vera, desk.rory])
        assert.deepEqual(await suspendBy(asker), { ok: false, reason: 'not-found' });
      assert.ok((await suspendBy(olive)).ok);
      assert.equal(await isActive(tokens), false);
      const [mail] = await mailsOf('app-suspended');
      assert.match(bodyOf(service.domain, mail ?? assert.fail())?.text ?? '', /It sends spam\./);
      assert.ok((await perform(service.domain, liftApp, { asker: olive, caused }, input)).ok);
      assert.ok(await isActive(tokens));
    });

    it('the history says who did what, when and why', async () => {
      const app = await desk.newApp();
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.decline(app), 'ok');
      const verbs = ['apps.submit', 'reviews.decline'];
      const entries = await service.domain.stores.reviews.historyOf(app.id, verbs, undefined, 10);
      assert.deepEqual(
        entries.map(({ verb, actorId, detail }) => [verb, actorId, detail['reason']]),
        [
          ['reviews.decline', desk.rory.user.id, 'The redirect host is not yours.'],
          ['apps.submit', desk.vera.user.id, undefined],
        ],
      );
    });
  });
}
