// The search for canaries is worth what it finds: one is planted in each kind of place.
import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { noProc, openMachine } from './canary.ts';
import { databaseEvidence, findLeaks } from './canary-search.ts';

/** What is done in the background is done soon. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await delay(20);
};

test(
  '[cli 10] the search itself finds a canary in each kind of place and form',
  { skip: noProc },
  async () => {
    const machine = await openMachine();
    const canary = 'planted+canary/7f:3e';
    machine.secrets.add(canary);
    const look = (): readonly string[] =>
      findLeaks(machine.evidence.splice(0), machine.secrets).map(({ place }) =>
        place.replace(/seen-\d+/, 'seen'),
      );

    // By standard input, so that it is in no other place of the same run.
    const run = (body: string, stdin = canary): Promise<unknown> =>
      machine.run(['sh', '-c', body], { stdin });
    await run('cat');
    assert.deepEqual(look(), ['stdout of sh -c cat']);
    await run('cat >&2');
    assert.deepEqual(look(), ['stderr of sh -c cat >&2']);
    const based = Buffer.from(`me:${canary}`);
    const forms = [
      encodeURIComponent(canary),
      Buffer.from(canary).toString('hex'),
      based.toString('base64'),
      based.toString('base64url'),
    ];
    for (const form of forms) {
      await run('cat', form);
      assert.deepEqual(look(), ['stdout of sh -c cat'], form);
    }
    await run('mkdir -p "$HOME/.cache"; cat > "$HOME/.cache/debug.log"');
    assert.deepEqual(look(), ['file home/.cache/debug.log']);
    await run('rm -r "$HOME/.cache"; cat > "$TMPDIR/crash"');
    assert.deepEqual(look(), ['file tmp/crash']);
    await run('rm "$TMPDIR/crash"; read -r line; browser "$line"', `${canary}\n`);
    assert.ok(look().includes('file programs/seen'), 'an argument of a program that was started');
  },
);

test(
  '[cli 10] the search itself sees arguments and environments while a process runs, and modes that are too loose',
  { skip: noProc },
  async () => {
    const machine = await openMachine();
    const canary = 'planted-canary-9a41';
    machine.secrets.add(canary);
    const wait = '"$NODE" -e "setInterval(() => {}, 1000)" "$CANARY" & pid=$!';
    const untilTold = 'while [ ! -e "$HOME/stop" ]; do sleep 0.1; done; kill $pid';
    const running = machine.start(['sh', '-c', `${wait}; ${untilTold}`], {
      env: { CANARY: canary, NODE: process.execPath },
    });
    for (const part of [/^cmdline of a child of sh/, /^environ of a child of sh/]) {
      await until(() => findLeaks(running.watched(), machine.secrets).some(({ place }) => part.test(place)));
    }
    await writeFile(join(machine.home, 'stop'), '');
    await running.ended;
    const places = findLeaks(machine.evidence, machine.secrets).map(({ place }) => place.split(' of ')[0]);
    assert.deepEqual([...new Set(places)].toSorted(), ['cmdline', 'environ'], 'and it stays evidence');
    const path = join(machine.home, '.config/tokens/lofty-pkce-cache.json');
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, canary, { mode: 0o600 });
    await machine.lookAtFiles();
    assert.equal(machine.credentialFiles.get('.config/tokens/lofty-pkce-cache.json'), undefined);
    await chmod(path, 0o644);
    await machine.lookAtFiles();
    assert.equal(machine.credentialFiles.get('.config/tokens/lofty-pkce-cache.json'), '644 in 700');
  },
);

test('[cli 10] the search itself finds a canary in a log line and in a row of a database that was deleted', async () => {
  const machine = await openMachine();
  const canary = 'planted-canary-55e0';
  const folder = join(machine.home, 'data');
  await mkdir(folder);
  const database = new DatabaseSync(join(folder, 'planted.db'));
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (text TEXT)');
  database.prepare('INSERT INTO t VALUES (?)').run(canary);
  database.exec('DELETE FROM t');
  const places = findLeaks(
    [...(await databaseEvidence(folder)), { place: 'log', bytes: Buffer.from(`{"event":"${canary}"}\n`) }],
    new Set([canary]),
  ).map(({ place }) => place);
  database.close();
  assert.deepEqual(places.toSorted(), ['database planted.db-wal', 'log']);
});
