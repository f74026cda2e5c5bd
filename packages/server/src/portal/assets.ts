// The portal's own files (style sheet, scripts, font), named by their content and kept by browsers for ever.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

export type ScriptName =
  | 'copy'
  | 'countdown'
  | 'download-env'
  | 'echo'
  | 'hide-later'
  | 'live'
  | 'passkey'
  | 'permission-search'
  | 'show-password'
  | 'times'
  | 'walk-through';

export type AssetAnswer = {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The same in gzip, for text: it holds nothing of anybody, so its length tells nothing. */
  readonly packed?: Pick<AssetAnswer, 'headers' | 'body'>;
};

const packaged = createRequire(import.meta.url);
// The same folder from src/portal and from dist/portal: style sheets and scripts are not compiled.
const folder = new URL('../../src/portal/assets/', import.meta.url);
const own = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

const table = new Map<string, AssetAnswer>();

const packed = (headers: AssetAnswer['headers'], body: Uint8Array): Pick<AssetAnswer, 'packed'> => {
  const small = gzipSync(body, { level: 9 });
  return {
    packed: {
      headers: { ...headers, 'content-length': String(small.length), 'content-encoding': 'gzip' },
      body: small,
    },
  };
};

const add = (name: string, type: string, body: Uint8Array): string => {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  const path = `/assets/${name.replace(/(\.[a-z0-9]+)$/, `-${digest}$1`)}`;
  const headers = {
    'content-type': type,
    'content-length': String(body.length),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  };
  table.set(path, { status: 200, headers, body, ...(type === 'font/woff2' ? {} : packed(headers, body)) });
  return path;
};

export const fontUrl = add(
  'inter.woff2',
  'font/woff2',
  readFileSync(packaged.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')),
);

export const iconUrl = add('icon.svg', 'image/svg+xml', Buffer.from(own('icon.svg')));

const layers = (): string =>
  [
    '@layer normalize, tokens, elements, shell, forms, parts, tables, pages, usage, demo;',
    `@layer normalize {\n${readFileSync(packaged.resolve('modern-normalize'), 'utf8')}}`,
    ...['tokens', 'elements', 'shell', 'forms', 'parts', 'tables', 'pages', 'usage', 'demo'].map(
      (layer) => `@layer ${layer} {\n${own(`${layer}.css`)}}`,
    ),
  ]
    .join('\n')
    .replace("url('inter.woff2')", `url('${fontUrl}')`)
    .replace(/\/\*(?!!)[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n');

export const styleUrl = add('portal.css', 'text/css; charset=utf-8', Buffer.from(layers()));

const addScript = (name: ScriptName): string =>
  add(`${name}.js`, 'text/javascript; charset=utf-8', Buffer.from(own(`${name}.js`)));

export const scriptUrls: Readonly<Record<ScriptName, string>> = {
  copy: addScript('copy'),
  countdown: addScript('countdown'),
  'download-env': addScript('download-env'),
  echo: addScript('echo'),
  live: addScript('live'),
  'hide-later': addScript('hide-later'),
  passkey: addScript('passkey'),
  'permission-search': addScript('permission-search'),
  'show-password': addScript('show-password'),
  times: addScript('times'),
  'walk-through': addScript('walk-through'),
};

/** A picture that a vendor gave, re-encoded; should anybody open it by itself, it is a picture and nothing else. */
export const logoAsset = (png: Uint8Array): AssetAnswer => ({
  status: 200,
  headers: {
    'content-type': 'image/png',
    'content-length': String(png.length),
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'inline; filename="logo.png"',
    'cross-origin-resource-policy': 'same-origin',
  },
  body: png,
});

/** The file at this exact path, or undefined: names carry their content's hash, so an answer never goes stale. */
export const portalAsset = (path: string): AssetAnswer | undefined => table.get(path);

const takesGzip = (acceptEncoding: string | undefined): boolean =>
  /(?:^|[,\s])(?:gzip|\*)\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))/.test(acceptEncoding ?? '');

/** As this browser takes it. */
export const sentAs = (
  asset: AssetAnswer,
  acceptEncoding: string | undefined,
): Pick<AssetAnswer, 'headers' | 'body'> =>
  asset.packed !== undefined && takesGzip(acceptEncoding) ? asset.packed : asset;
