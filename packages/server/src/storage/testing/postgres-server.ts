// A real Postgres for tests: found or installed, started on a free port in a folder of its own, gone with its owner.
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';

export type PostgresServer = { readonly url: string; readonly stop: () => Promise<void> };

const user = 'latchkey_test';
const aptGet = '/usr/bin/apt-get';
const missing =
  'Postgres is missing (initdb and postgres). Install it: `apt-get install postgresql` on Debian and Ubuntu, `brew install postgresql` on macOS, or put its bin folder on PATH.';

/**
 * The shell outlives a killed owner just long enough to stop the server and remove the folder: its standard input
 * closes with the owner. Arguments: bin folder, data folder, port.
 */
const keeper = `
bin=$1 folder=$2 port=$3
"$bin/initdb" --no-sync --no-instructions --auth=trust --username=${user} --encoding=UTF8 --locale=C -D "$folder/data" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; rm -rf "$folder"; exit 1; }
"$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c fsync=off -c deadlock_timeout=10ms -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB >>"$folder/log" 2>&1 </dev/null &
server=$!
echo started
read -r _
kill -QUIT $server 2>/dev/null
wait $server 2>/dev/null
rm -rf "$folder"
`;

export const startPostgres = async (): Promise<PostgresServer> => {
  const bin = findBin() ?? installed();
  for (let attempt = 1; ; attempt += 1) {
    const server = await start(bin);
    if (server !== undefined) return server;
    if (attempt === 3) throw new Error('Postgres did not start for the tests on three free ports in turn.');
  }
};

const findBin = (): string | undefined => {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newestFirst = versions.map(Number).filter(Number.isFinite);
  newestFirst.sort((a, b) => b - a);
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const folders = [...newestFirst.map((version) => `${debian}/${version}/bin`), '/usr/local/bin', ...path];
  return folders.find(
    (folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')),
  );
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;

const installed = (): string => {
  if (!isRoot() || !existsSync(aptGet)) throw new Error(missing);
  process.stderr.write('Installing Postgres for the tests with apt-get …\n');
  const run = (...options: string[]): void => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync(aptGet, ['-qq', ...options], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  try {
    run('update');
    run('install', '-y', '--no-install-recommends', 'postgresql');
  } catch (cause) {
    throw new Error(missing, { cause });
  }
  const bin = findBin();
  if (bin === undefined) throw new Error(missing);
  return bin;
};

type Keeper = ChildProcessByStdio<Writable, Readable, null>;

const start = async (bin: string): Promise<PostgresServer | undefined> => {
  const identity = unprivileged();
  // A root's TMPDIR may be closed to the unprivileged user.
  const folder = mkdtempSync(join(identity === undefined ? tmpdir() : '/tmp', 'latchkey-test-postgres-'));
  if (identity !== undefined) chownSync(folder, identity.uid, identity.gid);
  const port = await freePort();
  const child: Keeper = spawn('/bin/sh', ['-c', keeper, 'sh', bin, folder, String(port)], {
    cwd: folder,
    // Ctrl-C reaches the owner alone; the keeper then cleans up behind it.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...identity,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.ref();
    child.stdin.end();
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgres://${user}@127.0.0.1:${port}/postgres`;
  if (!(await answers(url, child))) {
    await stop();
    return undefined;
  }
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void }).unref();
  return { url, stop };
};

/** Postgres refuses to run as root. */
const unprivileged = (): { uid: number; gid: number } | undefined => {
  if (!isRoot()) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (option: string): number =>
        Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error(
    'Postgres refuses to run as root, and there is no user "postgres" or "nobody" to run it as.',
  );
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const answers = async (url: string, child: Keeper): Promise<boolean> => {
  const endMs = performance.now() + 60_000;
  while (child.exitCode === null && performance.now() < endMs) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await setTimeout(25);
    }
  }
  return false;
};
