// Credentials of ours that are for other doors, at the gateway with the real checks behind it: a management key, a session,
// a code, a client secret. Refused in every place where a credential can stand, and the API hears nothing [security 22].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccess } from '../domain/access/check.ts';
import { createManagementKey } from '../domain/management-keys/create.ts';
import { perform } from '../domain/operation.ts';
import { newSession } from '../domain/sessions/open-session.ts';
import { databases } from '../storage/testing/databases.ts';
import { caused, startService, type Person, type Service } from '../testing/service.ts';
import { openSession } from '../testing/session.ts';
import { withRig, type Reply, type Rig } from './testing/rig.ts';

const LOFTY = '/v1.0/leads';
const LOOMTA = '/public/v1/platforms';

for (const database of databases.filter(({ name }) => name === 'sqlite')) {
  describe('a credential for another door', () => {
    let service: Service;
    let person: Person;
    let strangers: Readonly<Record<string, string>>;
    let key: string;
    let signedKey: string;
    before(async () => {
      service = await startService(database);
      const { domain } = service;
      person = await service.makePerson();
      const cookie = await openSession(domain, 'cookie', person);
      const asker = { user: person.user, session: cookie.session };
      const made = await perform(
        domain,
        createManagementKey,
        { asker, caused },
        { name: 'CI', operations: ['apps.list'] },
      );
      assert.ok(made.ok);
      const { app, secret } = await service.makeApp();
      const code = await service.makeCode(app, person);
      const tokens = await service.post('/oauth/token', {
        grant_type: 'authorization_code',
        code: await service.makeCode(app, person),
        redirect_uri: app.redirectUris[0] ?? '',
        client_id: app.clientId,
        client_secret: secret ?? '',
      });
      strangers = {
        'a management key': made.value.secret,
        'a session': cookie.secret,
        'a session bearer': (await openSession(domain, 'bearer', person)).secret,
        'a half session': (await newSession(domain, 'half', person.user.id, caused)).secret,
        'a code': code,
        'a client secret': secret ?? '',
        'a refresh token': String(tokens.body['refresh_token']),
      };
      key = (await service.makeKey(person, 'opaque')).text;
      signedKey = (await service.makeKey(person, 'signed')).text;
    });
    after(() => service.close());

    const everywhere = (rig: Rig, text: string): Promise<readonly Reply[]> =>
      Promise.all(
        [
          { path: LOFTY, headers: { authorization: `Bearer ${text}` } },
          { path: LOFTY, headers: { authorization: `token ${text}` } },
          { path: LOFTY, headers: { authorization: text } },
          { path: LOFTY, headers: { cookie: `latchkey-session=${text}` } },
          { path: LOFTY, headers: { cookie: `__Host-latchkey-session=${text}` } },
          { path: LOOMTA, headers: { authorization: `Bearer ${text}` } },
          { path: LOOMTA, headers: { cookie: `latchkey-session=${text}` } },
        ].map((one) => rig.send(one)),
      );

    it('is none here: management keys and sessions open nothing at the gateway [security 22]', () =>
      withRig({ access: createAccess(service.domain) }, async (rig) => {
        const opens = await rig.send({ path: LOOMTA, headers: { authorization: `Bearer ${key}` } });
        assert.equal(opens.status, 200, 'a key of this door does');
        assert.equal(rig.seen.length, 1);
        for (const [what, text] of Object.entries(strangers)) {
          const answers = await everywhere(rig, text);
          assert.deepEqual(
            answers.map(({ status }) => status),
            [401, 401, 401, 401, 401, 401, 401],
            what,
          );
          for (const { body } of answers) assert.ok(!body.includes(text), `${what} is repeated`);
        }
        assert.equal(rig.seen.length, 1, 'the API heard nothing');
      }));

    it('changes nothing beside a good one: a session cookie is not passed on, nor counted for [security 22]', () =>
      withRig({ access: createAccess(service.domain) }, async (rig) => {
        const cookie = `latchkey-session=${strangers['a session'] ?? ''}`;
        const headers = { authorization: `token ${signedKey}`, cookie };
        assert.equal((await rig.send({ path: LOFTY, headers })).status, 200);
        const heard = rig.seen[0]?.rawHeaders.join('\n') ?? '';
        assert.ok(!heard.includes('lk_session_') && !heard.toLowerCase().includes('cookie'));
      }));
  });
}
