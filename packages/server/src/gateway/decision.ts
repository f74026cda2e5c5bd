// What is told about each decision: to the live page, the logs and the metrics. Never a secret, never a query.
import type { Exchange } from '../http/exchange.ts';
import type { Known } from './judge.ts';
import type { RefusalReason } from './refusals.ts';

/** One line of the live page and the logs. The path is without its query, which may hold what is nobody's business. */
export type Decision = {
  readonly atMs: number;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly appId?: number;
  readonly userId?: number;
  readonly workspaceId?: number;
  readonly keyPublicId?: string;
  readonly permissionId?: string;
  readonly status: number;
  readonly reason: RefusalReason | 'ok' | 'preflight' | 'caller-gone';
  /** Until the head of the answer. */
  readonly durationMs: number;
};

const knownFields = ({ caller, permission }: Known): Partial<Decision> => ({
  ...(caller === undefined ? {} : { userId: caller.userId, workspaceId: caller.workspaceId }),
  ...(caller?.app === undefined ? {} : { appId: caller.app.id }),
  ...(caller?.keyPublicId === undefined ? {} : { keyPublicId: caller.keyPublicId }),
  ...(permission === undefined ? {} : { permissionId: permission.id }),
});

/** What is logged of a path: no more than a line's worth, and nothing that is no printable ASCII. */
const loggedPath = (path: string): string =>
  (path.length > 512 ? `${path.slice(0, 512)}…` : path).replace(/[^\x20-\x7e…]/g, '?');

export type Reporter = (
  asked: { readonly method: string; readonly path: string },
  exchange: Exchange,
  startedAtMs: number,
  known: Known,
  status: number,
  reason: Decision['reason'],
) => void;

export const createReporter =
  (now: () => number, onDecision: (decision: Decision) => void): Reporter =>
  (asked, exchange, startedAtMs, known, status, reason) =>
    onDecision({
      atMs: startedAtMs,
      requestId: exchange.requestId,
      method: asked.method,
      path: loggedPath(asked.path),
      ...knownFields(known),
      status,
      reason,
      durationMs: now() - startedAtMs,
    });
