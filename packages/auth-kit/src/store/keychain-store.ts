// A sign-in in the system's keychain. Keychains take small values, so a big one is cut: pieces first, then the head that
// names them, so that a reader finds the old or the new whole. Once chosen it is never replaced by a file.
import { join } from 'node:path';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { keychainTool } from './keychain-tool.ts';
import type { KeychainTool } from './keychain-tool.ts';
import { formatTokens, parseTokens } from './token-cache.ts';
import { holds } from './token-store.ts';
import type { TokenStore } from './token-store.ts';

export type KeychainOptions = {
  /** Your program's name: letters, digits, `.`, `_`, `-`. */
  readonly service: string;
  /** The sign-in's name, with the profile if there are several: the same letters, and `/`, `:`, `@`. */
  readonly account: string;
  /** For one question to the keychain; its program is killed then. Default 1000. */
  readonly timeoutMs?: number;
};

const pieceLength = 1900;
const mostPieces = 16;
/** `1.<data>` whole, or `2.<generation>.<write id>.<count>` for pieces. */
const wholeHead = /^1\.([\w-]+)$/;
const piecesHead = /^2\.([ab])\.([0-9a-f]{8})\.(\d{1,2})$/;

/** Throws a `RangeError` for names that are not plain; every other failure is a `storage` value with the keychain's words. */
export function keychainStore({ service, account, timeoutMs = 1000 }: KeychainOptions): TokenStore {
  if (!/^[\w.-]+$/.test(service) || !/^[\w.\-/:@]+$/.test(account)) {
    throw new RangeError('service and account of a keychain entry are plain names');
  }
  const entry = (part?: string) => ({
    service,
    account: part === undefined ? account : `${account}#${part}`,
  });
  const read: TokenStore['read'] = async ({ io }) => {
    const tool = keychainTool(io, timeoutMs);
    return tool.ok ? await readWhole(tool.value, entry) : tool;
  };
  return {
    read,
    write: async (tokens, { io }) => {
      const tool = keychainTool(io, timeoutMs);
      if (!tool.ok) return tool;
      const data = Buffer.from(formatTokens(tokens), 'utf8').toString('base64url');
      return await writeWhole(tool.value, entry, data, hex(io.randomBytes(4)));
    },
    clear: async (context, onlyIf) => {
      const tool = keychainTool(context.io, timeoutMs);
      if (!tool.ok) return tool;
      if (onlyIf !== undefined && !(await holds(read, context, onlyIf))) return ok(false);
      return await removeWhole(tool.value, entry);
    },
    describe: ({ io }) => {
      const tool = keychainTool(io, timeoutMs);
      return Promise.resolve({ kind: 'keychain', name: tool.ok ? tool.value.name : 'the keychain' });
    },
    proveWritable: async ({ io }) => {
      const tool = keychainTool(io, timeoutMs);
      if (!tool.ok) return tool;
      const saved = await tool.value.save(entry('probe'), 'probe');
      return saved.ok ? await tool.value.remove(entry('probe')) : saved;
    },
    // A keychain is the person's, whatever directories a process was told to use.
    lockPath: ({ io }) =>
      Promise.resolve(
        join(io.homedir(), '.cache', service, `${account.replaceAll(/[^\w.-]/g, '_')}.keychain`),
      ),
  };
}

type Entry = (part?: string) => { readonly service: string; readonly account: string };

async function readWhole(tool: KeychainTool, entry: Entry, again = true): ReturnType<TokenStore['read']> {
  const head = await tool.lookup(entry());
  if (!head.ok || head.value === undefined) return head.ok ? ok(undefined) : head;
  const whole = wholeHead.exec(head.value)?.[1];
  if (whole !== undefined) return decode(whole);
  const [, generation, id, count] = piecesHead.exec(head.value) ?? [];
  if (generation === undefined || id === undefined) return strange();
  let data = '';
  for (let index = 0; index < Math.min(Number(count), mostPieces); index += 1) {
    const piece = await tool.lookup(entry(`${generation}${index}`));
    if (!piece.ok) return piece;
    if (piece.value?.startsWith(`${id}.`) !== true) {
      // Somebody wrote anew while we read.
      return again ? await readWhole(tool, entry, false) : strange();
    }
    data += piece.value.slice(id.length + 1);
  }
  return decode(data);
}

async function writeWhole(tool: KeychainTool, entry: Entry, data: string, id: string): Promise<Result<void>> {
  const pieces = data.match(new RegExp(`.{1,${pieceLength}}`, 'g')) ?? [];
  if (pieces.length > mostPieces) {
    return fail('storage', `this sign-in is too big for the keychain (${data.length} characters)`, {
      next: 'keep it in a file',
    });
  }
  const before = await tool.lookup(entry());
  if (!before.ok) return before;
  const old = piecesHead.exec(before.value ?? '');
  const generation = old?.[1] === 'a' ? 'b' : 'a';
  if (pieces.length > 1) {
    for (const [index, piece] of pieces.entries()) {
      const saved = await tool.save(entry(`${generation}${index}`), `${id}.${piece}`);
      if (!saved.ok) return saved;
    }
  }
  const head = pieces.length > 1 ? `2.${generation}.${id}.${pieces.length}` : `1.${data}`;
  const saved = await tool.save(entry(), head);
  if (saved.ok) await removePieces(tool, entry, old);
  return saved;
}

async function removeWhole(tool: KeychainTool, entry: Entry): Promise<Result<boolean>> {
  const head = await tool.lookup(entry());
  if (!head.ok || head.value === undefined) return head.ok ? ok(false) : head;
  const removed = await tool.remove(entry());
  if (!removed.ok) return removed;
  const rest = await removePieces(tool, entry, piecesHead.exec(head.value));
  return rest.ok ? ok(true) : rest;
}

async function removePieces(
  tool: KeychainTool,
  entry: Entry,
  head: RegExpExecArray | null,
): Promise<Result<void>> {
  const [, generation = '', , count = '0'] = head ?? [];
  for (let index = 0; index < Math.min(Number(count), mostPieces); index += 1) {
    const removed = await tool.remove(entry(`${generation}${index}`));
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}

function decode(data: string): Awaited<ReturnType<TokenStore['read']>> {
  const tokens = parseTokens(Buffer.from(data, 'base64url').toString('utf8'));
  return tokens === undefined ? strange() : ok(tokens);
}

function strange(): Result<never> {
  return fail('storage', 'what the keychain holds is no sign-in of this version', { next: 'sign in again' });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
