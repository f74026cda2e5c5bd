// The gateway: authenticate, count, permit, forward; or the same decision as a forward-auth answer.
import type { Access, Caller } from '../domain/access/access.ts';
import type { Catalogue } from '../domain/permissions/catalogue.ts';
import { ANSWERED, type Answer, type Exchange, type Handler } from '../http/exchange.ts';
import type { Windows } from '../limits/windows.ts';
import { preflightAnswer } from './cors.ts';
import { authorizationOf } from './credential.ts';
import { createReporter, type Decision, type Reporter } from './decision.ts';
import { createForwardAuth } from './forward-auth.ts';
import { judge, type Asked, type JudgePorts, type Verdict } from './judge.ts';
import { createProxy, type Forwarded } from './proxy.ts';
import { targetProblem } from './raw-target.ts';
import { refusalAnswer, type RefusalReason } from './refusals.ts';
import { DEFAULT_GATEWAY_SETTINGS, type GatewaySettings } from './settings.ts';
import { upstreamHeaders, type UpstreamFacts } from './upstream-headers.ts';

export type { Decision } from './decision.ts';

type GatewayHooks = {
  readonly onDecision: (decision: Decision) => void;
  /** A credential was good; called for every request, so it must be cheap. */
  readonly used: (caller: Caller) => void;
};

export type GatewayPorts = {
  readonly catalogue: Catalogue;
  readonly access: Access;
  readonly windows: Windows;
  /** Origin of the API, e.g. `http://127.0.0.1:4100`. */
  readonly upstream: string;
  readonly settings: Partial<GatewaySettings> & Pick<GatewaySettings, 'publicOrigin'>;
  readonly now: () => number;
  readonly hooks: GatewayHooks;
};

export type Gateway = {
  readonly handler: Handler;
  /** For nginx, Caddy, Traefik and Envoy: the decision alone. Reachable by the proxy only. */
  readonly forwardAuth: Handler;
  /** Path beginnings to route to `handler` where pages share the origin. */
  readonly prefixes: readonly string[];
  /** Single paths to route to `handler`, too. */
  readonly exactPaths: readonly string[];
  readonly underWay: () => number;
  readonly close: () => Promise<void>;
};

const CALLER_GONE_STATUS = 499;

const factsOf = (upstream: string, publicOrigin: string): UpstreamFacts => {
  const url = new URL(upstream);
  // A path in front would make the upstream get another path than the one that was decided on.
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new TypeError(`The upstream "${upstream}" must be an origin such as http://127.0.0.1:4100.`);
  const own = new URL(publicOrigin);
  return { authority: url.host, publicProtocol: own.protocol.slice(0, -1), publicHost: own.host };
};

const askedOf = (exchange: Exchange): Asked => ({
  method: exchange.method,
  target: exchange.target,
  path: exchange.path,
  query: exchange.query,
  authorization: authorizationOf(exchange.incoming.rawHeaders),
});

type Forward = (
  exchange: Exchange,
  caller: Caller,
  rate: Readonly<Record<string, string>>,
) => Promise<Forwarded>;

const createHandler =
  (ports: JudgePorts, forward: Forward, report: Reporter): Handler =>
  async (exchange) => {
    const startedAtMs = ports.now();
    const preflight = preflightAnswer(exchange);
    if (preflight !== undefined && targetProblem(exchange.target, exchange.path) === undefined) {
      report(exchange, exchange, startedAtMs, {}, preflight.status, 'preflight');
      return preflight;
    }
    const refuse = (
      verdict: Verdict,
      reason: RefusalReason,
      headers?: Readonly<Record<string, string>>,
    ): Answer => {
      const answer = refusalAnswer(verdict.dialect, reason, headers);
      report(exchange, exchange, startedAtMs, verdict, answer.status, reason);
      return answer;
    };
    const judged = judge(ports, askedOf(exchange));
    const verdict = judged instanceof Promise ? await judged : judged;
    if (verdict.kind === 'refuse') return refuse(verdict, verdict.reason, verdict.headers);
    const forwarded = await forward(exchange, verdict.caller, verdict.rate);
    switch (forwarded.kind) {
      case 'answered':
        report(exchange, exchange, startedAtMs, verdict, forwarded.status, 'ok');
        return ANSWERED;
      case 'caller-gone':
        report(exchange, exchange, startedAtMs, verdict, CALLER_GONE_STATUS, 'caller-gone');
        return ANSWERED;
      case 'refused':
        // The rest of a body may still be on its way and must not be taken for the next request.
        return refuse(verdict, forwarded.reason, {
          ...verdict.rate,
          ...(exchange.incoming.complete ? {} : { connection: 'close' }),
        });
    }
  };

export const createGateway = (ports: GatewayPorts): Gateway => {
  const settings: GatewaySettings = { ...DEFAULT_GATEWAY_SETTINGS, ...ports.settings };
  const { catalogue, access, windows, now, hooks } = ports;
  const upstream = factsOf(ports.upstream, settings.publicOrigin);
  const proxy = createProxy(new URL(ports.upstream).origin, settings);
  const report = createReporter(now, hooks.onDecision);
  const judgePorts: JudgePorts = { catalogue, access, windows, settings, now, used: hooks.used };
  const forward: Forward = (exchange, caller, rate) => {
    const { method, target, requestId, address, incoming, outgoing } = exchange;
    const { connection, 'content-length': contentLength } = incoming.headers;
    const facts = { rawHeaders: incoming.rawHeaders, connection, contentLength, address, requestId };
    const headers = upstreamHeaders(facts, caller, upstream);
    return proxy.forward({ method, target, headers, rate, requestId, incoming, outgoing });
  };
  return {
    handler: createHandler(judgePorts, forward, report),
    forwardAuth: createForwardAuth(judgePorts, report),
    prefixes: catalogue.prefixes,
    exactPaths: catalogue.exactPaths,
    underWay: proxy.underWay,
    close: proxy.close,
  };
};
