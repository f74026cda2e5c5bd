// `npm run bench:cli`: how long lofty-cli takes to start beside `node -e 0` of the same binary, and beside other tools.
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../median.ts';
import { timeRounds, type Command, type Times } from './pairs.ts';
import { signedInHome } from './signed-in-home.ts';

const USAGE = `npm run bench:cli                  21 rounds
  --rounds N                       how many, at least 15
  --peers FOLDER                   also look for other tools in FOLDER/node_modules/.bin

Other tools are timed when they are found on the PATH or in FOLDER: gh, heroku, wrangler, netlify, firebase.`;

const TARGET = 1.6;
const FEWEST_ROUNDS = 15;
const BARE = 'node -e 0';
const main = fileURLToPath(new URL('../../packages/lofty-cli/dist/main.js', import.meta.url));

const ours = (...args: readonly string[]): Command => ({
  name: `lofty-cli ${args.join(' ')}`,
  argv: [process.execPath, main, ...args],
  exitCode: 0,
});

const OURS = [ours('--help'), ours('auth', 'token'), ours('auth', 'status', '--offline')];

/** The cheapest thing each can do without a network. */
const PEERS: readonly (readonly [string, ...string[]])[] = [
  ['gh', '--version'],
  ['heroku', '--version'],
  ['wrangler', '--version'],
  ['netlify', '--version'],
  ['firebase', '--version'],
];

const findPeers = (folder: string | undefined): readonly Command[] => {
  const places = (process.env['PATH'] ?? '').split(delimiter);
  if (folder !== undefined) places.unshift(join(folder, 'node_modules', '.bin'));
  return PEERS.flatMap(([program, ...args]) => {
    const file = places.map((place) => join(place, program)).find(existsSync);
    return file === undefined
      ? []
      : [{ name: [program, ...args].join(' '), argv: [file, ...args] as const, exitCode: 0 }];
  });
};

/** Each round's own ratio first, then the median: neighbours in time share their noise. */
const ratio = (times: Times, name: string): number => {
  const bare = times.get(BARE) ?? [];
  return median((times.get(name) ?? []).map((ms, round) => ms / (bare[round] ?? NaN)));
};

const tableOf = (times: Times): string => {
  const names = [...times.keys()];
  const width = Math.max(...names.map((name) => name.length));
  const row = (...cells: readonly [string, ...string[]]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(width) : cell.padStart(9))).join(' | ')} |`;
  return [
    row('command', 'x bare', 'median ms', 'min ms'),
    row('-'.repeat(width), '--------:', '--------:', '--------:'),
    ...names.map((name) => {
      const ms = times.get(name) ?? [];
      return row(name, ratio(times, name).toFixed(2), median(ms).toFixed(0), Math.min(...ms).toFixed(0));
    }),
  ].join('\n');
};

const bench = async (rounds: number, peers: string | undefined): Promise<void> => {
  if (!existsSync(main)) throw new Error('lofty-cli is not built. Run: npm run build');
  const home = await signedInHome();
  try {
    const commands: readonly Command[] = [
      { name: BARE, argv: [process.execPath, '-e', '0'], exitCode: 0 },
      ...OURS,
      ...findPeers(peers),
    ];
    const progress = (line: string): void => {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
    };
    const times = await timeRounds(commands, { rounds, env: home.env, cwd: home.folder, progress });
    progress('');
    const { node } = process.versions;
    console.log(`Node ${node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}),`);
    console.log(`medians of ${rounds} interleaved rounds of whole processes\n\n${tableOf(times)}`);
    const slow = OURS.filter(({ name }) => ratio(times, name) > TARGET);
    for (const { name } of slow)
      console.log(`Note: ${name} is over its target of ${TARGET} times bare node.`);
  } finally {
    await home.remove();
  }
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    peers: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const rounds = Number(values.rounds);
if (values.help) console.log(USAGE);
else if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS) {
  console.error(`--rounds is "${values.rounds}"; it must be a whole number from ${FEWEST_ROUNDS} on.`);
  process.exitCode = 2;
} else await bench(rounds, values.peers);
