// The API owner's brand on our pages: logo and accent as files of our own origin (the pages' policy allows no other).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { ConfigError, type Config } from './config.ts';
import type { AssetAnswer } from './portal/assets.ts';
import type { Brand } from './portal/frame.ts';

type Rgb = readonly [number, number, number];
type BrandFiles = { readonly brand: Brand; readonly asset: (path: string) => AssetAnswer | undefined };

const LOGO_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/** Text and links on the surface must reach this ratio (WCAG 2.2 AA with a margin). */
const MIN_CONTRAST = 4.6;
const LIGHT_SURFACE: Rgb = [255, 255, 255];
const DARK_SURFACE: Rgb = [26, 27, 30];

const parse = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const format = (colour: Rgb): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
const mix = (colour: Rgb, towards: Rgb, share: number): Rgb =>
  colour.map((part, index) => part + ((towards[index] ?? 0) - part) * share) as unknown as Rgb;

const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG 2.2 contrast ratio, 1 to 21. */
const contrast = (one: Rgb, other: Rgb): number => {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

/** The accent moved towards black or white until it can be read on the surface. */
const readable = (accent: Rgb, surface: Rgb, towards: Rgb): Rgb => {
  for (let share = 0; share < 1; share += 0.02) {
    const candidate = mix(accent, towards, share);
    if (contrast(candidate, surface) >= MIN_CONTRAST) return candidate;
  }
  return towards;
};

/** The sheet that overrides the accent in both colour schemes. */
export const accentSheet = (hex: string): string => {
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const light = readable(parse(hex), LIGHT_SURFACE, black);
  const dark = readable(parse(hex), DARK_SURFACE, white);
  return `:root {
  --accent: light-dark(${format(light)}, ${format(dark)});
  --accent-hover: light-dark(${format(mix(light, black, 0.2))}, ${format(mix(dark, white, 0.3))});
  --on-accent: light-dark(#ffffff, ${format(mix(dark, black, 0.85))});
}
`;
};

const answer = (type: string, body: Uint8Array): AssetAnswer => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-length': String(body.length),
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  },
  body,
});

const readLogo = (file: string): { readonly type: string; readonly body: Uint8Array } => {
  const type = LOGO_TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new ConfigError([`brand.logo: ${file} must be a PNG, JPEG or WebP file.`]);
  try {
    return { type, body: readFileSync(file) };
  } catch (error) {
    throw new ConfigError([`brand.logo: ${file} cannot be read: ${(error as Error).message}.`]);
  }
};

export const openBrand = (config: Config['brand']): BrandFiles => {
  const files = new Map<string, AssetAnswer>();
  const add = (name: string, type: string, body: Uint8Array): string => {
    const digest = createHash('sha256').update(body).digest('base64url').slice(0, 12);
    const path = `/brand/${name}-${digest}`;
    files.set(path, answer(type, body));
    return path;
  };
  const logo = config.logo === undefined ? undefined : readLogo(config.logo);
  const brand: Brand = {
    name: config.name,
    supportEmail: config.support,
    ...(config.terms === undefined ? {} : { termsUrl: config.terms }),
    ...(config.privacy === undefined ? {} : { privacyUrl: config.privacy }),
    ...(logo === undefined ? {} : { logoUrl: add('logo', logo.type, logo.body) }),
    ...(config.accent === undefined
      ? {}
      : { stylesheetUrl: add('accent', 'text/css; charset=utf-8', Buffer.from(accentSheet(config.accent))) }),
  };
  return { brand, asset: (path) => files.get(path) };
};
