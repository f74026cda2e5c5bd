// Keys from before, imported: accepted on Lofty paths and in the key exchange, nowhere else, until they are revoked.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readCredential } from '../../gateway/credential.ts';
import { databases } from '../../storage/testing/databases.ts';
import { basic, caused, startService, type Person, type Service } from '../../testing/service.ts';
import { createAccess } from '../access/check.ts';
import type { AccessResult } from '../access/access.ts';
import { perform, type SignedIn } from '../operation.ts';
import { openSession } from '../../testing/session.ts';
import { importLegacyKey, importLegacyKeyByOperator } from './import-legacy.ts';
import type { KeyForm } from './key.ts';

const STATIC = 'a1b2c3d4e5f6a7b8c9d0e1f2';
const FOREIGN_JWS = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"sub":"1","kid":"1"}').toString('base64url')}.${'c2ln'.repeat(11)}`;
const LOFTY: ReadonlySet<KeyForm> = new Set<KeyForm>(['opaque', 'signed', 'legacy']);
const LOOMTA: ReadonlySet<KeyForm> = new Set<KeyForm>(['opaque']);

for (const database of databases) {
  describe(`imported keys on ${database.name}`, () => {
    let service: Service;
    let ari: Person;
    before(async () => {
      service = await startService(database);
      ari = await service.makePerson();
    });
    after(() => service.close());

    const check = async (text: string, forms = LOFTY): Promise<AccessResult> =>
      createAccess(service.domain).checkApiKey(text, forms);
    const take = (text: string, name?: string) =>
      importLegacyKey(service.domain, ari, name === undefined ? { text } : { text, name }, caused);

    it('work as what they are, static or a foreign JWS, with the rights of their owner, on Lofty paths only', async () => {
      for (const text of [STATIC, FOREIGN_JWS]) {
        assert.equal((await check(text)).ok, false, 'before it is imported');
        const imported = await take(text);
        assert.equal(imported.kind, 'imported');
        const result = await check(text);
        assert.ok(result.ok);
        assert.equal(result.caller.userId, ari.user.id);
        assert.equal(result.caller.keyPublicId, imported.key.publicId);
        assert.equal((await check(text, LOOMTA)).ok, false);
        assert.equal((await take(text)).kind, 'exists');
      }
      const settings = { opaqueKeyPrefix: 'loomta_sk_', legacyRawKey: true };
      const read = (authorization: string, dialect: 'lofty' | 'loomta') =>
        readCredential(authorization, undefined, dialect, settings);
      assert.deepEqual(read(`token ${STATIC}`, 'lofty'), { kind: 'api-key', text: STATIC });
      assert.deepEqual(read(STATIC, 'lofty'), { kind: 'api-key', text: STATIC });
      assert.equal(read(`Bearer ${STATIC}`, 'lofty'), 'bad-credential');
      assert.equal(read(`Bearer ${STATIC}`, 'loomta'), 'bad-credential');
    });

    it('stand in lists as Legacy Token, active, without end; the database holds no usable text [security 32]', async () => {
      const keys = await service.domain.stores.keys.listOf(ari.user.id);
      assert.deepEqual(
        keys.map(({ name, form, madeBy, expiresAtMs }) => [name, form, madeBy, expiresAtMs]),
        keys.map(() => ['Legacy Token', 'legacy', 'import', undefined]),
      );
      for (const { hash } of keys) assert.equal(hash?.length, 32);
    });

    it('serve as customer_key, and end everywhere when they are revoked [security 58]', async () => {
      const text = `${STATIC}-customer`;
      const imported = await take(text, 'Nightly import');
      assert.equal(imported.kind, 'imported');
      const { app, secret = '' } = await service.makeApp();
      const exchange = () =>
        service.post(
          '/oauth/token',
          { grant_type: 'client_credentials', customer_key: text },
          basic(app.clientId, secret),
        );
      const answer = await exchange();
      assert.equal(answer.status, 200, answer.text);
      const token = String(answer.body['access_token']);
      const access = createAccess(service.domain);
      assert.ok((await access.checkAccessToken(token)).ok);
      await service.domain.stores.keys.revoke(imported.key.id, {
        verb: 'test',
        actor: { kind: 'system' },
        requestId: 'test',
        atMs: service.domain.now(),
      });
      assert.equal((await check(text)).ok, false);
      assert.equal((await access.checkAccessToken(token)).ok, false);
      assert.equal((await exchange()).body['error'], 'invalid_grant');
      assert.equal((await take(text)).kind, 'exists', 'a revoked key never comes back');
    });

    it('what is no key, or looks like one of our secrets, is not taken', async () => {
      for (const text of [
        '',
        'short',
        `${STATIC} x`,
        `lk_at_${STATIC}`,
        `loomta_sk_${STATIC}`,
        'x'.repeat(2049),
      ])
        assert.equal((await take(text)).kind, 'not-a-key', text.slice(0, 40));
    });

    it('only an operator imports, after a step-up, for a member', async () => {
      const asker = async (platformRole: 'none' | 'operator'): Promise<SignedIn> => {
        const { session } = await openSession(service.domain, 'cookie', ari);
        return { user: { ...ari.user, platformRole }, session };
      };
      const given = { email: ari.user.email, workspace: ari.workspace.publicId, key: `${STATIC}-by-hand` };
      const ask = async (role: 'none' | 'operator', input: object): Promise<string> => {
        const by = { asker: await asker(role), caused };
        const answer = await perform(service.domain, importLegacyKeyByOperator, by, input);
        return answer.ok ? 'done' : answer.reason;
      };
      assert.equal(await ask('none', given), 'not-found');
      assert.equal(await ask('operator', { ...given, email: 'nobody@crm.test' }), 'no-member');
      assert.equal(await ask('operator', { ...given, key: 'short' }), 'not-a-key');
      assert.equal(await ask('operator', given), 'done');
      assert.equal(await ask('operator', given), 'exists');
      const late = await asker('operator');
      service.pass(600_000);
      const stale = await perform(service.domain, importLegacyKeyByOperator, { asker: late, caused }, given);
      assert.equal(stale.ok ? 'done' : stale.reason, 'step-up-needed');
    });
  });
}
