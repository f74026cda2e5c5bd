// Secrets from files: an argument `@path`, or a variable `NAME_FILE` in the place of `NAME`.
import { promises as fs } from 'node:fs';
import { fail, ok } from './failure.ts';
import type { Result } from './failure.ts';
import type { Io } from './io.ts';

/** The variable itself comes first: its file is not read then. */
export async function withSecretFiles(env: Io['env'], names: readonly string[]): Promise<Result<Io['env']>> {
  const added: Record<string, string> = {};
  for (const name of names) {
    const path = env[`${name}_FILE`] ?? '';
    if (path === '' || (env[name] ?? '') !== '') continue;
    const secret = await readSecretFile(path, `${name}_FILE`);
    if (!secret.ok) return secret;
    added[name] = secret.value;
  }
  return ok(Object.keys(added).length === 0 ? env : { ...env, ...added });
}

const longestSecret = 64 * 1024;

/** `setting` is what the message blames. The line end that editors and `echo` add is no part of a secret. */
export async function readSecretFile(path: string, setting: string): Promise<Result<string>> {
  let text;
  try {
    text = await fs.readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return fail('configuration', `the file of ${setting} cannot be read (${code})`, {
      next: 'check its name',
    });
  }
  const secret = text.trim();
  if (secret !== '' && text.length <= longestSecret) return ok(secret);
  const what = secret === '' ? 'is empty' : 'is too long to hold a secret';
  return fail('configuration', `the file of ${setting} ${what}`, { next: 'check its name' });
}
