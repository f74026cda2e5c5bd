// When credentials were last used, to the minute: at most one small write a minute each, never in the way of an answer.
import type { Stores } from './stores.ts';

export type LastUsed = {
  readonly note: (kind: 'key' | 'connection' | 'management-key', id: number) => void;
  /** With the address that it came from: of two live secrets a vendor sees which server still has the old one. */
  readonly noteSecret: (id: number, from: string) => void;
  /** Resolves when everything noted so far is written. */
  readonly settled: () => Promise<void>;
};

const MAX_ENTRIES = 100_000;

export const createLastUsed = (
  stores: Stores,
  nowMs: () => number,
  onError: (error: unknown) => void,
): LastUsed => {
  const minutes = new Map<string, number>();
  const pending = new Set<Promise<void>>();
  const write = {
    key: (id: number, atMs: number) => stores.keys.used(id, atMs),
    connection: (id: number, atMs: number) => stores.connections.used(id, atMs),
    'management-key': (id: number, atMs: number) => stores.managementKeys.used(id, atMs),
  };
  const onceAMinute = (name: string, writeAt: (atMs: number) => Promise<void>): void => {
    const atMs = nowMs();
    const minute = Math.floor(atMs / 60_000);
    if (minutes.get(name) === minute) return;
    if (minutes.size >= MAX_ENTRIES) minutes.clear();
    minutes.set(name, minute);
    const written: Promise<void> = writeAt(atMs)
      .catch(onError)
      .finally(() => pending.delete(written));
    pending.add(written);
  };
  return {
    note: (kind, id) => onceAMinute(`${kind}:${id}`, (atMs) => write[kind](id, atMs)),
    noteSecret: (id, from) => onceAMinute(`secret:${id}`, (atMs) => stores.apps.secretUsed(id, atMs, from)),
    async settled() {
      await Promise.all(pending);
    },
  };
};
