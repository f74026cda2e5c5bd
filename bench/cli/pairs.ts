// Interleaved runs of whole processes: each round starts every command once, in an order drawn anew, beside the bare one.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';

export type Command = {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** What it must exit with: a command that fails early would look fast. */
  readonly exitCode: number;
};

export type Times = ReadonlyMap<string, readonly number[]>;

const runOnce = (command: Command, env: NodeJS.ProcessEnv, cwd: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const [program, ...args] = command.argv;
    const startMs = performance.now();
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    // Read as a script would, and thrown away.
    child.stdout.resume();
    child.stderr.resume();
    child.once('error', reject);
    child.once('exit', (code) => {
      const ms = performance.now() - startMs;
      if (code === command.exitCode) resolve(ms);
      else reject(new Error(`${command.name} exited with ${code ?? 'a signal'}, not ${command.exitCode}.`));
    });
  });

const shuffled = (commands: readonly Command[]): readonly Command[] => {
  const left = [...commands];
  const drawn: Command[] = [];
  while (left.length > 0) drawn.push(...left.splice(randomInt(left.length), 1));
  return drawn;
};

/** Milliseconds of each command by round. The first round fills the system's caches and is not kept. */
export const timeRounds = async (
  commands: readonly Command[],
  options: {
    readonly rounds: number;
    readonly env: NodeJS.ProcessEnv;
    readonly cwd: string;
    readonly progress: (line: string) => void;
  },
): Promise<Times> => {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round <= options.rounds; round += 1) {
    options.progress(round === 0 ? 'Warming up' : `Round ${round} of ${options.rounds}`);
    for (const command of shuffled(commands)) {
      const ms = await runOnce(command, options.env, options.cwd);
      if (round > 0) times.get(command.name)?.push(ms);
    }
  }
  return times;
};
