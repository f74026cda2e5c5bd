// Step 2 of the gateway: counts the request against its app, or its user and workspace where a bare API key came.
// Before the permission check: a 403 counts, a 401 does not (protocol.md 11).
import type { Caller } from '../domain/access/access.ts';
import { modeOf } from '../domain/apps/app.ts';
import { retryAfterSeconds, type Taken, type Windows } from '../limits/windows.ts';
import type { GatewaySettings } from './settings.ts';

export const count = (
  caller: Caller,
  windows: Windows,
  limits: GatewaySettings['requestsPerMinute'],
  nowMs: number,
): Taken => {
  const { app } = caller;
  return app === undefined
    ? windows.take(`user:${caller.userId}:${caller.workspaceId}`, limits.apiKey, nowMs)
    : windows.take(`app:${app.id}`, app.rateLimitPerMinute ?? limits[modeOf(app)], nowMs);
};

export const rateHeaders = (taken: Taken, nowMs: number): Record<string, string> => {
  const headers: Record<string, string> = {
    'x-ratelimit-limit': String(taken.limit),
    'x-ratelimit-remaining': String(taken.remaining),
    'x-ratelimit-reset': String(taken.resetSeconds),
  };
  if (!taken.allowed) headers['retry-after'] = String(retryAfterSeconds(taken, nowMs));
  return headers;
};
