// Whether a POST came from a page of ours (protocol.md 10; security.md 13). Headers can only prove that it did not:
// `Origin: null` and absent headers say nothing, and the token of the form decides.
import { timingSafeEqual } from 'node:crypto';
import type { Exchange } from './exchange.ts';

export const isForeign = (exchange: Pick<Exchange, 'header' | 'incoming'>, issuer: string): boolean => {
  if (exchange.header('sec-fetch-site') === 'cross-site') return true;
  const origin = exchange.header('origin');
  return origin !== undefined && origin !== 'null' && origin !== new URL(issuer).origin;
};

/** Constant time. */
export const isSameToken = (given: string | undefined, expected: string): boolean => {
  if (given === undefined) return false;
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};
