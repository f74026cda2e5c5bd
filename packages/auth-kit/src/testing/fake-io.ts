// An Io for tests: everything written is kept, time stands until it is moved, and a sleep moves it.
import type { Io } from '../io.ts';

export type FakeIo = Io & {
  readonly out: () => string;
  readonly err: () => string;
  /** Milliseconds slept, in order. */
  readonly slept: number[];
  readonly opened: string[];
  readonly advance: (ms: number) => void;
  readonly interrupt: () => void;
};

export function fakeIo(overrides: Partial<Io> = {}): FakeIo {
  let out = '';
  let err = '';
  let elapsed = 0;
  const start = Date.now();
  const slept: number[] = [];
  const opened: string[] = [];
  const interrupt = new AbortController();
  return {
    env: {},
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => start + elapsed,
    monotonicMs: () => elapsed,
    sleep: async (ms, signal) => {
      if (signal?.aborted === true) return;
      slept.push(ms);
      elapsed += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    stdout: { write: (text) => void (out += text), isTTY: false, columns: () => undefined },
    stderr: { write: (text) => void (err += text), isTTY: false, columns: () => undefined },
    stdinIsTTY: false,
    readStdin: () => Promise.resolve(''),
    homedir: () => '/home/nobody',
    platform: 'linux',
    openBrowser: (url) => {
      opened.push(url);
      return Promise.resolve(true);
    },
    signal: interrupt.signal,
    ...overrides,
    out: () => out,
    err: () => err,
    slept,
    opened,
    advance: (ms) => {
      elapsed += ms;
    },
    interrupt: () => interrupt.abort(),
  };
}
