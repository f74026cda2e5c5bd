// What `npm run bench -- …` takes.
import { parseArgs } from 'node:util';
import { ALL_WORKS, QUICK_WORKS, type Work } from './works.ts';

export type BenchArguments = {
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
  readonly connections: number;
  readonly works: readonly Work[];
  readonly profileFolder: string | undefined;
};

export const USAGE = `npm run bench                      every work, a few minutes
npm run bench -- --quick           shorter rounds, opaque keys only, under a minute
  --only NAME[,NAME]               some works: ${ALL_WORKS.join(', ')}
  --rounds N  --seconds S          how many rounds, and how long each is
  --connections N                  requests under way at once (64)
  --profile FOLDER                 Latchkey's CPU profile of the rounds (latchkey.cpuprofile)`;

const isWork = (name: string): name is Work => (ALL_WORKS as readonly string[]).includes(name);

const positive = (text: string | undefined, fallback: number, option: string): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${option} is "${text}"; it must be a number above 0.`);
  return value;
};

/** Throws with a sentence for the terminal. */
export const parseBenchArguments = (words: readonly string[]): BenchArguments | 'help' => {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const names = values.only?.split(',') ?? (values.quick ? QUICK_WORKS : ALL_WORKS);
  const unknown = names.find((name) => !isWork(name));
  if (unknown !== undefined) throw new Error(`"${unknown}" is none of ${ALL_WORKS.join(', ')}.`);
  const roundMs = positive(values.seconds, values.quick ? 0.2 : 1.2, 'seconds') * 1000;
  return {
    rounds: Math.ceil(positive(values.rounds, values.quick ? 5 : 7, 'rounds')),
    roundMs,
    // Until the compiler has settled: half-compiled code costs twice and more.
    warmUpMs: values.quick ? 1_200 : 3_000,
    connections: Math.min(64, Math.ceil(positive(values.connections, 64, 'connections'))),
    works: names.filter(isWork),
    profileFolder: values.profile,
  };
};
