// A relay in front of the server whose answers carry another Date: what a command sees when this computer's clock is wrong.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { exchange } from '../http/exchange.ts';

export const startSkewedRelay = async (origin: string, aheadMs: number): Promise<string> => {
  const relay = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { authorization = '' } = incoming.headers;
    const request = { method: incoming.method ?? 'GET', headers: { authorization } };
    const reply = await exchange(origin, incoming.url ?? '/', request);
    outgoing.writeHead(reply.status, {
      'content-type': reply.headers['content-type'] ?? 'application/json',
      date: new Date(Date.now() + aheadMs).toUTCString(),
    });
    outgoing.end(reply.text);
  };
  const server = createServer((incoming, outgoing) => {
    relay(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
