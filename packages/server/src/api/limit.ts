// How much one caller may ask the management API in a minute: each management key, each person by session, and each address
// block without a working credential, which also bounds the guessing of keys.
import type { Domain } from '../domain/domain.ts';
import type { Asking } from '../domain/operation.ts';
import { addressBlock } from '../limits/address-block.ts';
import { createWindows, retryAfterSeconds } from '../limits/windows.ts';

/** Seconds until the caller may go on; undefined while there is room. */
export type ApiLimit = (asker: Asking | undefined | 'invalid', address: string) => number | undefined;

const callerOf = (asker: Asking | undefined | 'invalid', address: string): string => {
  if (asker === undefined || asker === 'invalid') return `address ${addressBlock(address)}`;
  return 'managementKey' in asker ? `key ${asker.managementKey.id}` : `person ${asker.user.id}`;
};

export const createApiLimit = ({ settings, now }: Pick<Domain, 'settings' | 'now'>): ApiLimit => {
  const windows = createWindows();
  return (asker, address) => {
    const nowMs = now();
    const taken = windows.take(callerOf(asker, address), settings.managementRequestsPerMinute, nowMs);
    return taken.allowed ? undefined : retryAfterSeconds(taken, nowMs);
  };
};
