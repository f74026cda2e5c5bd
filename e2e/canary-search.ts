// The search for secrets: what one exchange with a server makes known, each form that a program may give a secret, and
// where one of them was found.
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export type Evidence = { readonly place: string; readonly bytes: Buffer };
export type Leak = { readonly place: string; readonly secret: string };

/** Gone meanwhile is as good as empty. */
export const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
};

const secretFields = new Set([
  'access_token',
  'refresh_token',
  'device_code',
  'code_verifier',
  'client_secret',
  'customer_key',
  'session_id',
  'api_key',
  'token',
]);

/** From one exchange of the tool with a server. */
export const learn = (secrets: Set<string>, line: string): void => {
  const { authorization, sent, got } = JSON.parse(line) as Record<'authorization' | 'sent' | 'got', string>;
  const add = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 8) secrets.add(value);
  };
  add(authorization.split(' ')[1]);
  const fields = [...new URLSearchParams(sent), ...Object.entries({ ...json(sent), ...json(got) })];
  for (const [name, value] of fields) if (secretFields.has(name)) add(value);
  // In an answer `code` is the name of an error.
  for (const [name, value] of new URLSearchParams(sent)) if (name === 'code') add(value);
};

const json = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

export const findLeaks = (evidence: readonly Evidence[], secrets: ReadonlySet<string>): readonly Leak[] => {
  const forms = [...secrets].flatMap((secret) => formsOf(secret).map((form) => ({ secret, form })));
  return evidence.flatMap(({ place, bytes }) =>
    [...new Set(forms.filter(({ form }) => bytes.includes(form)).map(({ secret }) => secret))].map(
      (secret) => ({ place, secret }),
    ),
  );
};

/** As it is, in an address, in hex, and in base64 at each of the three places it can begin at. */
const formsOf = (secret: string): readonly string[] => {
  const based = [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.from(`${'\0'.repeat(offset)}${secret}`).toString('base64');
    // The first and last symbols depend on what stands beside.
    const inner = whole.slice(offset === 0 ? 0 : 4, -4);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = Buffer.from(secret).toString('hex');
  return [...new Set([secret, encodeURIComponent(secret), hex, hex.toUpperCase(), ...based])].filter(
    (form) => form.length >= 8,
  );
};

/** The database as it lies on disk, pages that were freed included; not the demo's own list of its secrets. */
export const databaseEvidence = async (folder: string): Promise<readonly Evidence[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'demo.json')
    .map((entry) => ({
      place: `database ${entry.name}`,
      bytes: read(join(entry.parentPath, entry.name)),
    }));
};
