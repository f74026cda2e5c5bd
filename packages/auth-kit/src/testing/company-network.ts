// A network whose only way out is a CONNECT proxy, with one server behind it under a certificate of the company's own.
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { makeAuthority } from './certificates.ts';

export type CompanyNetwork = {
  readonly proxy: string;
  /** Address of the server, that only the proxy can reach. */
  readonly url: string;
  /** Certificate of the company's authority. */
  readonly authority: string;
  /** What the proxy was asked for, in order: method and target. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
};

export async function startCompanyNetwork(
  options: { readonly password?: string } = {},
): Promise<CompanyNetwork> {
  const hostname = 'api.company.test';
  const authority = makeAuthority('Company CA');
  const issued = authority.issue(hostname);
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createTlsServer({ cert: issued.certificate, key: issued.key }, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end('{"reached":true}');
  });
  const proxy = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  await Promise.all([server, proxy].map(listen));
  const { port } = server.address() as AddressInfo;
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    const wanted = `Basic ${Buffer.from(`me:${options.password}`).toString('base64')}`;
    if (options.password !== undefined && request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
    } else if (request.url === `${hostname}:443`) {
      const inside = connect(port, '127.0.0.1', () =>
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
      );
      inside.pipe(socket).pipe(inside);
      for (const each of [inside, socket]) {
        sockets.add(each);
        each.on('error', () => undefined);
      }
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    }
  });
  return {
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    url: `https://${hostname}`,
    authority: authority.certificate,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([server, proxy].map(stop));
    },
  };
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

async function stop(server: Server & { readonly closeAllConnections?: () => void }): Promise<void> {
  server.closeAllConnections?.();
  await new Promise((resolve) => server.close(resolve));
}
