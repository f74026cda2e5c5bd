// What a deployment can set about its gateway, with the defaults of protocol.md 11 and 16.
import { REQUESTS_PER_MINUTE, type AppMode } from '../domain/apps/app.ts';

export type GatewaySettings = {
  /** The gateway's own origin, e.g. `https://api.example.com`; upstreams see it in X-Forwarded-Proto and -Host. */
  readonly publicOrigin: string;
  /** Pages live on the same origin: proxied answers then run in a sandbox. */
  readonly sharedOrigin: boolean;
  readonly opaqueKeyPrefix: string;
  readonly legacyRawKey: boolean;
  readonly requestsPerMinute: Readonly<Record<AppMode | 'apiKey', number>>;
  readonly bodyLimitBytes: number;
  readonly connectTimeoutMs: number;
  /** Until the upstream's answer begins. */
  readonly answerTimeoutMs: number;
  /** Between two pieces of the upstream's answer. */
  readonly pieceTimeoutMs: number;
  readonly upstreamConnections: number;
  /** Requests under way at once; more are refused with 503 rather than queued without end. */
  readonly underWayLimit: number;
  /** Cookies of ours begin so; an upstream may not set them. */
  readonly ownCookiePrefixes: readonly string[];
};

export const DEFAULT_GATEWAY_SETTINGS: Omit<GatewaySettings, 'publicOrigin'> = {
  sharedOrigin: false,
  opaqueKeyPrefix: 'loomta_sk_',
  legacyRawKey: true,
  requestsPerMinute: { ...REQUESTS_PER_MINUTE, apiKey: 500 },
  bodyLimitBytes: 10 * 1024 * 1024,
  connectTimeoutMs: 5_000,
  answerTimeoutMs: 30_000,
  pieceTimeoutMs: 60_000,
  upstreamConnections: 128,
  underWayLimit: 2_000,
  ownCookiePrefixes: ['latchkey', 'lk_', 'lk-'],
};
