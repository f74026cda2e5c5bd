// The same decision for a proxy that asks before it forwards: nginx auth_request, Caddy, Traefik, Envoy. Nothing is forwarded.
// Who can reach this can name any path for the credential they hold, and learns no more than the gateway itself would tell.
import type { Answer, Exchange, Handler } from '../http/exchange.ts';
import { authorizationOf } from './credential.ts';
import type { Reporter } from './decision.ts';
import { judge, type Asked, type JudgePorts, type Verdict } from './judge.ts';
import { refusalAnswer, type RefusalReason } from './refusals.ts';
import { identityHeaders } from './upstream-headers.ts';

/** nginx names the original request so, and understands only 2xx, 401 and 403. */
type Style = 'nginx' | 'forwarded';
type Original = { readonly style: Style; readonly method: string; readonly target: string };

const METHOD = /^[A-Z]{1,20}$/;

/**
 * Both headers of one pair. A caller can add the other pair through a proxy that sets only its own; if the two differ,
 * nobody can say which request will be forwarded. Doubled headers arrive joined by a comma and space, and are refused.
 */
const originalOf = (exchange: Exchange): Original | undefined => {
  const nginx = [exchange.header('x-original-method'), exchange.header('x-original-uri')] as const;
  const forwarded = [exchange.header('x-forwarded-method'), exchange.header('x-forwarded-uri')] as const;
  const differ = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b;
  if (differ(nginx[0], forwarded[0]) || differ(nginx[1], forwarded[1])) return undefined;
  const style: Style = nginx[1] === undefined ? 'forwarded' : 'nginx';
  const [method, target] = style === 'nginx' ? nginx : forwarded;
  return method === undefined || target === undefined || !METHOD.test(method)
    ? undefined
    : { style, method, target };
};

const askedOf = (original: Original, exchange: Exchange): Asked => {
  const { method, target } = original;
  const mark = target.indexOf('?');
  return {
    method,
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? undefined : target.slice(mark + 1),
    authorization: authorizationOf(exchange.incoming.rawHeaders),
  };
};

/** The real status and body go along in headers, for `auth_request_set` and `error_page` (protocol.md 11). */
const forNginx = (answer: Answer): Answer => {
  const headers = {
    ...answer.headers,
    'x-latchkey-status': String(answer.status),
    'x-latchkey-body': String(answer.body),
  };
  return { ...answer, headers, status: answer.status === 401 ? 401 : 403 };
};

const passed = (verdict: Verdict & { readonly kind: 'pass' }): Answer => ({
  status: 200,
  headers: {
    'cache-control': 'private, no-store',
    vary: 'Authorization',
    ...identityHeaders(verdict.caller),
    ...verdict.rate,
  },
  body: '',
});

export const createForwardAuth =
  (ports: JudgePorts, report: Reporter): Handler =>
  (exchange) => {
    const startedAtMs = ports.now();
    const original = originalOf(exchange);
    if (original === undefined) {
      const answer = refusalAnswer('lofty', 'bad-request');
      report(exchange, exchange, startedAtMs, {}, answer.status, 'bad-request');
      return exchange.header('x-original-uri') === undefined ? answer : forNginx(answer);
    }
    const asked = askedOf(original, exchange);
    const conclude = (verdict: Verdict): Answer => {
      let answer: Answer;
      let reason: RefusalReason | 'ok' = 'ok';
      if (verdict.kind === 'pass') answer = passed(verdict);
      else {
        reason = verdict.reason;
        answer = refusalAnswer(verdict.dialect, reason, verdict.headers);
      }
      report(asked, exchange, startedAtMs, verdict, answer.status, reason);
      return verdict.kind === 'refuse' && original.style === 'nginx' ? forNginx(answer) : answer;
    };
    const verdict = judge(ports, asked);
    return verdict instanceof Promise ? verdict.then(conclude) : conclude(verdict);
  };
