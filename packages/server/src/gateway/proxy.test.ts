import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createNetServer, connect, type AddressInfo, type Socket } from 'node:net';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { test } from 'node:test';
import { cacheControlOf, varyOf } from './answer-headers.ts';
import { valuesOf, withRig, type Rig } from './testing/rig.ts';

const READER = { authorization: 'Bearer lk_at_reader' };
const HEAD = 'Host: x\r\nAuthorization: Bearer lk_at_reader\r\n';

test('bodies and 64-bit numbers pass byte for byte, both ways', () =>
  withRig({}, async ({ send, seen }) => {
    const body = '{"id":9223372036854775807,  "n":1.0e+2,\n"t":"\u00e9\u{1f600}\\u0000"}';
    const headers = { ...READER, 'content-type': 'application/json' };
    const reply = await send({ method: 'POST', path: '/v1.0/leads', headers, body });
    assert.equal(seen[0]?.body.toString(), body);
    assert.equal(reply.body, body);
  }));

test('a chunked body and an announced empty one both arrive as they were', () =>
  withRig({}, async ({ sendRaw, seen }) => {
    await sendRaw(
      `POST /v1.0/leads HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`,
    );
    assert.equal(seen[0]?.body.toString(), 'abcde');
    await sendRaw(`POST /v1.0/leads HTTP/1.1\r\n${HEAD}Content-Length: 0\r\nConnection: close\r\n\r\n`);
    assert.deepEqual(valuesOf(seen[1], 'content-length'), ['0']);
    assert.deepEqual(valuesOf(seen[1], 'transfer-encoding'), []);
  }));

test('the answer streams: its first piece arrives while the upstream still holds back the second', async () => {
  let release: (() => void) | undefined;
  const upstream = (_incoming: IncomingMessage, outgoing: ServerResponse): void => {
    outgoing.write('first');
    release = () => outgoing.end('second');
  };
  await withRig({ upstream }, async ({ port }) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/v1.0/leads',
      headers: READER,
      agent: false,
    }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const pieces = incoming[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await pieces.next()).value);
    assert.equal(await next(), 'first');
    release?.();
    assert.equal(await next(), 'second');
  });
});

test('the request streams: the upstream reads its first piece while the caller still holds back the second', async () => {
  const first = Promise.withResolvers<string>();
  const upstream = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      first.resolve(text);
    });
    incoming.on('end', () => outgoing.end(text));
  };
  await withRig({ upstream }, async ({ port }) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/v1.0/leads',
      method: 'POST',
      headers: READER,
      agent: false,
    };
    const outgoing = httpRequest(options);
    outgoing.write('one');
    assert.equal(await first.promise, 'one');
    outgoing.end('two');
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [whole] = (await once(incoming, 'data')) as [Buffer];
    assert.equal(whole.toString(), 'onetwo');
  });
});

test('a slow reader holds the upstream back: nothing piles up in between', async () => {
  let written = 0;
  let stalled = false;
  const upstream = (_incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const chunk = Buffer.alloc(65_536, 'x');
    const pump = (): void => {
      while (written < 64 * 1024 * 1024) {
        written += chunk.length;
        if (!outgoing.write(chunk)) {
          stalled = true;
          outgoing.once('drain', pump);
          return;
        }
      }
      outgoing.end();
    };
    pump();
  };
  await withRig({ upstream }, async ({ port }) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/v1.0/leads',
      headers: READER,
      agent: false,
    }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    let size = 0;
    for await (const chunk of incoming) {
      size += (chunk as Buffer).length;
      assert.ok(written - size < 24 * 1024 * 1024, 'the gateway holds more than sockets do');
    }
    assert.equal(size, 64 * 1024 * 1024);
    assert.equal(stalled, true);
  });
});

test('a body over the limit is 413: announced ones are not forwarded at all, chunked ones are cut off', () =>
  withRig({ settings: { bodyLimitBytes: 1000 } }, async ({ send, sendRaw, seen }) => {
    const reply = await send({
      method: 'POST',
      path: '/v1.0/leads',
      headers: READER,
      body: 'x'.repeat(1001),
    });
    assert.deepEqual(
      [reply.status, (JSON.parse(reply.body) as { code: string }).code],
      [413, 'PAYLOAD_TOO_LARGE'],
    );
    const chunk = `200\r\n${'x'.repeat(512)}\r\n`;
    const chunked = await sendRaw(
      `POST /v1.0/leads HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
    );
    assert.match(chunked, /^HTTP\/1\.1 413 /);
    assert.equal(seen.length, 0);
    const most = await send({ method: 'POST', path: '/v1.0/leads', headers: READER, body: 'x'.repeat(1000) });
    assert.equal(most.status, 200);
  }));

const portOfNobody = async (): Promise<number> => {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
};

test('an upstream that is down is 502, also for a call with a body, and the rate headers stay', async () => {
  await withRig({ upstreamUrl: `http://127.0.0.1:${await portOfNobody()}` }, async ({ send, decisions }) => {
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', 'x'.repeat(200_000)],
    ] as const) {
      const reply = await send({
        method,
        path: '/v1.0/leads',
        headers: READER,
        ...(body === undefined ? {} : { body }),
      });
      assert.deepEqual(
        [reply.status, (JSON.parse(reply.body) as { code: string }).code, reply.headers['x-ratelimit-limit']],
        [502, 'UPSTREAM_UNAVAILABLE', '100'],
      );
    }
    assert.deepEqual(
      decisions.map((one) => one.reason),
      ['upstream-down', 'upstream-down'],
    );
  });
});

const withBareUpstream = async (
  onRequest: (socket: Socket) => void,
  run: (rig: Rig) => Promise<void>,
): Promise<void> => {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => onRequest(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await withRig({ upstreamUrl: `http://127.0.0.1:${port}`, settings: { answerTimeoutMs: 300 } }, run);
  } finally {
    for (const socket of sockets) socket.destroy();
    await once(server.close(), 'close');
  }
};

test('an upstream that never answers is 504', () =>
  withBareUpstream(
    () => undefined,
    async ({ send }) => {
      assert.equal(
        (await send({ method: 'POST', path: '/v1.0/leads', headers: READER, body: 'x' })).status,
        504,
      );
    },
  ));

test('an upstream that answers no HTTP is 502', () =>
  withBareUpstream(
    (socket) => socket.end('this is no HTTP\r\n\r\n'),
    async ({ send }) => {
      assert.equal((await send({ path: '/v1.0/leads', headers: READER })).status, 502);
    },
  ));

test('an answer that breaks off looks broken to the caller, never finished', () =>
  withBareUpstream(
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'),
    async ({ send }) => {
      await assert.rejects(send({ path: '/v1.0/leads', headers: READER }));
    },
  ));

test('a GET whose idle connection the upstream just closed is asked once more, a POST never', async () => {
  let answered = 0;
  let dropped = 0;
  const upstream = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (incoming.headers['x-drop'] === 'once' && dropped++ === 0) incoming.socket.destroy();
    else {
      answered++;
      outgoing.end('{}');
    }
  };
  await withRig({ upstream }, async ({ send }) => {
    const headers = { ...READER, 'x-drop': 'once' };
    assert.equal((await send({ path: '/v1.0/leads', headers })).status, 200);
    dropped = 0;
    assert.equal((await send({ method: 'POST', path: '/v1.0/leads', headers, body: 'x' })).status, 502);
    assert.deepEqual([answered, dropped], [1, 1]);
  });
});

test('informational answers stay between us and the upstream', async () => {
  const upstream = (_incoming: IncomingMessage, outgoing: ServerResponse): void => {
    outgoing.writeEarlyHints({ link: '</x>; rel=preload' });
    outgoing.end('{}');
  };
  await withRig({ upstream }, async ({ sendRaw }) => {
    const reply = await sendRaw(`GET /v1.0/leads HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`);
    assert.match(reply, /^HTTP\/1\.1 200 /);
  });
});

test('HEAD follows GET and has no body; 204 and 304 pass', async () => {
  const upstream = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    outgoing.statusCode = Number(incoming.headers['x-status'] ?? 200);
    if (outgoing.statusCode === 200) outgoing.setHeader('content-length', 7);
    outgoing.end(outgoing.statusCode === 200 ? '{"a":1}' : undefined);
  };
  await withRig({ upstream }, async ({ send }) => {
    const head = await send({ method: 'HEAD', path: '/v1.0/leads', headers: READER });
    assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', '7']);
    for (const status of [204, 304])
      assert.equal(
        (await send({ path: '/v1.0/leads', headers: { ...READER, 'x-status': String(status) } })).status,
        status,
      );
  });
});

const NOSY = {
  'set-cookie': ['latchkey_session=stolen', '__Host-lk_x=1', ' LK_y=2', 'theirs=1; Path=/'],
  'cache-control': 'public, max-age=60, s-maxage=600',
  'cdn-cache-control': 'max-age=600',
  vary: 'Accept-Encoding',
  'access-control-allow-origin': 'https://evil.test',
  'access-control-allow-credentials': 'true',
  'x-ratelimit-limit': '1',
  'x-latchkey-user': '1',
  'clear-site-data': '"cookies"',
  'content-security-policy': "default-src 'self'",
  connection: 'x-internal',
  'x-internal': 'secret',
  'x-own': 'kept',
};

const nosy = (_incoming: IncomingMessage, outgoing: ServerResponse): void => {
  outgoing.writeHead(200, NOSY);
  outgoing.end('{}');
};

test('the upstream cannot set our cookies, speak for us, or let a shared cache keep an answer [security 65]', () =>
  withRig({ upstream: nosy, settings: { sharedOrigin: true } }, async ({ send }) => {
    const { headers } = await send({ path: '/v1.0/leads', headers: READER });
    assert.deepEqual(headers['set-cookie'], ['theirs=1; Path=/']);
    assert.equal(headers['cache-control'], 'private, max-age=60');
    assert.equal(headers['vary'], 'Accept-Encoding, Authorization');
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['x-ratelimit-limit'], '100');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['content-security-policy'], "sandbox; default-src 'none'");
    assert.equal(headers['x-own'], 'kept');
    const gone = [
      'cdn-cache-control',
      'access-control-allow-credentials',
      'x-latchkey-user',
      'clear-site-data',
      'x-internal',
    ];
    for (const name of gone) assert.equal(headers[name], undefined, name);
  }));

test('on an origin of its own the upstream may set its own security headers', () =>
  withRig({ upstream: nosy }, async ({ send }) => {
    const { headers } = await send({ path: '/v1.0/leads', headers: READER });
    assert.equal(headers['content-security-policy'], "default-src 'self'");
  }));

test('Cache-Control and Vary are made safe whatever the upstream said [security 65]', () => {
  const cases: Record<string, string> = {
    '': 'private, no-store',
    public: 'private',
    'no-cache': 'private, no-cache',
    'private="x-y", max-age=5': 'private, max-age=5',
    'no-store': 'private, no-store',
    'PUBLIC, S-MAXAGE=5, must-revalidate': 'private, must-revalidate',
  };
  for (const [stated, ours] of Object.entries(cases)) assert.equal(cacheControlOf(stated), ours);
  assert.equal(varyOf(''), 'Authorization');
  assert.equal(varyOf('*'), '*');
  assert.equal(varyOf('Origin, authorization'), 'Origin, authorization');
  assert.equal(varyOf('X-Authorization'), 'X-Authorization, Authorization');
});

test('a caller who leaves ends the request at the upstream, before and during the answer', async () => {
  for (const begun of [false, true]) {
    const reached = Promise.withResolvers<undefined>();
    const ended = Promise.withResolvers<undefined>();
    const upstream = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      if (begun) outgoing.write('some');
      incoming.socket.once('close', () => ended.resolve(undefined));
      reached.resolve(undefined);
    };
    await withRig({ upstream }, async ({ port, gateway }) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET /v1.0/leads HTTP/1.1\r\n${HEAD}\r\n`);
      await reached.promise;
      if (begun) await once(socket, 'data');
      socket.destroy();
      await ended.promise;
      while (gateway.underWay() > 0) await new Promise(setImmediate);
    });
  }
});

test('after hundreds of abrupt disconnects nothing is left over and strangers are served as before', async () => {
  const upstream = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    incoming.resume();
    incoming.once('end', () => outgoing.end('x'.repeat(20_000)));
  };
  const settings = {
    upstreamConnections: 8,
    requestsPerMinute: { development: 1e6, production: 1e6, apiKey: 1e6 },
  };
  await withRig({ upstream, settings }, async ({ port, gateway, send }) => {
    const leave = async (round: number): Promise<void> => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      const body = round % 3 === 0 ? 'Content-Length: 100000\r\n\r\nhalf of it' : '\r\n';
      socket.write(`${round % 3 === 0 ? 'POST' : 'GET'} /v1.0/leads HTTP/1.1\r\n${HEAD}${body}`);
      for (let turn = 0; turn < round % 7; turn++) await new Promise(setImmediate);
      if (round % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    };
    for (let round = 0; round < 400; round += 20)
      await Promise.all(Array.from({ length: 20 }, (_, index) => leave(round + index)));
    const replies = await Promise.all(
      Array.from({ length: 40 }, () => send({ path: '/v1.0/leads', headers: READER })),
    );
    assert.deepEqual(
      new Set(replies.map((reply) => `${reply.status} ${reply.body.length}`)),
      new Set(['200 20000']),
    );
    while (gateway.underWay() > 0) await new Promise(setImmediate);
    assert.equal(gateway.underWay(), 0);
  });
});

test('more requests under way than the limit are 503, not queued without end', async () => {
  const held: ServerResponse[] = [];
  const both = Promise.withResolvers<undefined>();
  const upstream = (_incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (held.push(outgoing) === 2) both.resolve(undefined);
  };
  await withRig({ upstream, settings: { underWayLimit: 2 } }, async ({ send }) => {
    const first = [0, 1].map(() => send({ path: '/v1.0/leads', headers: READER }));
    await both.promise;
    const third = await send({ path: '/v1.0/leads', headers: READER });
    assert.deepEqual([third.status, third.headers['retry-after']], [503, '1']);
    for (const outgoing of held) outgoing.end('{}');
    assert.deepEqual(
      (await Promise.all(first)).map((reply) => reply.status),
      [200, 200],
    );
  });
});

test('an upstream that answers before it read the body is heard, and the connection goes on', async () => {
  const upstream = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    outgoing.statusCode = 422;
    outgoing.end('{"early":true}');
    incoming.resume();
  };
  await withRig({ upstream }, async ({ send, gateway }) => {
    const body = 'x'.repeat(2_000_000);
    const reply = await send({ method: 'POST', path: '/v1.0/leads', headers: READER, body });
    assert.deepEqual([reply.status, reply.body], [422, '{"early":true}']);
    while (gateway.underWay() > 0) await new Promise(setImmediate);
  });
});
