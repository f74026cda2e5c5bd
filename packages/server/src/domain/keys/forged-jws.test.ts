// The only JWTs there are: signed API keys. Whatever is forged about one, header, signature, claims or place, it opens
// nothing, and headers of a key are never followed [security 28].
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { startService, type Person, type Service } from '../../testing/service.ts';
import { createAccess } from '../access/check.ts';
import type { KeyForm } from './key.ts';

const FORMS: ReadonlySet<KeyForm> = new Set(['signed', 'legacy']);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const hs256 = (signed: string, key: string | Uint8Array): string =>
  `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;

for (const database of databases.filter(({ name }) => name === 'sqlite')) {
  describe('a signed API key', () => {
    let service: Service;
    let other: Service;
    let ari: Person;
    let good: string;
    before(async () => {
      service = await startService(database);
      other = await startService(database);
      ari = await service.makePerson();
      good = (await service.makeKey(ari, 'signed')).text;
    });
    after(async () => {
      await service.close();
      await other.close();
    });

    const opens = async (text: string): Promise<boolean> =>
      (await createAccess(service.domain).checkApiKey(text, FORMS)).ok;

    it('forged in any part of it opens nothing, as a key and as a customer_key [security 28]', async () => {
      const [head = '', body = '', signature = ''] = good.split('.');
      const [header, claims] = [decode(head), decode(body)];
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const jwk = publicKey.export({ format: 'jwk' });
      const pem = publicKey.export({ format: 'pem', type: 'spki' });
      const withHeader = (more: object): string => `${encode({ ...header, ...more })}.${body}`;
      const keptSignature = (more: object): string => `${withHeader(more)}.${signature}`;
      const rsa = `${encode({ ...header, alg: 'RS256', jwk })}.${body}`;
      const forged: Readonly<Record<string, string>> = {
        'alg none, unsigned': `${withHeader({ alg: 'none' })}.`,
        'alg None with the old signature': keptSignature({ alg: 'None' }),
        'no alg': `${encode({ typ: header['typ'], kid: header['kid'] })}.${body}.${signature}`,
        'HS256 with an empty key': hs256(`${head}.${body}`, ''),
        'HS256 with a public key': hs256(withHeader({ jwk }), pem),
        'HS512 by name': keptSignature({ alg: 'HS512' }),
        'RS256 with its own jwk': `${rsa}.${sign('sha256', Buffer.from(rsa), privateKey).toString('base64url')}`,
        'a key in oct jwk': hs256(withHeader({ jwk: { kty: 'oct', k: 'c2VjcmV0' } }), 'secret'),
        'a jku': hs256(withHeader({ jku: 'https://evil.example/jwks.json' }), 'secret'),
        'an x5u': hs256(withHeader({ x5u: 'https://evil.example/cert.pem' }), 'secret'),
        'kid as a path': hs256(withHeader({ kid: '../../../../dev/null' }), ''),
        'kid as SQL': hs256(withHeader({ kid: "1' or '1'='1" }), 'secret'),
        'kid not on the ring': hs256(withHeader({ kid: '200' }), 'secret'),
        'kid as a list': hs256(withHeader({ kid: ['1'] }), 'secret'),
        'another typ': keptSignature({ typ: 'at+jwt' }),
        'JWT as typ': keptSignature({ typ: 'JWT' }),
        'more in the header': keptSignature({ crit: ['b64'], b64: false }),
        'another iat': `${head}.${encode({ ...claims, iat: 1 })}.${signature}`,
        'no end': `${head}.${encode({ ...claims, exp: 4_000_000_000 })}.${signature}`,
        'the number of another key': `${head}.${encode({ ...claims, sub: '7' })}.${signature}`,
        'more claims': `${head}.${encode({ ...claims, aud: 'crm', iss: 'https://evil.example' })}.${signature}`,
        'another signature': `${head}.${body}.${Buffer.alloc(32).toString('base64url')}`,
        'a letter added': `${good}A`,
        'other base64': good
          .replaceAll('-', '+')
          .replaceAll('_', '/')
          .padEnd(good.length + 1, '='),
        'of another deployment': (await other.makeKey(await other.makePerson(), 'signed')).text,
      };
      const { app, secret } = await service.makeApp();
      for (const [what, text] of Object.entries(forged)) {
        assert.notEqual(text, good, what);
        assert.equal(await opens(text), false, what);
        const exchanged = await service.post('/oauth/token', {
          grant_type: 'client_credentials',
          customer_key: text,
          client_id: app.clientId,
          client_secret: secret ?? '',
        });
        assert.deepEqual([exchanged.status, exchanged.body['error']], [400, 'invalid_grant'], what);
      }
      assert.ok(await opens(good));
    });

    it('is no access token, and an access token is no key [security 28]', async () => {
      const access = createAccess(service.domain);
      assert.equal((await access.checkAccessToken(good)).ok, false);
      const { app, secret } = await service.makeApp();
      const { body } = await service.post('/oauth/token', {
        grant_type: 'client_credentials',
        customer_key: good,
        client_id: app.clientId,
        client_secret: secret ?? '',
      });
      const token = String(body['access_token']);
      assert.ok((await access.checkAccessToken(token)).ok);
      assert.equal(await opens(token), false);
    });
  });
}
