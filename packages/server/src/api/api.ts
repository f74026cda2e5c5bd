// The management API over HTTP: a loop over the table of operations. Each request is taken apart here, in this order:
// address, method, who asks, how often, where from, what the key is for, form; and then `perform` decides like for any page.
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Domain } from '../domain/domain.ts';
import { perform, type Asking } from '../domain/operation.ts';
import { causedBy } from '../http/caused.ts';
import { createCookieJar, type CookieJar } from '../http/cookies.ts';
import { isForeign } from '../http/csrf.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Routes } from '../http/listener.ts';
import { whoAsks } from './credential.ts';
import { readInput } from './input.ts';
import { createApiLimit, type ApiLimit } from './limit.ts';
import { isNothing, jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { openApiText } from './openapi.ts';
import { problemsFor, type ApiAnswer, type CommonCode, type Problems } from './problems.ts';
import { cookiesAfter } from './session-cookies.ts';
import { byPath, pathParameters, type ApiOperation } from './table.ts';

export type ApiPorts = {
  readonly domain: Domain;
  /** A bug: its text goes to the log only. */
  readonly onError: (error: unknown, requestId: string) => void;
};

type Parts = Readonly<Record<string, string>>;
type Api = ApiPorts & {
  readonly cookies: CookieJar;
  readonly problems: Problems;
  readonly limit: ApiLimit;
};

const keyProblem = (op: ApiOperation, asker: Asking | undefined): CommonCode | undefined => {
  if (asker === undefined || !('managementKey' in asker)) return undefined;
  if (op.sessionOnly) return 'session_only';
  return asker.managementKey.operations.includes(op.id) ? undefined : 'operation_not_chosen';
};

const carryOut = async (
  { domain, cookies, problems }: Api,
  op: ApiOperation,
  by: { readonly asker: Asking | undefined; readonly exchange: Exchange },
  fields: object,
): Promise<ApiAnswer> => {
  const caused = causedBy(by.exchange);
  const result = await perform(domain, op, { asker: by.asker, caused }, fields);
  if (!result.ok) {
    if ('problems' in result) return problems.invalid(op, result.problems);
    if (result.reason === 'not-found') return problems.common('not_found');
    if (result.reason === 'step-up-needed') return problems.common('step_up_needed');
    return problems.refused(op, result.reason, result.detail);
  }
  const setCookies = cookiesAfter(cookies, op.id, result.value);
  const headers = setCookies.length === 0 ? {} : { 'set-cookie': setCookies.join('\n') };
  if (isNothing(op.output)) return { status: 204, headers };
  const answer = op.answer === undefined ? result.value : await op.answer(result.value, domain);
  // Only what the schema names goes out: no record of ours with all its fields by mistake.
  return { status: 200, headers, body: v.parse(op.output, answer) as object };
};

const answerOperation = async (
  api: Api,
  op: ApiOperation,
  schema: JsonSchema,
  exchange: Exchange,
  parts: Parts,
): Promise<ApiAnswer> => {
  const { problems } = api;
  const asker = await whoAsks(api.domain, api.cookies, exchange);
  const waitSeconds = api.limit(asker, exchange.address);
  if (waitSeconds !== undefined)
    return problems.common('rate_limited', { seconds: waitSeconds }, { 'retry-after': String(waitSeconds) });
  const challenge = { 'www-authenticate': 'Bearer realm="management"' };
  if (asker === 'invalid') return problems.common('invalid_credential', undefined, challenge);
  if (asker === undefined && op.who === 'signed-in')
    return problems.common('not_signed_in', undefined, challenge);
  if (exchange.method === 'POST' && isForeign(exchange, api.domain.settings.issuer))
    return problems.common('foreign_request');
  const forKey = keyProblem(op, asker);
  if (forKey !== undefined) return problems.common(forKey);
  const read = await readInput(exchange, parts, schema);
  if ('problem' in read) return problems.common(read.problem);
  return carryOut(api, op, { asker, exchange }, read.fields);
};

const methodOf = (exchange: Exchange): string => (exchange.method === 'HEAD' ? 'GET' : exchange.method);

const responseOf = (exchange: Exchange, { status, headers = {}, body }: ApiAnswer): Response => {
  const all = new Headers({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': exchange.requestId,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  });
  for (const [name, value] of Object.entries(headers))
    for (const one of value.split('\n')) all.append(name, one);
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: all });
};

type Bindings = { readonly incoming: IncomingMessage };
type ExchangeOf = (incoming: IncomingMessage) => Exchange;

/** `/api/apps/mine` before `/api/apps/{app}`. */
const fixedFirst = (a: string, b: string): number =>
  a.replaceAll('{', '\u{10ffff}') < b.replaceAll('{', '\u{10ffff}') ? -1 : 1;

const addOperations = (app: Hono<{ Bindings: Bindings }>, api: Api, exchangeOf: ExchangeOf): void => {
  for (const [path, operations] of [...byPath()].toSorted(([a], [b]) => fixedFirst(a, b))) {
    const names = pathParameters(path);
    const schemas = new Map(operations.map((op) => [op, jsonSchemaOf(op.input)]));
    const allowed = operations.flatMap(({ http: [method] }) =>
      method === 'GET' ? ['GET', 'HEAD'] : [method],
    );
    app.all(path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
      const exchange = exchangeOf(context.env.incoming);
      const op = operations.find(({ http: [method] }) => method === methodOf(exchange));
      const parts = Object.fromEntries(names.map((name) => [name, context.req.param(name) ?? '']));
      const answer =
        op === undefined
          ? api.problems.common('method_not_allowed', undefined, { allow: allowed.join(', ') })
          : await answerOperation(api, op, schemas.get(op) ?? {}, exchange, parts);
      return responseOf(exchange, answer);
    });
  }
};

const createApp = (api: Api, exchangeOf: ExchangeOf): Hono<{ Bindings: Bindings }> => {
  const app = new Hono<{ Bindings: Bindings }>();
  const { issuer, brand } = api.domain.settings;
  const document = openApiText({ issuer, brand: brand.name });
  app.get('/api/openapi.json', (context) => {
    const { requestId } = exchangeOf(context.env.incoming);
    return new Response(document, {
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'x-request-id': requestId,
      },
    });
  });
  addOperations(app, api, exchangeOf);
  app.notFound((context) => responseOf(exchangeOf(context.env.incoming), api.problems.common('not_found')));
  app.onError((error, context) => {
    const exchange = exchangeOf(context.env.incoming);
    api.onError(error, exchange.requestId);
    return responseOf(exchange, api.problems.common('server_error'));
  });
  return app;
};

/** The management API at `/api/…`, and the pages everywhere else. */
export const withApi = (ports: ApiPorts, pages: Routes['pages']): Routes['pages'] => {
  const { issuer } = ports.domain.settings;
  const api: Api = {
    ...ports,
    cookies: createCookieJar(issuer),
    problems: problemsFor(issuer),
    limit: createApiLimit(ports.domain),
  };
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  const app = createApp(api, (incoming) => {
    const exchange = exchanges.get(incoming);
    if (exchange === undefined) throw new Error('the API was asked without its exchange');
    return exchange;
  });
  const listener = getRequestListener(
    (request, env) => app.fetch(request, { incoming: env.incoming as IncomingMessage }),
    { overrideGlobalObjects: false, hostname: new URL(issuer).hostname },
  );
  return (incoming, outgoing, exchange) => {
    if (!exchange.path.startsWith('/api/')) {
      pages(incoming, outgoing, exchange);
      return;
    }
    exchanges.set(incoming, exchange);
    void listener(incoming, outgoing);
  };
};
