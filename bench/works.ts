// What is measured: each kind of work, in plain words, and what a server says about how to ask it for that work.

export const WORKS = {
  'client-credentials': 'client_credentials, opaque customer key',
  'client-credentials-signed': 'client_credentials, signed customer key',
  introspection: 'introspection of an active token',
  refresh: 'refresh, confidential app (no write)',
  'refresh-rotating': 'refresh, public app (durable rotation)',
  code: 'code exchange with PKCE (durable)',
  'device-pending': 'device poll, pending',
  'api-key': 'API-key check, opaque (forward-auth)',
  'api-key-signed': 'API-key check, signed (forward-auth)',
} as const;

export type Work = keyof typeof WORKS;
export const ALL_WORKS = Object.keys(WORKS) as readonly Work[];

export const QUICK_WORKS = ALL_WORKS.filter((work) => !work.endsWith('-signed'));

/** The order in which tables name them; rounds rotate it. */
export const SERVERS = ['bare', 'latchkey', 'oidc-provider'] as const;
export type ServerKind = (typeof SERVERS)[number];

export type Plan = {
  readonly port: number;
  /** Whole HTTP/1.1 requests as they go over the wire. */
  readonly requests: readonly string[];
  /**
   * `again`: any request at any time. `once`: each is good for one answer (codes). `follow`: request n belongs to
   * connection n, and each answer's `refresh_token` takes the place of the one that was sent.
   */
  readonly use: 'again' | 'once' | 'follow';
  /** What every right answer has; all others are counted as wrong. */
  readonly expect: { readonly status: number; readonly text: string };
};

/** An answer to be repeated by the bare server, byte for byte but for the date. */
export type Recorded = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
};

/** What runs in a server's own process. */
export type Target = {
  /** `wanted`: how many requests the coming round may need when each is good once. */
  readonly plan: (work: Work, wanted: number) => Promise<Plan>;
  /** Only the bare server repeats. */
  readonly repeat?: (answer: Recorded) => number;
  readonly close: () => Promise<void>;
};
