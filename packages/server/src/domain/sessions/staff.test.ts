// Reviewers and operators act as such only with a second factor, where the deployment asks for it (protocol.md 10).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { startService, type Service } from '../../testing/service.ts';
import type { Domain } from '../domain.ts';
import { newRecoveryCodes } from '../factors/recovery-codes.ts';
import { lockTotpSecret, newTotpSecret } from '../factors/totp.ts';
import { checkSession } from './check-session.ts';
import { openSession } from '../../testing/session.ts';

for (const database of databases.filter(({ name }) => name === 'sqlite')) {
  describe('staff', () => {
    let service: Service;
    before(async () => {
      service = await startService(database);
    });
    after(() => service.close());

    it('have no role without a second factor, have it with one, and lose it with the last one', async () => {
      const { domain } = service;
      const strict: Domain = { ...domain, settings: { ...domain.settings, staffSecondFactor: true } };
      const trace = () =>
        ({ verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() }) as const;
      const person = await service.makePerson();
      const user = {
        ...person.user,
        id: await domain.stores.nextId(),
        publicId: 'usr_staff',
        email: 'rory@crm.test',
        platformRole: 'reviewer' as const,
      };
      await domain.stores.users.create(user, trace());
      const { secret, session } = await openSession(domain, 'cookie', { user });
      const acting = async () => {
        const signedIn = await checkSession(strict, 'cookie', secret);
        return [signedIn?.user.platformRole, signedIn?.dormantRole];
      };
      assert.deepEqual(await acting(), ['none', 'reviewer']);
      assert.equal((await checkSession(domain, 'cookie', secret))?.user.platformRole, 'reviewer');
      const { codes } = await newRecoveryCodes(domain, user.id);
      const factor = {
        id: await domain.stores.nextId(),
        userId: user.id,
        secret: lockTotpSecret(domain, user.id, newTotpSecret(domain)),
        lastStep: 0,
        createdAtMs: domain.now(),
      };
      await domain.stores.factors.addTotp(factor, codes, session.id, trace());
      assert.deepEqual(await acting(), ['reviewer', undefined]);
      await domain.stores.factors.removeTotp(user.id, trace());
      assert.deepEqual(await acting(), ['none', 'reviewer']);
    });
  });
}
