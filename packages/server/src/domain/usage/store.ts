import type { AppId } from '../apps/app.ts';
import type { RequestEntry, UsageCount } from './usage.ts';

export interface UsageStore {
  /** Adds requests to the log and counts to their minutes and days; all or nothing. */
  record(batch: {
    readonly requests: readonly RequestEntry[];
    readonly counts: readonly UsageCount[];
  }): Promise<void>;
  /** Newest first, before an id; `refused` leaves out those that were forwarded. */
  requestsOf(
    appId: AppId,
    wanted: { readonly refused: boolean; readonly before?: number; readonly limit: number },
  ): Promise<readonly RequestEntry[]>;
  /** From (inclusive) to (exclusive), in order. */
  minutesOf(appId: AppId, fromMs: number, toMs: number): Promise<readonly UsageCount[]>;
  daysOf(appId: AppId, fromMs: number, toMs: number): Promise<readonly UsageCount[]>;
  /** Removes the app's requests beyond the newest `keep`. */
  trim(appId: AppId, keep: number): Promise<void>;
  discard(minutesBeforeMs: number, daysBeforeMs: number, limit: number): Promise<number>;
}
