// Where the key and the host come from: environment first, then ~/.loomta/credentials.json, exactly as documented.
import { join } from 'node:path';
import {
  apiKeyEnv,
  apiKeyFile,
  authorizedFetch,
  chain,
  checkBaseUrl,
  displayPath,
  ok,
  readPrivateFile,
  symbols,
  writePrivateFile,
} from '@latchkey/auth-kit';
import type { AuthorizedFetch, Failure, Io, Result } from '@latchkey/auth-kit';
import { inProfile, loginCommandOf } from './profile.ts';

const defaultApiUrl = 'https://api.loomta.com';

export type Session = { readonly source: 'env' | 'file'; readonly call: AuthorizedFetch };
type Saved = { readonly apiKey?: string; readonly apiUrl?: string };

export function credentialsPath(io: Io): string {
  return inProfile(io, join(io.homedir(), '.loomta', 'credentials.json'));
}

/** A login by code that another command may finish. */
export function pendingPath(io: Io): string {
  return inProfile(io, join(io.homedir(), '.loomta', 'pending-login.json'));
}

/** The host of a login: the environment's, or the documented one; what an older login saved does not bind a new one. */
export function loginApiUrl(io: Io): Result<string> {
  return checkBaseUrl(envApiUrl(io) ?? defaultApiUrl, 'LOOMTA_API_URL');
}

/** The key in force and a way to call the API with it. The environment's key is never replaced by the file's. */
export async function openSession(io: Io): Promise<Result<Session>> {
  const sources = [
    apiKeyEnv({ variable: 'LOOMTA_API_KEY' }),
    apiKeyFile({
      path: credentialsPath(io),
      pick: (text) => parse(text).apiKey,
      loginCommand: loginCommandOf(io),
    }),
  ];
  const notice = (line: string): void => io.stderr.write(`${symbols(io).note} ${line}\n`);
  const source = (io.env['LOOMTA_API_KEY'] ?? '').trim() === '' ? 'file' : 'env';
  const pinned = chain(sources, { io, notice, pin: source });
  const found = await pinned.resolve();
  if (!found.ok) return { ok: false, failure: notSignedIn(io, found.failure) };
  const baseUrl = await sessionApiUrl(io, source);
  if (!baseUrl.ok) return baseUrl;
  return ok({ source, call: authorizedFetch({ io, chain: pinned, baseUrl: baseUrl.value }) });
}

export function sessionWithKey(io: Io, apiKey: string, apiUrl: string): Session {
  const given: Io = { ...io, env: { ...io.env, LOOMTA_API_KEY: apiKey } };
  const sources = [apiKeyEnv({ variable: 'LOOMTA_API_KEY' })];
  return {
    source: 'file',
    call: authorizedFetch({ io: given, chain: chain(sources, { io: given }), baseUrl: apiUrl }),
  };
}

export async function saveKey(io: Io, apiKey: string, apiUrl: string): Promise<Result<void>> {
  return await writePrivateFile(credentialsPath(io), `${JSON.stringify({ apiKey, apiUrl }, null, 2)}\n`);
}

/** `loomta_sk_…4f2a` */
export function maskKey(key: string): string {
  const prefix = /^[a-z]+_[a-z]+_/.exec(key)?.[0] ?? '';
  return key.length - prefix.length < 12 ? `${prefix}…` : `${prefix}…${key.slice(-4)}`;
}

function envApiUrl(io: Io): string | undefined {
  const value = (io.env['LOOMTA_API_URL'] ?? '').trim();
  return value === '' ? undefined : value;
}

async function sessionApiUrl(io: Io, source: 'env' | 'file'): Promise<Result<string>> {
  const fromEnv = envApiUrl(io);
  if (fromEnv !== undefined) return checkBaseUrl(fromEnv, 'LOOMTA_API_URL');
  const saved =
    source === 'file' ? parse((await readPrivateFile(credentialsPath(io))) ?? '').apiUrl : undefined;
  return checkBaseUrl(saved ?? defaultApiUrl, `apiUrl in ${displayPath(credentialsPath(io), io)}`);
}

function parse(text: string): Saved {
  try {
    const data = JSON.parse(text) as Record<string, unknown> | null;
    const { apiKey, apiUrl } = data ?? {};
    return {
      ...(typeof apiKey === 'string' && apiKey !== '' && { apiKey }),
      ...(typeof apiUrl === 'string' && apiUrl !== '' && { apiUrl }),
    };
  } catch {
    return {};
  }
}

/** The documented first words. */
function notSignedIn(io: Io, failure: Failure): Failure {
  if (failure.kind !== 'not-signed-in') return failure;
  return {
    kind: 'not-signed-in',
    reason: `No API key found. Run \`${loginCommandOf(io)}\`, or set LOOMTA_API_KEY.`,
  };
}
