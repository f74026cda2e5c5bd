// Development server: every page with sample props, with the headers of production. Loopback only.
// Run: node --conditions=@latchkey/source packages/server/src/portal/testing/preview.ts
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portalAsset, sentAs } from '../assets.ts';
import { pageHeaders } from '../headers.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { previews } from './views.ts';

const index = (): Html =>
  html`<!doctype html>
    <html lang="en">
      <title>Preview</title>
      <ul>
        ${Object.keys(previews).map((name) => html`<li><a href="/${name}">${name}</a></li>`)}
      </ul>
    </html>`;

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

const answer = (path: string, acceptEncoding: string | undefined): Answer => {
  const asset = portalAsset(path);
  if (asset !== undefined) return { status: 200, ...sentAs(asset, acceptEncoding) };
  const preview = previews[path.slice(1)];
  if (preview !== undefined)
    return { status: 200, headers: pageHeaders(preview.kind), body: preview.page().toString() };
  // The start page asks again and again; nothing happens here.
  if (path === '/demo/live.json') return { status: 204, headers: {}, body: '' };
  if (path === '/') return { status: 200, headers: pageHeaders('normal'), body: index().toString() };
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no such preview' };
};

export type RunningPreview = { readonly url: string; readonly close: () => Promise<void> };

export const startPreview = async (port: number): Promise<RunningPreview> => {
  const server = createServer((request, response) => {
    const { status, headers, body } = answer(
      (request.url ?? '/').split('?')[0] ?? '/',
      request.headers['accept-encoding'],
    );
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

if (import.meta.main) {
  const { url } = await startPreview(Number(process.env['PORT'] ?? 4090));
  process.stdout.write(`${url}\n`);
}
