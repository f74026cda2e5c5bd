// The ceiling: node:http alone, reading the same request and answering the same bytes, deciding nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Recorded, Target } from '../works.ts';

export const startBare = async (): Promise<Target> => {
  let status = 200;
  let headers: Record<string, string> = {};
  let body = '';
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
    incoming.on('end', () => {
      Buffer.concat(chunks).toString();
      outgoing.writeHead(status, headers);
      // A string: node then writes head and body at once.
      outgoing.end(body, 'latin1');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    plan: () => Promise.reject(new Error('The bare server repeats what another one answered.')),
    repeat(answer: Recorded) {
      ({ status } = answer);
      headers = Object.fromEntries(answer.headers);
      ({ body } = answer);
      return port;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
};
