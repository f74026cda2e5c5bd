// Liveness and readiness, without authentication and without detail.
import type { Answer, Handler } from './exchange.ts';

const answer = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `${text}\n`,
});

export const healthEndpoints = (ready: () => Promise<boolean>): ReadonlyMap<string, Handler> =>
  new Map<string, Handler>([
    ['/healthz', () => answer(200, 'ok')],
    ['/readyz', async () => ((await ready()) ? answer(200, 'ready') : answer(503, 'not ready'))],
  ]);
