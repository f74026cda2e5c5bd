import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { freePort } from './free-port.ts';
import { findTakenPort, sayTakenPort, withoutPort } from './ports.ts';

/** A first port whose two next are free as well. */
const threeFree = async (): Promise<number> => {
  for (;;) {
    const port = await freePort();
    if (port < 65_000 && (await findTakenPort(port)) === undefined) return port;
  }
};

const occupied = async (port: number, work: () => Promise<void>, host = '127.0.0.1'): Promise<void> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host.includes(':') }, resolve);
  });
  try {
    await work();
  } finally {
    server.close();
  }
};

test('of three ports, the one that is taken is named with who needs it', async () => {
  const port = await threeFree();
  await occupied(port, async () => {
    assert.deepEqual(await findTakenPort(port), { port, because: 'in use' });
  });
  await occupied(port + 1, async () => {
    assert.deepEqual(await findTakenPort(port), { port: port + 1, because: 'in use', by: 'sample app' });
  });
  await occupied(port + 2, async () => {
    assert.deepEqual(await findTakenPort(port), { port: port + 2, because: 'in use', by: 'token service' });
  });
});

test('the message says the port, that nothing runs, and one command that works', () => {
  assert.equal(
    sayTakenPort({ port: 4000, because: 'in use' }, 4100, []),
    'Port 4000 is in use; nothing was started. Choose one: npm start -- --port 4100',
  );
  assert.equal(
    sayTakenPort(
      { port: 4001, because: 'in use', by: 'sample app' },
      4100,
      withoutPort(['--data', 'my data', '--port', '4000']),
    ),
    "Port 4001 is in use (the sample app needs it); nothing was started. Choose one: npm start -- --port 4100 --data 'my data'",
  );
});
