// The address that counts for throttles: the connection's, or the one that the nearest trusted proxy saw.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** `trustedProxies`: how many hops in front are ours; X-Forwarded-For is then counted from the right, never the left. */
export const clientAddress =
  (trustedProxies: number) =>
  (incoming: IncomingMessage): string => {
    const direct = incoming.socket.remoteAddress ?? 'unknown';
    if (trustedProxies === 0) return direct;
    const forwarded = [incoming.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    const seen = forwarded.at(-trustedProxies)?.trim() ?? '';
    return isIP(seen) === 0 ? direct : seen;
  };
