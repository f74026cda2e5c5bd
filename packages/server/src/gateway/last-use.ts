// Last use of connections and API keys, to the minute: at most one note a minute for each, so that checks write nothing.
import type { Caller } from '../domain/access/access.ts';

export type Use = { readonly connectionId?: number; readonly keyPublicId?: string; readonly atMs: number };

const MINUTE_MS = 60_000;
const MAX_NOTED = 200_000;

export const createLastUse = (note: (use: Use) => void): ((caller: Caller, nowMs: number) => void) => {
  let minute = 0;
  const noted = new Set<number | string>();
  const isNew = (id: number | string): boolean => {
    if (noted.has(id)) return false;
    // Past the bound uses are noted more often than needed, never forgotten.
    if (noted.size < MAX_NOTED) noted.add(id);
    return true;
  };
  return ({ connectionId, keyPublicId }, nowMs) => {
    const current = Math.floor(nowMs / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      noted.clear();
    }
    if (connectionId !== undefined && isNew(connectionId)) note({ connectionId, atMs: nowMs });
    if (keyPublicId !== undefined && isNew(keyPublicId)) note({ keyPublicId, atMs: nowMs });
  };
};
