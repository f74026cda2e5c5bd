/** Owns deleting saved credentials and saying exactly what happened, and what still signs in. */
import { lstat } from 'node:fs/promises';
import { displayPath, removePrivateFile } from '@latchkey/auth-kit';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';

export type RemoveWords = {
  readonly nothing: string;
  /** These would go on working: a person who signs out must hear of them. */
  readonly variables: readonly string[];
  readonly revoked: boolean;
  readonly afterwards: readonly string[];
};

export async function removeSaved(
  context: Context,
  paths: readonly string[],
  words: RemoveWords,
): Promise<ExitCode> {
  const { io, global } = context;
  const removed: string[] = [];
  for (const path of paths) {
    const name = displayPath(path, io);
    if (await removePrivateFile(path)) removed.push(name);
    // A person who signed out must not be told so while the credential still lies there.
    else if (await exists(path)) {
      const next = `delete ${name} by hand`;
      return context.refuse({ kind: 'storage', reason: `${name} could not be deleted`, next });
    }
  }
  if (removed.length === 0) context.say(words.nothing);
  for (const path of removed) context.sayDone(`Deleted ${path}`);
  context.say(...words.afterwards);
  const still = words.variables.filter((name) => (io.env[name] ?? '') !== '');
  if (still.length > 0) context.sayNote(`Still set, unset it too: ${still.join(', ')}`);
  if (global.format !== 'text')
    await context.print(JSON.stringify({ removed, revoked: words.revoked, stillSet: still }));
  return exitCode.ok;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
