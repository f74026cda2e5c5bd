/** Owns the body that a person gives by `--data`: JSON, `@file`, or `-` for standard input, sent exactly as written. */
import { readFile, stat } from 'node:fs/promises';
import { fail, ok } from '@latchkey/auth-kit';
import type { Result } from '@latchkey/auth-kit';
import type { Context } from './context.ts';
import { readJson } from './output/json-value.ts';

const maxBodyBytes = 10 * 1024 * 1024;

/** Checked for being JSON, then sent as it was written: numbers keep every digit. */
export async function readBody({ io }: Context, data: string): Promise<Result<string>> {
  const text = await readText(data, () => io.readStdin());
  if (!text.ok) return text;
  if (text.value.includes('\uFFFD')) return badData('is not valid UTF-8', 'save it as UTF-8');
  if (Buffer.byteLength(text.value) > maxBodyBytes) return tooLarge;
  return readJson(text.value) === undefined
    ? badData('is not valid JSON', 'check quotes and commas, and that no member is named twice')
    : text;
}

async function readText(data: string, readStdin: () => Promise<string>): Promise<Result<string>> {
  if (data === '-') return ok(await readStdin());
  if (!data.startsWith('@')) return ok(data);
  try {
    const path = data.slice(1);
    return (await stat(path)).size > maxBodyBytes ? tooLarge : ok(await readFile(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return fail('configuration', `the file of --data cannot be read (${code})`, { next: 'check its name' });
  }
}

function badData(problem: string, next: string): Result<string> {
  return fail('configuration', `--data ${problem}`, { next });
}

const tooLarge = badData('is larger than 10 MiB', 'send less');
