// `auth:login`: a key by device login, or one that the person brings. Saved before success is said.
import { displayPath, readSecretFile, symbols } from '@latchkey/auth-kit';
import type { Io } from '@latchkey/auth-kit';
import type { LoginInput } from '../arguments.ts';
import { credentialsPath, loginApiUrl, maskKey, saveKey, sessionWithKey } from '../credentials.ts';
import { keyByDevice } from '../device-login.ts';
import { done, failed, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { fetchPlatforms } from '../platforms.ts';
import { loginCommandOf } from '../profile.ts';

export async function authLogin(io: Io, input: LoginInput): Promise<Outcome> {
  const apiUrl = loginApiUrl(io);
  if (!apiUrl.ok) return failed(apiUrl.failure);
  const outcome =
    input.apiKey === undefined
      ? await byDevice(io, apiUrl.value, input)
      : await byKey(io, apiUrl.value, input.apiKey);
  // Said last, where it is read: the login worked, and yet commands will not use its key.
  if (outcome.ok && (io.env['LOOMTA_API_KEY'] ?? '').trim() !== '') {
    note(io, 'LOOMTA_API_KEY is set and wins over the saved key. To use the saved one: unset LOOMTA_API_KEY');
  }
  return outcome;
}

async function byKey(io: Io, apiUrl: string, given: string): Promise<Outcome> {
  const fromStdin = given === '-';
  const fromFile = given.startsWith('@');
  if (!fromStdin && !fromFile) {
    note(io, 'A key on the command line can be seen by others and stays in the shell history.');
    io.stderr.write(`  Better, from stdin: ${loginCommandOf(io)} --api-key -\n`);
  }
  const file = fromFile ? await readSecretFile(given.slice(1), '--api-key') : undefined;
  if (file?.ok === false) return failed(file.failure);
  const apiKey = file?.value ?? (fromStdin ? await io.readStdin() : given).trim();
  if (!/^[\x21-\x7e]{1,4096}$/.test(apiKey)) {
    const where = fromStdin ? 'on stdin' : 'after --api-key';
    return refused(
      'invalid_request',
      `There is no usable key ${where}.`,
      'give one key, without spaces or line breaks',
    );
  }
  const checked = await fetchPlatforms(sessionWithKey(io, apiKey, apiUrl).call);
  if (!checked.ok) {
    if (checked.outcome.ok || checked.outcome.code !== 'invalid_api_key') return checked.outcome;
    const next = 'copy a key from Settings > API Keys';
    return refused('invalid_api_key', 'The API key is invalid. Nothing was saved.', next);
  }
  const saved = await saveKey(io, apiKey, apiUrl);
  if (!saved.ok) return failed(saved.failure);
  return signedIn(io, apiKey, checked.count);
}

async function byDevice(io: Io, apiUrl: string, input: LoginInput): Promise<Outcome> {
  const collected = await keyByDevice(io, apiUrl, input);
  if (!('apiKey' in collected)) return collected.outcome;
  const { apiKey } = collected;
  const platforms = await fetchPlatforms(sessionWithKey(io, apiKey, apiUrl).call);
  if (platforms.ok) return signedIn(io, apiKey, platforms.count);
  if (!platforms.outcome.ok && platforms.outcome.code === 'invalid_api_key') return platforms.outcome;
  note(io, 'The key is saved, but its platforms could not be counted now.');
  return signedIn(io, apiKey, null);
}

function signedIn(io: Io, apiKey: string, connectedPlatforms: number | null): Outcome {
  const where = displayPath(credentialsPath(io), io);
  io.stderr.write(`${symbols(io).done} Signed in with key ${maskKey(apiKey)}, saved in ${where}\n`);
  return done({ status: 'authenticated', source: 'file', connectedPlatforms });
}

function note(io: Io, line: string): void {
  io.stderr.write(`${symbols(io).note} ${line}\n`);
}
