// A bounded cache of rows that changes drop. A fill that was under way while its row changed is not kept.

export type Cache<V> = {
  readonly peek: (id: number) => V | undefined;
  /** The cached value, or what `load` finds; an absent row is not cached. */
  readonly get: (id: number, load: () => Promise<V | undefined>) => Promise<V | undefined>;
  readonly drop: (id: number) => void;
  readonly clear: () => void;
};

type Fill<V> = { stale: boolean; readonly value: Promise<V | undefined> };

export const createCache = <V>(maxEntries: number): Cache<V> => {
  const entries = new Map<number, V>();
  const filling = new Map<number, Fill<V>>();
  const keep = (id: number, value: V): void => {
    if (entries.size >= maxEntries) {
      const oldest = entries.keys().next();
      if (oldest.done !== true) entries.delete(oldest.value);
    }
    entries.set(id, value);
  };
  const startFill = (id: number, load: () => Promise<V | undefined>): Promise<V | undefined> => {
    const fill: Fill<V> = {
      stale: false,
      value: load().finally(() => {
        if (filling.get(id) === fill) filling.delete(id);
      }),
    };
    filling.set(id, fill);
    return fill.value.then((value) => {
      if (value !== undefined && !fill.stale) keep(id, value);
      return value;
    });
  };
  return {
    peek: (id) => entries.get(id),
    get(id, load) {
      const known = entries.get(id);
      if (known !== undefined) return Promise.resolve(known);
      return filling.get(id)?.value ?? startFill(id, load);
    },
    drop(id) {
      entries.delete(id);
      const fill = filling.get(id);
      if (fill !== undefined) fill.stale = true;
      filling.delete(id);
    },
    clear() {
      entries.clear();
      for (const fill of filling.values()) fill.stale = true;
      filling.clear();
    },
  };
};
