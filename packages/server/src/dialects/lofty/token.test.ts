import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { basic, startService, type Person, type Service, type TestApp } from '../../testing/service.ts';

const PATH = '/api/user-web/oauth/token';

for (const database of databases) {
  describe(`Lofty's vendor token endpoint on ${database.name} (documents 002, 003)`, () => {
    let service: Service;
    let person: Person;
    let app: TestApp;
    before(async () => {
      service = await startService(database);
      person = await service.makePerson();
      app = await service.makeApp();
    });
    after(() => service.close());

    const auth = (): { authorization: string } => basic(app.app.clientId, app.secret ?? '');
    const redirect = 'https://app.example/callback';
    const code = (): Promise<string> => service.makeCode(app.app, person, { redirectUriStated: false });
    const query = (fields: Record<string, string>): string =>
      `${PATH}?${new URLSearchParams(fields).toString()}`;
    const fields = async () => ({
      code: await code(),
      client_id: app.app.clientId,
      redirect_uri: redirect,
      grant_type: 'authorization_code',
    });

    it('answers exactly the five documented fields, from the query by GET as printed, by POST, and from the body', async () => {
      const byGet = await fetch(service.url + query(await fields()), { headers: auth() });
      const byQuery = await service.post(query(await fields()), '', auth());
      const byBody = await service.post(PATH, { ...(await fields()), client_id: '' }, auth());
      for (const body of [(await byGet.json()) as Record<string, unknown>, byQuery.body, byBody.body]) {
        assert.deepEqual(Object.keys(body), [
          'access_token',
          'expires_in',
          'refresh_token',
          'token_type',
          'scope',
        ]);
        assert.deepEqual(
          [body['token_type'], body['scope'], body['expires_in']],
          ['Bearer', 'openApi', 3600],
        );
        const again = await service.post(
          query({ refresh_token: String(body['refresh_token']), grant_type: 'refresh_token' }),
          '',
          auth(),
        );
        assert.deepEqual(Object.keys(again.body), [
          'access_token',
          'expires_in',
          'refresh_token',
          'token_type',
          'scope',
        ]);
        assert.equal(again.body['refresh_token'], body['refresh_token']);
      }
    });

    it('takes body secrets, too, and never both', async () => {
      const secrets = { client_id: app.app.clientId, client_secret: app.secret ?? '' };
      assert.equal((await service.post(PATH, { ...(await fields()), ...secrets })).status, 200);
      const both = await service.post(PATH, { ...(await fields()), ...secrets }, auth());
      assert.deepEqual([both.status, both.body['error']], [400, 'invalid_request']);
    });

    it('refuses a secret in the query, one parameter in both places, and GET without Basic [security 29]', async () => {
      const secret = await service.post(
        query({ client_secret: app.secret ?? '', grant_type: 'refresh_token' }),
        '',
        auth(),
      );
      assert.deepEqual([secret.status, secret.body['error']], [400, 'invalid_request']);
      const twice = await service.post(
        query({ grant_type: 'refresh_token' }),
        { grant_type: 'refresh_token' },
        auth(),
      );
      assert.deepEqual([twice.status, twice.body['error']], [400, 'invalid_request']);
      const bare = await fetch(service.url + query(await fields()));
      assert.equal(bare.status, 401);
      assert.match(bare.headers.get('www-authenticate') ?? '', /^Basic /);
    });

    it('wants a redirect_uri that is registered, if one is sent', async () => {
      const wrong = await service.post(
        PATH,
        { ...(await fields()), redirect_uri: 'https://evil.test/' },
        auth(),
      );
      assert.deepEqual([wrong.status, wrong.body['error']], [400, 'invalid_grant']);
    });

    it('knows only the documented grants', async () => {
      const reply = await service.post(PATH, { grant_type: 'client_credentials', customer_key: 'x' }, auth());
      assert.deepEqual([reply.status, reply.body['error']], [400, 'unsupported_grant_type']);
      const other = await fetch(service.url + PATH, { method: 'PUT', headers: auth() });
      assert.deepEqual([other.status, other.headers.get('allow')], [405, 'POST, GET, OPTIONS']);
    });
  });
}
