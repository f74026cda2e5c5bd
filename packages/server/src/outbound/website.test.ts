// What a hostile address can make us do: nothing but a bounded GET to the address that was checked.
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { isPublicAddress } from './addresses.ts';
import type { ResolveHost } from './resolve.ts';
import { askWebsite, type WebsitePorts } from './website.ts';

type Site = {
  readonly port: string;
  readonly requests: IncomingMessage[];
  readonly connections: () => number;
};

const listening = async (server: Server, host: string, port = 0) => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return String((server.address() as AddressInfo).port);
};

const site = async (answer: RequestListener, host = '127.0.0.1', port = 0): Promise<Site> => {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => (connections += 1));
  const got = await listening(server, host, port);
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: got, requests, connections: () => connections };
};

/** The same port on two addresses; another program may hold the one that we got first. */
const twins = async (answer: RequestListener): Promise<{ readonly outside: Site; readonly inside: Site }> => {
  for (let tries = 0; ; tries += 1) {
    const outside = await site(answer);
    try {
      return { outside, inside: await site(ok, '127.0.0.2', Number(outside.port)) };
    } catch (error) {
      if (tries === 20 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
};

const to =
  (location: string): RequestListener =>
  (_request, response) =>
    response.writeHead(302, { location }).end();
const ok: RequestListener = (_request, response) => response.end('hello');

const nobody: ResolveHost = () => Promise.resolve([]);
const never = (): never => assert.fail('nobody is asked for a name');

/** As in production, but for the names that the test knows and the ports that it got. */
const strict = (given: Partial<WebsitePorts> = {}): WebsitePorts => ({
  resolve: nobody,
  isPublic: isPublicAddress,
  webPorts: new Set(['80', '443']),
  allow: new Set(),
  timeoutMs: 30_000,
  ...given,
});

/** 127.0.0.1 plays the internet, every other address the inside. */
const pretending = (port: string, resolve: ResolveHost, timeoutMs = 30_000): WebsitePorts =>
  strict({ resolve, timeoutMs, isPublic: (address) => address === '127.0.0.1', webPorts: new Set([port]) });
const here: ResolveHost = () => Promise.resolve(['127.0.0.1']);

test('a website that answers is said to answer, asked once and with nothing of ours', async () => {
  const open = await site(ok);
  const answer = await askWebsite(`http://shop.test:${open.port}/`, pretending(open.port, here));
  assert.deepEqual(answer, { kind: 'answers', status: 200 });
  assert.equal(open.requests.length, 1);
  const { headers } = open.requests[0] ?? assert.fail();
  assert.equal(headers['user-agent'], 'Latchkey-website-check/1');
  for (const name of ['cookie', 'authorization', 'referer']) assert.equal(headers[name], undefined, name);
});

test('an error of the website is told with its status; one that only talks to browsers answers', async () => {
  for (const [status, kind] of [
    [200, 'answers'],
    [403, 'answers'],
    [429, 'answers'],
    [404, 'error-status'],
    [503, 'error-status'],
  ] as const) {
    const one = await site((_request, response) => response.writeHead(status).end());
    const answer = await askWebsite(`http://shop.test:${one.port}/`, pretending(one.port, here));
    assert.deepEqual(answer, { kind, status });
  }
});

test('an address literal in any spelling is judged as what it means, and nothing is connected to [security 54]', async () => {
  const inside = await site(ok);
  for (const host of [
    '127.0.0.1',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '169.254.169.254',
    '10.0.0.1',
    '100.64.0.1',
  ])
    for (const port of ['', `:${inside.port}`]) {
      const answer = await askWebsite(`http://${host}${port}/`, strict({ resolve: never }));
      assert.equal(answer.kind, 'not-public', `${host}${port}`);
    }
  assert.equal(inside.connections(), 0);
});

test('a name that means an inner address, alone or beside a public one, is not connected to [security 54]', async () => {
  const inside = await site(ok);
  for (const addresses of [
    ['127.0.0.1'],
    ['1.1.1.1', '10.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['fe80::1'],
  ]) {
    const resolve: ResolveHost = () => Promise.resolve(addresses);
    const answer = await askWebsite(`http://inner.test:${inside.port}/`, strict({ resolve }));
    assert.equal(answer.kind, 'not-public', addresses.join());
  }
  assert.equal(inside.connections(), 0);
});

test('a name that means another address the second time is connected to where it was checked [security 54]', async () => {
  const { outside, inside } = await twins(ok);
  let asked = 0;
  const rebinding: ResolveHost = () => Promise.resolve([(asked += 1) === 1 ? '127.0.0.1' : '127.0.0.2']);
  const answer = await askWebsite(`http://rebind.test:${outside.port}/`, pretending(outside.port, rebinding));
  assert.equal(answer.kind, 'answers');
  assert.deepEqual([asked, outside.connections(), inside.connections()], [1, 1, 0]);

  const { outside: back, inside: within } = await twins(to('/again'));
  asked = 0;
  const redirected = await askWebsite(`http://rebind.test:${back.port}/`, pretending(back.port, rebinding));
  assert.equal(redirected.kind, 'not-public', 'each hop is checked anew');
  assert.equal(within.connections(), 0);
});

test('a redirect leads nowhere that the first address could not: inside, by name or literal, to other schemes or ports, with a password [security 54]', async () => {
  const inside = await site(ok, '127.0.0.2');
  const resolve: ResolveHost = (host) => Promise.resolve([host === 'inner.test' ? '127.0.0.2' : '127.0.0.1']);
  for (const [location, kind] of [
    [`http://127.0.0.2:${inside.port}/`, 'not-public'],
    [`http://inner.test:${inside.port}/`, 'not-public'],
    ['http://169.254.169.254/latest/meta-data/', 'not-public'],
    [`http://shop.test:${inside.port}/`, 'other-port'],
    ['file:///etc/passwd', 'redirects'],
    ['gopher://inner.test/', 'redirects'],
    [`http://me:secret@inner.test:${inside.port}/`, 'redirects'],
    ['http://[', 'redirects'],
  ] as const) {
    const open = await site(to(location));
    const answer = await askWebsite(`http://shop.test:${open.port}/`, pretending(open.port, resolve));
    assert.equal(answer.kind, kind, location);
  }
  assert.equal(inside.connections(), 0);
});

test('three redirects are followed, a fourth is not [security 54]', async () => {
  let hops = 3;
  const open = await site((_request, response) => {
    if (hops === 0) response.end();
    else response.writeHead(302, { location: `/${(hops -= 1)}` }).end();
  });
  const ports = pretending(open.port, here);
  assert.equal((await askWebsite(`http://shop.test:${open.port}/`, ports)).kind, 'answers');
  const round = await site(to('/'));
  assert.equal(
    (await askWebsite(`http://shop.test:${round.port}/`, pretending(round.port, here))).kind,
    'redirects',
  );
  assert.equal(round.requests.length, 4);
});

test('a body without an end is never read [security 54]', async () => {
  let written = 0;
  const closed = Promise.withResolvers<void>();
  const flood = await site((_request, response) => {
    response.on('close', closed.resolve);
    const pour = (): void => {
      while (!response.destroyed && written < 1 << 30) {
        written += 65_536;
        if (!response.write(Buffer.alloc(65_536))) break;
      }
    };
    response.on('drain', pour);
    response.writeHead(200, { 'content-length': String(10 * 2 ** 30) });
    pour();
  });
  const answer = await askWebsite(`http://shop.test:${flood.port}/`, pretending(flood.port, here));
  assert.deepEqual(answer, { kind: 'answers', status: 200 });
  await closed.promise;
  assert.ok(written < 64 * 1024 * 1024, `${written} bytes`);
});

test('one that never answers, answers byte by byte, or sends a head without an end is given up [security 54]', async () => {
  const sockets: Socket[] = [];
  const serve = async (talk: (socket: Socket) => void): Promise<string> => {
    const server = createTcpServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      talk(socket);
    });
    after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return listening(server, '127.0.0.1');
  };
  const silent = await serve(() => undefined);
  const slow = await serve((socket) => {
    const timer = setInterval(() => socket.write('H'), 20);
    socket.on('close', () => clearInterval(timer));
  });
  const headless = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const more = (): void => {
      while (!socket.destroyed && socket.write(`x-more: ${'y'.repeat(1_000)}\r\n`));
    };
    socket.on('drain', more);
    more();
  });
  for (const port of [silent, slow, headless]) {
    const answer = await askWebsite(`http://shop.test:${port}/`, pretending(port, here, 300));
    assert.equal(answer.kind, 'unreachable');
  }
  const hanging: ResolveHost = () => new Promise(() => undefined);
  assert.equal(
    (await askWebsite('http://shop.test/', strict({ resolve: hanging, timeoutMs: 100 }))).kind,
    'unreachable',
  );
});

test('what is our own failure is told apart from a host that does not exist', async () => {
  assert.equal((await askWebsite('https://nowhere.test/', strict())).kind, 'no-such-host');
  const failing: ResolveHost = () => Promise.reject(new Error('no name server answered'));
  assert.equal((await askWebsite('https://shop.test/', strict({ resolve: failing }))).kind, 'unreachable');
  const gone = createTcpServer();
  const port = await listening(gone, '127.0.0.1');
  await new Promise((resolve) => gone.close(resolve));
  assert.equal((await askWebsite(`http://shop.test:${port}/`, pretending(port, here))).kind, 'unreachable');
});

test('an allowed address and port is asked, its neighbour is not', async () => {
  const sample = await site(ok);
  const other = await site(ok);
  const ports = strict({ allow: new Set([`127.0.0.1:${sample.port}`]) });
  assert.equal((await askWebsite(`http://127.0.0.1:${sample.port}/`, ports)).kind, 'answers');
  assert.equal((await askWebsite(`http://127.0.0.1:${other.port}/`, ports)).kind, 'not-public');
  assert.equal(other.connections(), 0);
});
