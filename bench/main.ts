// The benchmarks: Latchkey, bare node:http and oidc-provider side by side in one run; ratios, never promises in seconds.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseBenchArguments, USAGE, type BenchArguments } from './arguments.ts';
import { pinLoad } from './cores.ts';
import { runRounds } from './rounds.ts';
import { serveAsks, startServer } from './server-process.ts';
import { cautions, tableOf } from './table.ts';
import type { ServerKind, Target } from './works.ts';

/** Each loads only its own: a peer's modules must not weigh on another's process. */
const STARTERS: Readonly<Record<ServerKind, () => Promise<Target>>> = {
  bare: async () => (await import('./servers/bare.ts')).startBare(),
  latchkey: async () => (await import('./servers/latchkey.ts')).startLatchkey(),
  'oidc-provider': async () => (await import('./servers/oidc-provider.ts')).startOidcProvider(),
};

const progress = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
};

const run = async (wanted: BenchArguments): Promise<void> => {
  const startedMs = performance.now();
  const cores = pinLoad();
  const start = (kind: ServerKind) => startServer(kind, cores);
  const servers = {
    bare: await start('bare'),
    latchkey: await start('latchkey'),
    'oidc-provider': await start('oidc-provider'),
  };
  const { profileFolder } = wanted;
  const warm = async (): Promise<void> => {
    if (profileFolder !== undefined) await servers.latchkey.startProfile();
  };
  try {
    const samples = await runRounds(servers, { ...wanted, warm, progress });
    if (profileFolder !== undefined)
      await servers.latchkey.writeProfile(join(profileFolder, 'latchkey.cpuprofile'));
    progress('');
    const pinned =
      cores === undefined ? 'not pinned' : `servers on core ${cores.server}, load on core ${cores.load}`;
    console.log(
      `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${pinned}; ` +
        `${wanted.connections} connections, medians of ${wanted.rounds} interleaved rounds of ${wanted.roundMs / 1000} s each\n`,
    );
    console.log(tableOf(samples));
    console.log(
      '\n"/ bare": requests a second against bare node:http repeating the same answer to the same request (1.00); "CPU": the same by',
      '\nCPU time of the server process per request, the steadier figure. See docs/benchmarks.md.',
    );
    if (profileFolder !== undefined) console.log('Note: profiled; do not quote these figures.');
    for (const caution of cautions(samples)) console.log(`Note: ${caution}`);
    console.log(`Took ${Math.round((performance.now() - startedMs) / 1000)} s.`);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.close()));
  }
};

const main = async (words: readonly string[]): Promise<void> => {
  const wanted = parseBenchArguments(words);
  if (wanted === 'help') console.log(USAGE);
  else await run(wanted);
};

const [first, kind] = process.argv.slice(2);
if (first === '--serve') {
  serveAsks(STARTERS[kind as ServerKind]());
} else {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
