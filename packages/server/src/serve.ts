// Start-up, second half: domain -> access -> gateway, endpoints, pages -> listen; and the graceful stop. Knows everyone.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withApi } from './api/api.ts';
import { startCleanup } from './background/cleanup.ts';
import { startTellingPeople } from './background/tell-people.ts';
import { openBrand } from './brand.ts';
import { ConfigError, type Config } from './config.ts';
import { loomtaEndpoints } from './dialects/loomta/endpoints.ts';
import { loftyTokenEndpoint } from './dialects/lofty/token.ts';
import { createAccess } from './domain/access/check.ts';
import type { Domain } from './domain/domain.ts';
import type { Now } from './domain/trace.ts';
import type { RandomBytes } from './secrets/random-bytes.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { DEFAULT_GATEWAY_SETTINGS } from './gateway/settings.ts';
import { clientAddress } from './http/client-address.ts';
import type { Handler } from './http/exchange.ts';
import { healthEndpoints } from './http/health.ts';
import { createListener, type Routes } from './http/listener.ts';
import { loggedPath } from './http/logged-path.ts';
import { createWindows } from './limits/windows.ts';
import { startSender, type Sender } from './mail/sender.ts';
import { createSmtpTransport } from './mail/smtp.ts';
import { oauthEndpoints } from './oauth/endpoints.ts';
import { openDomain, PortTaken, type OpenDomain } from './open-domain.ts';
import { createLive, type Live } from './portal/demo/live.ts';
import { createPortal, type PortalDemo } from './portal/routes/index.ts';
import type { Log } from './telemetry/log.ts';

export type ServePorts = {
  readonly now?: Now;
  readonly random?: RandomBytes;
  readonly log: Log;
  /** Only the demo start gives it: people whose sign-in is filled in. */
  readonly demo?: PortalDemo;
};

export type Serving = {
  /** The port that was got, when 0 was asked for. */
  readonly port: number;
  readonly domain: Domain;
  readonly close: () => Promise<void>;
};

/** The system's clock, never backwards in this process (protocol.md 14). */
const steadyNow = (): Now => {
  let last = 0;
  return () => (last = Math.max(last, Date.now()));
};

/** Small random reads from a pool: asking the system for each 24 bytes would cost more than the rest of issuing. */
const pooledRandom = (): RandomBytes => {
  let pool = randomBytes(4096);
  let used = 0;
  return (length) => {
    if (length > 1024) return randomBytes(length);
    if (used + length > pool.length) {
      pool = randomBytes(4096);
      used = 0;
    }
    const bytes = Uint8Array.prototype.slice.call(pool, used, used + length);
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  };
};

/** Loopback may lack IPv6: then IPv4 alone is enough. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

const listenOn = (server: Server, port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      if (host === '::1' && NO_SUCH_ADDRESS.has(error.code ?? '')) resolve(undefined);
      else if (error.code === 'EADDRINUSE') reject(new PortTaken(port));
      else reject(error);
    };
    server.once('error', refuse);
    server.listen({ port, host, ipv6Only: host.includes(':') }, () => {
      server.removeListener('error', refuse);
      resolve((server.address() as AddressInfo).port);
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 1_000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });

/** Every server listens on the same port; the first decides it when 0 was asked for. */
const listenOnAll = async (servers: readonly Server[], config: Config): Promise<number> => {
  let { port } = config.listen;
  try {
    for (const [index, host] of config.listen.hosts.entries()) {
      const server = servers[index];
      if (server !== undefined) port = (await listenOn(server, port, host)) ?? port;
    }
  } catch (error) {
    await Promise.all(servers.filter((server) => server.listening).map(stop));
    throw error;
  }
  return port;
};

const gatewayOf = (config: Config, opened: OpenDomain, log: Log, live: Live | undefined): Gateway => {
  const { domain, catalogue } = opened;
  const { origin, shared_origin, key_limit_per_minute, body_limit_bytes, timeout_seconds } = config.gateway;
  if (origin === undefined && !shared_origin) {
    throw new ConfigError([
      'gateway.origin: is missing. Give the gateway an origin of its own, e.g. https://api.example.com, so that an answer of the API can never act as a page of ours; or set gateway.shared_origin: true.',
    ]);
  }
  if (origin === undefined && catalogue.prefixes.some((prefix) => prefix === '/' || prefix === '/api/')) {
    log.info('the management API cannot be reached: the API has paths under /api/ too', {
      fix: 'give the gateway an origin of its own, gateway.origin',
    });
  }
  const { requestsPerMinute } = DEFAULT_GATEWAY_SETTINGS;
  return createGateway({
    catalogue,
    access: createAccess(domain),
    windows: createWindows(),
    upstream: config.upstream,
    settings: {
      publicOrigin: origin ?? config.issuer,
      sharedOrigin: origin === undefined,
      opaqueKeyPrefix: domain.settings.opaqueKeyPrefix,
      requestsPerMinute: { ...requestsPerMinute, apiKey: key_limit_per_minute },
      bodyLimitBytes: body_limit_bytes,
      answerTimeoutMs: timeout_seconds * 1000,
    },
    now: domain.now,
    hooks: {
      onDecision(decision) {
        live?.decided(decision);
        const { requestId, method, path, status, reason, durationMs, appId, permissionId } = decision;
        log.info('gateway', { requestId, method, path, status, reason, durationMs });
        if (appId === undefined) return;
        const what = permissionId ?? 'unknown';
        domain.usage.request({
          appId,
          atMs: decision.atMs,
          method,
          path,
          what,
          status,
          reason,
          requestId,
          durationMs,
        });
      },
      used: ({ connectionId, keyId }) => {
        if (connectionId !== undefined) domain.lastUsed.note('connection', connectionId);
        if (keyId !== undefined) domain.lastUsed.note('key', keyId);
      },
    },
  });
};

type AllRoutes = { readonly own: Routes; readonly gateway: Routes | undefined };

/** With an origin of its own, the gateway answers there and nowhere else, and nothing else answers there. */
const routesOf = (
  config: Config,
  domain: Domain,
  gateway: Gateway,
  ports: ServePorts,
  live: Live | undefined,
): AllRoutes => {
  const { prefixes, exactPaths, handler } = gateway;
  const resourceServers = config.resource_servers.map(({ client_id, secret_sha256 }) => ({
    clientId: client_id,
    secretHash: Buffer.from(secret_sha256, 'hex'),
  }));
  const forGateway = {
    exact: new Map<string, Handler>(exactPaths.map((path) => [path, handler] as const)),
    prefixes: prefixes.map((prefix) => ({ prefix, handler })),
  };
  const { brand, asset } = openBrand(config.brand);
  const portal = createPortal({
    domain,
    brand,
    assets: asset,
    ...(ports.demo === undefined ? {} : { demo: ports.demo }),
    ...(live === undefined ? {} : { live }),
    onError: (error, requestId) => ports.log.error('page failed', error, { requestId }),
  });
  const onError = (error: unknown, requestId: string): void =>
    ports.log.error('management request failed', error, { requestId });
  const pages = withApi({ domain, onError }, portal);
  const shared = config.gateway.origin === undefined;
  const exact = new Map<string, Handler>([
    ...oauthEndpoints(domain, resourceServers),
    ['/api/user-web/oauth/token', loftyTokenEndpoint(domain)],
    ...loomtaEndpoints(domain),
    ...healthEndpoints(() => Promise.resolve(true)),
    ...(shared ? forGateway.exact : []),
    ...(config.gateway.forward_auth ? [['/forward-auth', gateway.forwardAuth] as const] : []),
  ]);
  const own: Routes = { exact, prefixes: shared ? forGateway.prefixes : [], pages };
  // On its own origin the gateway answers everything, unknown paths too: no page is ever served there.
  const everything = { exact: new Map<string, Handler>(), prefixes: [{ prefix: '', handler }], pages };
  return { own, gateway: shared ? undefined : everything };
};

/** Without `mail` in the configuration mails wait in the outbox, which the demo shows and operators see. */
const senderOf = (config: Config, domain: Domain, ports: ServePorts): Sender | undefined => {
  if (config.mail === undefined) {
    if (ports.demo === undefined)
      ports.log.info('mail is not configured', { fix: 'set mail.smtp, see deploy/latchkey.yaml' });
    return undefined;
  }
  const { from, smtp } = config.mail;
  const { host, port, secure, user } = smtp;
  return startSender({
    domain,
    transport: createSmtpTransport({ from, host, port, secure, user, password: config.smtpPassword }),
    keepBody: ports.demo !== undefined,
    log: ports.log,
  });
};

export const serve = async (config: Config, ports: ServePorts): Promise<Serving> => {
  const now = ports.now ?? steadyNow();
  const random = ports.random ?? pooledRandom();
  const { log } = ports;
  const opened = await openDomain(config, { now, random, log });
  const live = ports.demo === undefined ? undefined : createLive();
  const gateway = gatewayOf(config, opened, log, live);
  const routes = routesOf(config, opened.domain, gateway, ports, live);
  const gatewayHost = config.gateway.origin === undefined ? undefined : new URL(config.gateway.origin).host;
  const servers = config.listen.hosts.map(() =>
    createListener(
      (host) => (routes.gateway !== undefined && host === gatewayHost ? routes.gateway : routes.own),
      {
        requestId: () => Buffer.from(random(12)).toString('base64url'),
        clientAddress: clientAddress(config.trusted_proxies),
        onError: (error, { requestId, path }) =>
          log.error('request failed', error, { requestId, path: loggedPath(path) }),
        onAnswered: ({ requestId, method, path }, status, startedAtMs) =>
          log.info('request', {
            requestId,
            method,
            path: loggedPath(path),
            status,
            durationMs: performance.now() - startedAtMs,
          }),
        monotonicMs: () => performance.now(),
      },
    ),
  );
  const stopCleanup = startCleanup(opened.domain, log);
  const stopTelling = startTellingPeople(opened.domain, log);
  const stopUsage = opened.domain.usage.start();
  const sender = senderOf(config, opened.domain, ports);
  const closeRest = async (): Promise<void> => {
    stopCleanup();
    await stopTelling();
    await stopUsage();
    await sender?.stop();
    await gateway.close();
    await opened.close();
  };
  try {
    const port = await listenOnAll(servers, config);
    const close = async (): Promise<void> => {
      await Promise.all(servers.filter((server) => server.listening).map(stop));
      await closeRest();
    };
    return { port, domain: opened.domain, close };
  } catch (error) {
    await closeRest();
    throw error;
  }
};
