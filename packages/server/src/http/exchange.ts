// One request and its answer, as machine endpoints see them. Raw on purpose: the gateway decides on the exact target.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Uint8Array;
};

/** The handler wrote to `outgoing` itself (a proxied answer). */
export const ANSWERED = Symbol('answered');

export type Exchange = {
  readonly method: string;
  /** The request target as it came, path and query, nothing decoded or normalised. */
  readonly target: string;
  /** The part of the target before `?`. */
  readonly path: string;
  /** The part after `?`, without it; `undefined` when there is none. */
  readonly query: string | undefined;
  /** The one value of a header; doubled ones are `undefined` here and refused where they matter (`incoming.rawHeaders`). */
  readonly header: (name: string) => string | undefined;
  /** The address that counts for throttles, from the connection or from trusted proxies (configuration). */
  readonly address: string;
  readonly requestId: string;
  /** The whole body, at most `limitBytes`; 'too-large' otherwise. Reads once. */
  readonly body: (limitBytes: number) => Promise<Uint8Array | 'too-large' | 'aborted'>;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
};

export type Handler = (exchange: Exchange) => Promise<Answer | typeof ANSWERED> | Answer | typeof ANSWERED;
