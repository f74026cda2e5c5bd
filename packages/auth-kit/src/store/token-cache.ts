// The cache file of one sign-in: versioned JSON. A file that is no such thing is a miss, never an error; one that a newer
// version wrote is neither used nor replaced.
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import type { TokenSet } from '../token-set.ts';
import { loadPrivateFile, readPrivateFile, writePrivateFile } from './private-file.ts';
import type { Notice } from './private-file.ts';

const version = 1;

/** Undefined when absent or unreadable as a cache. Repairs looser modes with a notice. */
export async function readTokenCache(path: string, notice?: Notice): Promise<TokenSet | undefined> {
  const text = await readPrivateFile(path, notice);
  return text === undefined ? undefined : parseTokens(text);
}

/** As `readTokenCache`, but says when there is a file that may hold a sign-in and cannot be used. */
export async function loadTokenCache(path: string, notice?: Notice): Promise<Result<TokenSet | undefined>> {
  const text = await loadPrivateFile(path, notice);
  if (!text.ok || text.value === undefined) return text.ok ? ok(undefined) : text;
  return isNewer(text.value) ? newer(path) : ok(parseTokens(text.value));
}

export async function writeTokenCache(path: string, tokens: TokenSet): Promise<Result<void>> {
  const refused = await refuseNewer(path);
  return refused.ok ? await writePrivateFile(path, formatTokens(tokens)) : refused;
}

/** Fails when a newer version of the program wrote the file: it must not be lost to an older one. */
export async function refuseNewer(path: string): Promise<Result<void>> {
  const text = await readPrivateFile(path);
  return text !== undefined && isNewer(text) ? newer(path) : ok(undefined);
}

export function formatTokens(tokens: TokenSet): string {
  return `${JSON.stringify({ version, ...tokens }, null, 2)}\n`;
}

export function parseTokens(text: string): TokenSet | undefined {
  const data = parseRecord(text);
  if (data === undefined || data['version'] !== version) return undefined;
  const {
    accessToken,
    expiresAt,
    refreshToken,
    scope,
    obtainedAt,
    clockSkewMs,
    issuer,
    tokenEndpoint,
    identity,
    bindings,
    renewal,
  } = data;
  if (typeof accessToken !== 'string' || accessToken === '') return undefined;
  if (typeof obtainedAt !== 'number' || typeof issuer !== 'string') return undefined;
  return {
    accessToken,
    obtainedAt,
    issuer,
    ...(typeof tokenEndpoint === 'string' && { tokenEndpoint }),
    ...(typeof expiresAt === 'number' && { expiresAt }),
    ...(typeof clockSkewMs === 'number' && { clockSkewMs }),
    ...(typeof refreshToken === 'string' && { refreshToken }),
    ...(typeof scope === 'string' && { scope }),
    ...(isRecord(identity) && { identity: onlyStrings(identity) }),
    ...(isRecord(bindings) && { bindings: onlyStrings(bindings) }),
    ...(isRecord(renewal) && { renewal: onlyStrings(renewal) }),
  };
}

function isNewer(text: string): boolean {
  const found = parseRecord(text)?.['version'];
  return typeof found === 'number' && found > version;
}

function newer(path: string): Result<never> {
  return fail('storage', `${path} was written by a newer version of this program`, {
    code: 'newer-version',
    next: `update this program, or delete ${path} and sign in again`,
  });
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function onlyStrings(record: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(record).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}
