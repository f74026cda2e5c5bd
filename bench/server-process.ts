// A server in a process of its own, asked over IPC: for plans, and for the CPU time that a round cost it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pinServer, type Cores } from './cores.ts';
import { startProfile, writeProfile } from './profile.ts';
import type { Plan, Recorded, ServerKind, Target, Work } from './works.ts';

type Ask =
  | { readonly kind: 'plan'; readonly work: Work; readonly wanted: number }
  | { readonly kind: 'repeat'; readonly answer: Recorded }
  | { readonly kind: 'cpu' }
  | { readonly kind: 'start-profile' }
  | { readonly kind: 'write-profile'; readonly file: string }
  | { readonly kind: 'close' };
type Numbered = { readonly n: number; readonly ask: Ask };
type Reply = { readonly n: number; readonly value?: unknown; readonly failure?: string };

export type ServerProcess = {
  readonly plan: (work: Work, wanted: number) => Promise<Plan>;
  readonly repeat: (answer: Recorded) => Promise<number>;
  /** CPU time of the process so far, milliseconds, user and system. */
  readonly cpuMs: () => Promise<number>;
  readonly startProfile: () => Promise<void>;
  readonly writeProfile: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

export const startServer = async (kind: ServerKind, cores: Cores | undefined): Promise<ServerProcess> => {
  const child = fork(MAIN, ['--serve', kind], {
    execArgv: ['--conditions=@latchkey/source'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const answer of waiting.values()) answer({ n: 0, failure: `The ${kind} server ended.` });
      resolve();
    });
  });
  let next = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.n)?.(reply);
    waiting.delete(reply.n);
  });
  const ask = (what: Ask): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const n = (next += 1);
      waiting.set(n, ({ value, failure }) => {
        if (failure === undefined) resolve(value);
        else reject(new Error(`${kind}: ${failure}`));
      });
      child.send({ n, ask: what } satisfies Numbered);
    });
  await ask({ kind: 'cpu' });
  pinServer(child.pid ?? 0, cores);
  return {
    plan: (work, wanted) => ask({ kind: 'plan', work, wanted }) as Promise<Plan>,
    repeat: (answer) => ask({ kind: 'repeat', answer }) as Promise<number>,
    cpuMs: () => ask({ kind: 'cpu' }) as Promise<number>,
    startProfile: () => ask({ kind: 'start-profile' }) as Promise<void>,
    writeProfile: (file) => ask({ kind: 'write-profile', file }) as Promise<void>,
    async close() {
      await ask({ kind: 'close' });
      child.disconnect();
      await exited;
    },
  };
};

const perform = async (target: Target, ask: Ask): Promise<unknown> => {
  switch (ask.kind) {
    case 'plan':
      return target.plan(ask.work, ask.wanted);
    case 'repeat':
      return target.repeat?.(ask.answer);
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    }
    case 'start-profile':
      return startProfile();
    case 'write-profile':
      return writeProfile(ask.file);
    case 'close':
      return target.close();
  }
};

/** The other side: runs in the server's process until its parent goes. */
export const serveAsks = (starting: Promise<Target>): void => {
  const answer = (reply: Reply): void => {
    if (process.connected) process.send?.(reply);
  };
  process.on('message', ({ n, ask }: Numbered) => {
    starting
      .then((target) => perform(target, ask))
      .then(
        (value) => answer({ n, value }),
        (error: unknown) => answer({ n, failure: (error as Error).stack ?? String(error) }),
      );
  });
  // However the parent ended, Ctrl-C included: the data folder goes, too.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => {
    starting
      .then((target) => target.close())
      .then(
        () => process.exit(),
        () => process.exit(),
      );
  });
};
