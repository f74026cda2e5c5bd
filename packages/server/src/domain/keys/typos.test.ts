// A mistyped key is known by its checksum, without a look into the database; a well-formed one that is nobody's, ended or
// another's is answered alike, so that numbers inside keys tell nothing [security 58].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { databases, type TestDatabase } from '../../storage/testing/databases.ts';
import { caused, startService, type Person, type Service } from '../../testing/service.ts';
import { openSession } from '../../testing/session.ts';
import { createAccess } from '../access/check.ts';
import { createManagementKey } from '../management-keys/create.ts';
import { checkManagementKey } from '../management-keys/check.ts';
import { perform } from '../operation.ts';
import { createKey } from './create.ts';
import type { KeyForm } from './key.ts';
import { listKeys } from './list.ts';
import { revealKey } from './reveal.ts';
import { revokeKey } from './revoke.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ON_LOOMTA: ReadonlySet<KeyForm> = new Set(['opaque']);
const EVERYWHERE: ReadonlySet<KeyForm> = new Set(['opaque', 'signed', 'legacy']);

/** Every key that differs from this one in a letter, each place with another wrong letter; and two letters swapped. */
const typosOf = (text: string, prefixLength: number): readonly string[] => {
  const letters = [...text];
  return letters.flatMap((letter, index) => {
    if (index < prefixLength) return [];
    const other = ALPHABET[(ALPHABET.indexOf(letter) + 1 + (index % 40)) % ALPHABET.length] ?? '';
    const next = letters[index + 1];
    const swapped =
      next === undefined || next === letter
        ? []
        : [text.slice(0, index) + next + letter + text.slice(index + 2)];
    return [text.slice(0, index) + other + text.slice(index + 1), ...swapped];
  });
};

for (const database of databases) {
  describe(`keys on ${database.name}`, () => {
    let service: Service;
    let ari: Person;
    let reads = 0;
    const counted: TestDatabase = {
      name: database.name,
      async open() {
        const opened = await database.open();
        const read: typeof opened.database.read = (statement) => {
          reads += 1;
          return opened.database.read(statement);
        };
        return { ...opened, database: { ...opened.database, read } };
      },
    };
    before(async () => {
      service = await startService(counted);
      ari = await service.makePerson();
    });
    after(() => service.close());

    const asking = async (person: Person) => ({
      asker: {
        user: person.user,
        session: (await openSession(service.domain, 'cookie', person)).session,
      },
      caused,
    });
    const managementKey = async (): Promise<string> => {
      const input = { name: 'CI', operations: ['apps.list'] };
      const made = await perform(service.domain, createManagementKey, await asking(ari), input);
      assert.ok(made.ok);
      return made.value.secret;
    };

    it('mistyped are refused without reading the database, each letter and each swap [security 58]', async () => {
      const { domain } = service;
      const access = createAccess(domain);
      const { text } = await service.makeKey(ari, 'opaque');
      const mk = await managementKey();
      const before = reads;
      for (const typo of typosOf(text, domain.settings.opaqueKeyPrefix.length)) {
        assert.equal((await access.checkApiKey(typo, ON_LOOMTA)).ok, false, typo);
        assert.equal((await access.checkApiKey(typo, EVERYWHERE)).ok, false, typo);
      }
      for (const typo of typosOf(mk, SECRET_PREFIX.managementKey.length))
        assert.equal(await checkManagementKey(domain, typo), undefined, typo);
      assert.equal(reads, before);
      assert.ok((await access.checkApiKey(text, ON_LOOMTA)).ok);
      assert.ok((await checkManagementKey(domain, mk)) !== undefined);
      assert.ok(reads > before, 'reads are counted');
    });

    it('well-formed ones with the number of a key that is there, that ended or that never was are answered alike [security 58]', async () => {
      const { domain } = service;
      const access = createAccess(domain);
      const [live, ended] = [await service.makeKey(ari, 'opaque'), await service.makeKey(ari, 'opaque')];
      const by = await asking(ari);
      assert.ok((await perform(domain, revokeKey, by, { key: ended.key.publicId })).ok);
      const forgedFor = (id: number): string =>
        createRecordSecret(domain.settings.opaqueKeyPrefix, id, domain.secrets.random).secret;
      const answers = [];
      for (const text of [forgedFor(live.key.id), forgedFor(ended.key.id), forgedFor(7_777_777), ended.text])
        answers.push(await access.checkApiKey(text, ON_LOOMTA));
      for (const answer of answers)
        assert.deepEqual(answer, { ok: false, refusal: { kind: 'bad-credential' } });
    });

    it('that are opaque are shown once: no operation and no row gives them back [security 58]', async () => {
      const { domain } = service;
      const by = await asking(ari);
      const made = await perform(domain, createKey, by, {
        name: 'Script',
        workspace: ari.workspace.publicId,
        form: 'opaque',
        acknowledged: 'yes',
      });
      assert.ok(made.ok);
      const { key, text } = made.value;
      assert.match(text, /^loomta_sk_/);
      const revealed = await perform(domain, revealKey, by, { key: key.publicId });
      assert.deepEqual(revealed, { ok: false, reason: 'opaque' });
      const listed = await perform(domain, listKeys, by, {});
      const stored = await domain.stores.keys.find(key.id);
      const secretPart = text.slice('loomta_sk_'.length, -4);
      assert.ok(!JSON.stringify([listed, stored]).includes(secretPart));
      assert.ok((await createAccess(domain).checkApiKey(text, ON_LOOMTA)).ok);
    });

    it('that are revoked are refused at the next call, remembered or not [security 58]', async () => {
      const { domain } = service;
      const access = createAccess(domain);
      for (const form of ['opaque', 'signed'] as const) {
        const { key, text } = await service.makeKey(ari, form);
        assert.ok((await access.checkApiKey(text, EVERYWHERE)).ok);
        assert.ok((await perform(domain, revokeKey, await asking(ari), { key: key.publicId })).ok);
        assert.equal((await access.checkApiKey(text, EVERYWHERE)).ok, false, form);
        assert.equal((await createAccess(domain).checkApiKey(text, EVERYWHERE)).ok, false, form);
      }
    });
  });
}
