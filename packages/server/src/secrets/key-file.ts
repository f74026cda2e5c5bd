// The key file: master keys beside the database, never in it; 0600, made at first start (DESIGN.md 4.12).
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { RandomBytes } from './random-bytes.ts';
import type { MasterKey } from './key-ring.ts';

const MASTER_BYTES = 32;

export class KeyFileError extends Error {}

const parse = (text: string, file: string): readonly MasterKey[] => {
  const wrong = (what: string): KeyFileError =>
    new KeyFileError(
      `${file}: ${what}. Restore the file from your backup; without it no issued token or key is good.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('is not JSON');
  }
  const keys = (value as { version?: unknown; keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0) throw wrong('holds no keys');
  return keys.map((entry: { id?: unknown; secret?: unknown }) => {
    const secret =
      typeof entry.secret === 'string' ? Buffer.from(entry.secret, 'base64url') : Buffer.alloc(0);
    const id = Number(entry.id);
    if (!Number.isInteger(id) || id < 1 || id > 255 || secret.length < MASTER_BYTES)
      throw wrong('holds a broken key');
    return { id, secret };
  });
};

/** Reads the file, or makes it with one new key. Modes looser than 0600 are mended. */
export const openKeyFile = (file: string, random: RandomBytes): readonly MasterKey[] => {
  if (!existsSync(file)) {
    const secret = Buffer.from(random(MASTER_BYTES)).toString('base64url');
    const content = { version: 1, keys: [{ id: 1, secret }] };
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return parse(readFileSync(file, 'utf8'), file);
};
