// Everything the kit asks of the outside world, in one object, so that a test or another host can replace any part.
import { homedir } from 'node:os';
import type { Machine } from './login/machine.ts';
import { isTerminal, standardError, standardOutput } from './terminal/standard-output.ts';
import type { Output } from './terminal/standard-output.ts';

export type StopKeys = () => void;

export type Io = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  /** Wall clock, epoch milliseconds. May jump: deadlines use `monotonicMs`. */
  readonly now: () => number;
  readonly monotonicMs: () => number;
  /** Resolves early, without throwing, when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdinIsTTY: boolean;
  readonly readStdin: () => Promise<string>;
  /**
   * The keyboard while a wait is on screen; undefined without a terminal. A key comes as one symbol, pasted text as
   * more, with `\r` at its end where the terminal marks pastes. It listens, and nothing is echoed, once it answers. Call
   * the result to stop.
   */
  readonly keys?: ((onInput: (input: string) => void) => StopKeys | Promise<StopKeys>) | undefined;
  readonly homedir: () => string;
  readonly platform: string;
  /** False when nothing could be started. Never throws, never waits for the browser to end. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** Puts a text on the clipboard with a program of this machine; false where there is none. */
  readonly copy?: ((text: string) => Promise<boolean>) | undefined;
  readonly machine?: (() => Promise<Machine>) | undefined;
  /** Aborts on Ctrl-C (or SIGTERM). Every wait of the kit ends with a `cancelled` failure then. */
  readonly signal: AbortSignal;
};

/** The real outside world. A second Ctrl-C ends the process at once, as without us. */
export function nodeIo(overrides: Partial<Io> = {}): Io {
  const interrupt = new AbortController();
  let giveKeysBack = (): void => undefined;
  if (overrides.signal === undefined) {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      const stop = (): void => {
        const again = interrupt.signal.aborted;
        interrupt.abort();
        if (!again) return;
        giveKeysBack();
        process.off(name, stop);
        process.kill(process.pid, name);
      };
      process.on(name, stop);
    }
  }
  const stdinIsTTY = isTerminal(0, () => process.stdin);
  return {
    env: process.env,
    // Loaded at the first call: a cached command never needs it.
    fetch: async (input, init) => {
      const { environmentFetch } = await import('./http/environment-fetch.ts');
      return await environmentFetch(overrides.env ?? process.env)(input, init);
    },
    now: () => Date.now(),
    // Not `performance`, which Node loads only when asked for.
    monotonicMs: () => Number(process.hrtime.bigint() / 1000n) / 1000,
    sleep,
    randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    stdout: standardOutput(),
    stderr: standardError(),
    stdinIsTTY,
    readStdin,
    keys: stdinIsTTY ? async (onInput) => (giveKeysBack = await keyboard(onInput)) : undefined,
    homedir,
    platform: process.platform,
    openBrowser: async (url) => (await import('./login/open-browser.ts')).open(url, process.env),
    copy: async (text) => (await import('./terminal/clipboard-program.ts')).copyWithProgram(text),
    machine: async () => (await import('./login/machine.ts')).lookAround(process.env),
    signal: interrupt.signal,
    ...overrides,
  };
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** Loaded at first use: only a login reads keys. */
async function keyboard(onInput: (input: string) => void): Promise<StopKeys> {
  const { readKeys } = await import('./terminal/read-keys.ts');
  return readKeys({ onInput, onInterrupt: () => process.kill(process.pid, 'SIGINT') });
}
