// Starting and stopping a demo server: resolves once it listens, with the address it really got.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Running = { readonly url: string; readonly close: () => Promise<void> };

export const listen = (server: Server, port: number, host: string): Promise<Running> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address = server.address() as AddressInfo;
      const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve({
        url: `http://${name}:${address.port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
