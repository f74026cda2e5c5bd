// A gateway between a real upstream and real sockets, with an Access that knows a few fixed credentials.
import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Access, AccessResult, Caller } from '../../domain/access/access.ts';
import type { App } from '../../domain/apps/app.ts';
import { catalogueFromOpenApi } from '../../domain/permissions/from-openapi.ts';
import { createListener, type Routes } from '../../http/listener.ts';
import { createWindows } from '../../limits/windows.ts';
import { createGateway, type Decision, type Gateway, type GatewayPorts } from '../gateway.ts';
import type { GatewaySettings } from '../settings.ts';

export const DOCUMENT = `openapi: 3.1.0
paths:
  /v1.0/leads:
    get: { operationId: listLeads, tags: [leads] }
    post: { operationId: createLead, tags: [leads] }
  /v1.0/leads/{leadId}:
    get: { operationId: getLead, tags: [leads] }
    put: { operationId: changeLead, tags: [leads] }
    delete: { operationId: deleteLead, tags: [leads] }
  /v1.0/leads/{leadId}/notes:
    get: { operationId: listNotes, tags: [leads] }
  /public/v1/platforms:
    x-latchkey-dialect: loomta
    get: { operationId: listPlatforms, tags: [platforms] }
`;

const app = (changes: Partial<App> = {}): App => ({
  id: 7,
  publicId: 'app-7',
  clientId: 'client-7',
  kind: 'confidential',
  status: 'development',
  statusSinceMs: 0,
  deviceGrant: false,
  userCodePrefix: '',
  epoch: 1,
  version: 1,
  permissionSetId: 1,
  name: 'Sync',
  website: '',
  description: '',
  redirectUris: [],
  contactName: '',
  contactEmail: '',
  contactPhone: '',
  createdAtMs: 0,
  ...changes,
});

export const SIGNED_KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl';
export const OPAQUE_KEY = 'loomta_sk_good';

const person = {
  userId: 3,
  userExternalId: '9007199254740993',
  workspaceId: 4,
  workspaceExternalId: '9223372036854775807',
};
const reader: Caller = {
  ...person,
  app: app(),
  connectionId: 11,
  permissions: new Set(['listLeads', 'getLead', 'createLead', 'changeLead']),
};
const byKey: Caller = { ...person, keyPublicId: 'key-1', permissions: 'all' };

const CALLERS: Readonly<Record<string, AccessResult>> = {
  lk_at_reader: { ok: true, caller: reader },
  lk_at_live: { ok: true, caller: { ...reader, app: app({ id: 8, status: 'production' }) } },
  lk_at_own: { ok: true, caller: { ...reader, app: app({ id: 9, rateLimitPerMinute: 3 }) } },
  lk_at_suspended: { ok: false, refusal: { kind: 'app-suspended' } },
  lk_at_unread: { ok: false, refusal: { kind: 'unavailable' } },
};

const BAD: AccessResult = { ok: false, refusal: { kind: 'bad-credential' } };

/** Answers access tokens at once and keys after a turn, as a database read would. */
export const fakeAccess: Access = {
  checkAccessToken: (token) => CALLERS[token] ?? BAD,
  checkApiKey: async (key, forms) => {
    await Promise.resolve();
    if (key === OPAQUE_KEY && forms.has('opaque')) return { ok: true, caller: byKey };
    return key === SIGNED_KEY && forms.has('signed') ? { ok: true, caller: byKey } : BAD;
  },
};

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** What the upstream got, as it got it. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
};

export type Reply = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Rig = {
  readonly port: number;
  readonly gateway: Gateway;
  readonly seen: Seen[];
  readonly decisions: Decision[];
  readonly uses: Caller[];
  readonly errors: unknown[];
  readonly clock: { nowMs: number };
  readonly upstream: Server;
  readonly send: (request: {
    readonly method?: string;
    readonly path: string;
    readonly headers?: Record<string, string | string[]>;
    readonly body?: string;
  }) => Promise<Reply>;
  /** Exact bytes; all that came back until the server closed. */
  readonly sendRaw: (bytes: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

export type RigOptions = {
  /** Instead of the few fixed credentials. */
  readonly access?: Access;
  readonly settings?: Partial<GatewaySettings>;
  readonly upstream?: RequestListener;
  readonly upstreamUrl?: string;
  readonly document?: string;
  readonly forwardAuth?: boolean;
};

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const echo =
  (seen: Seen[]): RequestListener =>
  (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', rawHeaders } = incoming;
      const body = Buffer.concat(chunks);
      seen.push({ method, url, rawHeaders, body });
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end(body.length > 0 ? body : '{"id":9007199254740993}');
    });
  };

export const catalogueOf = (text: string): GatewayPorts['catalogue'] => {
  const read = catalogueFromOpenApi(text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.catalogue;
};

const sender =
  (port: number): Rig['send'] =>
  ({ method = 'GET', path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { host: '127.0.0.1', port, method, path, headers, agent: false },
        (incoming) => {
          bodyOf(incoming).then(
            (bytes) =>
              resolve({
                status: incoming.statusCode ?? 0,
                headers: incoming.headers,
                body: bytes.toString(),
              }),
            reject,
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

const rawSender =
  (port: number): Rig['sendRaw'] =>
  (bytes) =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.setEncoding('latin1');
      socket.on('data', (chunk: string) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' ? resolve(text) : reject(error),
      );
      // Not end(): node takes a caller who closes their half for one who left.
      socket.write(bytes, 'latin1');
    });

export const createRig = async (options: RigOptions = {}): Promise<Rig> => {
  const seen: Seen[] = [];
  const decisions: Decision[] = [];
  const uses: Caller[] = [];
  const errors: unknown[] = [];
  const clock = { nowMs: 1_763_800_020_000 };
  const upstream = createServer(options.upstream ?? echo(seen));
  const upstreamPort = await listen(upstream);
  const gateway = createGateway({
    catalogue: catalogueOf(options.document ?? DOCUMENT),
    access: options.access ?? fakeAccess,
    windows: createWindows(),
    upstream: options.upstreamUrl ?? `http://127.0.0.1:${upstreamPort}`,
    settings: { publicOrigin: 'https://api.example.test', ...options.settings },
    now: () => clock.nowMs,
    hooks: { onDecision: (decision) => decisions.push(decision), used: (caller) => uses.push(caller) },
  });
  const handler = options.forwardAuth === true ? gateway.forwardAuth : gateway.handler;
  let requests = 0;
  // The gateway on an origin of its own gets every target, absolute-form and `*` included.
  const pages: Routes['pages'] = (_incoming, outgoing) => void outgoing.end();
  const routes: Routes = { exact: new Map(), prefixes: [{ prefix: '', handler }], pages };
  const server = createListener(() => routes, {
    requestId: () => `request-${++requests}`,
    clientAddress: () => '203.0.113.9',
    onError: (error) => errors.push(error),
    onAnswered: () => undefined,
    monotonicMs: () => 0,
  });
  const port = await listen(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    upstream.closeAllConnections();
    await Promise.all([once(server.close(), 'close'), once(upstream.close(), 'close')]);
    await gateway.close();
  };
  const send = sender(port);
  const sendRaw = rawSender(port);
  return { port, gateway, seen, decisions, uses, errors, clock, upstream, send, sendRaw, close };
};

/** Runs with a rig of its own, and fails if our code threw. */
export const withRig = async (options: RigOptions, run: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await createRig(options);
  try {
    await run(rig);
    if (rig.errors.length > 0) throw rig.errors[0];
  } finally {
    await rig.close();
  }
};

export const valuesOf = (seen: Seen | undefined, name: string): string[] =>
  (seen?.rawHeaders ?? []).filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name,
  );
