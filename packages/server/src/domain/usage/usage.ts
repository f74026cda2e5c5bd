// Usage: what an app's calls came to. Counts by minute and day, and the last requests with the reason of each refusal.
// Nothing of a body, a query or a person is kept: vendors see their app's traffic, not its users.
import type { AppId } from '../apps/app.ts';

export type Outcome = '2xx' | '4xx' | '429' | '5xx';

export const ALL_OUTCOMES: readonly Outcome[] = ['2xx', '4xx', '429', '5xx'];

export const outcomeOf = (status: number): Outcome => {
  if (status === 429) return '429';
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : '2xx';
};

export type RequestEntry = {
  readonly id: number;
  readonly appId: AppId;
  readonly atMs: number;
  readonly method: string;
  /** As it was asked for, without its query. */
  readonly path: string;
  readonly status: number;
  /** The gateway's reason; `ok` when it was forwarded. */
  readonly reason: string;
  readonly requestId: string;
  readonly durationMs: number;
};

export type UsageCount = {
  readonly appId: AppId;
  /** Start of the minute or day (UTC), epoch milliseconds. */
  readonly startMs: number;
  /** A permission id, `token/{grant_type}`, or `unknown` for calls of no endpoint. */
  readonly what: string;
  readonly outcome: Outcome;
  readonly count: number;
};

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** The log of an app holds this many. */
export const REQUESTS_KEPT = 1_000;
export const MINUTES_KEPT_MS = 48 * 3_600_000;
export const DAYS_KEPT_MS = 400 * DAY_MS;
