// Several ways of one login may run at once; only one of them may end in a credential. Whoever asks the server for it
// passes here: one at a time, and nobody after the first success.
import type { Result } from '../failure.ts';

export type Turnstile = {
  readonly pass: <T>(work: () => Promise<Result<T>>) => Promise<Result<T> | 'over'>;
};

/** Give the same one to each way of a login. `pass` answers `over` to whoever comes after the first success. */
export function turnstile(): Turnstile {
  let before: Promise<unknown> = Promise.resolve();
  let over = false;
  return {
    pass: (work) => {
      const mine = before.then(async () => {
        if (over) return 'over' as const;
        const result = await work();
        over = result.ok;
        return result;
      });
      before = mine.catch(() => undefined);
      return mine;
    },
  };
}
