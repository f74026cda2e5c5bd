// RFC 8252 section 7.3: the listener that a browser login waits on. Loopback only, v4 and v6, one answer; everybody
// else who knocks is answered and changes nothing.
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { pageHeaders, renderPage } from './callback-page.ts';
import type { PageContent } from './callback-page.ts';

export type Callback = {
  readonly parameters: URLSearchParams;
  /** Answers the waiting browser tab. Resolves when the page is sent, or the tab is gone. */
  readonly answer: (status: number, page: PageContent) => Promise<void>;
};

export type Loopback = {
  readonly redirectUri: string;
  readonly shortUrl: string;
  /** Where the short address leads; the authorization URL is known only once the port is. */
  readonly setTarget: (url: string) => void;
  /** The one callback with our state. */
  readonly callback: Promise<Callback>;
  readonly close: () => void;
};

export type LoopbackOptions = {
  readonly state: string;
  /** Path of the short address, without slash. */
  readonly shortPath: string;
  /** Fixed port; any free one without. */
  readonly port?: number | undefined;
};

const callbackPath = '/callback';
const portTries = 10;

export async function listenOnLoopback(options: LoopbackOptions): Promise<Result<Loopback>> {
  let target: string | undefined;
  let settle: (callback: Callback) => void;
  let taken: PageContent | undefined;
  const callback = new Promise<Callback>((resolve) => (settle = resolve));
  const handle: RequestListener = (request, response) => {
    if (!fromThisMachine(request)) return plain(response, 403);
    const url = readTarget(request.url ?? '');
    if (url === undefined) return plain(response, 404);
    if (request.method === 'HEAD' || request.method === 'OPTIONS') return plain(response, 204);
    if (request.method !== 'GET') return plain(response, 405);
    if (url.pathname === `/${options.shortPath}` && target !== undefined) return redirect(response, target);
    if (url.pathname !== callbackPath) return plain(response, 404);
    if (!hasState(url.searchParams, options.state)) return void sendPage(response, 400, stranger);
    if (taken !== undefined) return void sendPage(response, 200, taken);
    taken = already;
    settle({
      parameters: url.searchParams,
      answer: (status, page) => {
        taken = page;
        return sendPage(response, status, page);
      },
    });
  };
  const servers = await listenBoth(handle, options.port);
  if (!servers.ok) return servers;
  const { port } = servers.value[0].address() as AddressInfo;
  return ok({
    redirectUri: `http://127.0.0.1:${port}${callbackPath}`,
    shortUrl: `http://127.0.0.1:${port}/${options.shortPath}`,
    setTarget: (url) => (target = url),
    callback,
    close: () => {
      for (const server of servers.value) {
        server.close();
        server.closeIdleConnections();
        // An answer on its way may end; what a browser merely holds open may not keep us.
        setTimeout(() => server.closeAllConnections(), 250).unref();
      }
    },
  });
}

const stranger: PageContent = {
  title: 'Not the sign-in this terminal waits for',
  lines: [
    'This page belongs to an older or another sign-in. Nothing was changed; the terminal keeps waiting.',
  ],
};

const already: PageContent = {
  title: 'This sign-in is being finished',
  lines: ['Go back to your terminal.'],
};

/** Both families on one port: browsers differ in which they try first. A machine without IPv6 does without. */
async function listenBoth(
  handle: RequestListener,
  fixedPort: number | undefined,
): Promise<Result<readonly [Server, ...Server[]]>> {
  for (let attempt = 1; attempt <= portTries; attempt += 1) {
    const v4 = await listen(handle, '127.0.0.1', fixedPort ?? 0);
    if (typeof v4 === 'string') {
      return fail('configuration', `cannot listen on 127.0.0.1${fixedPort ? `:${fixedPort}` : ''} (${v4})`, {
        code: 'no-port',
        next: fixedPort === undefined ? 'sign in with a code instead' : 'choose another port or leave it out',
      });
    }
    const v6 = await listen(handle, '::1', (v4.address() as AddressInfo).port);
    if (typeof v6 !== 'string') return ok([v4, v6]);
    // Taken there by somebody else: they would get the browser's visit.
    if (v6 !== 'EADDRINUSE' || fixedPort !== undefined) return ok([v4]);
    v4.close();
  }
  return fail('configuration', 'no port is free on both loopback addresses', {
    code: 'no-port',
    next: 'try again',
  });
}

function listen(handle: RequestListener, host: string, port: number): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer({ maxHeaderSize: 32_768, requestTimeout: 30_000 }, handle);
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

/** Host names the address that was dialled: a page elsewhere that points its own name at us is refused. */
function fromThisMachine(request: IncomingMessage): boolean {
  return /^(?:127\.0\.0\.1|\[::1\]|localhost):\d+$/.test(request.headers.host ?? '');
}

/** Undefined for what no browser sends: a stranger's target must not end the login by throwing. */
function readTarget(target: string): URL | undefined {
  const text = `http://127.0.0.1${target}`;
  return target.startsWith('/') && URL.canParse(text) ? new URL(text) : undefined;
}

function hasState(parameters: URLSearchParams, state: string): boolean {
  const given = parameters.getAll('state');
  return given.length === 1 && given[0] === state;
}

function redirect(response: ServerResponse, target: string): void {
  response.writeHead(302, {
    location: target,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end();
}

function plain(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    connection: 'close',
    ...(status === 405 && { allow: 'GET' }),
  });
  response.end();
}

function sendPage(response: ServerResponse, status: number, page: PageContent): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.writeHead(status, pageHeaders);
    response.end(renderPage(page));
  });
}
