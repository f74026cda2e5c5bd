// Ids: safe integers, unique over all kinds and never given again, leased from one counter row in blocks.
import type { Engine } from './engine.ts';

export type NextId = () => Promise<number>;

const blockSize = 1000;
/** Leasing ahead keeps callers from waiting for a commit at the end of each block. */
const leaseAheadBelow = 250;

type Block = { next: number; readonly end: number };

/** What a process does not use of its block is lost when it ends; nothing is ever given twice. */
export const leaseIds = (engine: Engine): NextId => {
  let block: Block = { next: 0, end: 0 };
  let spare: Promise<Block> | undefined;

  const renew = async (): Promise<void> => {
    const leased = await (spare ??= lease(engine));
    if (block.next < block.end) return;
    block = leased;
    spare = undefined;
  };

  return async () => {
    while (block.next >= block.end) {
      try {
        await renew();
      } catch (error) {
        spare = undefined;
        throw error;
      }
    }
    const id = block.next;
    block.next += 1;
    if (block.end - block.next === leaseAheadBelow) {
      spare ??= lease(engine);
      // A failure shows to the caller who needs the block.
      spare.catch(() => undefined);
    }
    return id;
  };
};

const lease = async (engine: Engine): Promise<Block> => {
  for (;;) {
    const [row] = await engine.read({ sql: `select n from counters where name = 'ids'`, values: {} });
    if (row === undefined) throw new Error('The counter row "ids" is missing: run the migrations.');
    const seen = Number(row['n']);
    const won = await engine.commit({
      claims: [
        {
          sql: `update counters set n = n + :size where name = 'ids' and n = :seen`,
          values: { size: blockSize, seen },
        },
      ],
      writes: [],
    });
    if (won) return { next: seen + 1, end: seen + 1 + blockSize };
  }
};
