// A home folder in which lofty-cli is signed in: a token that is good for an hour, for an address where nothing listens.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore, nodeIo } from '@latchkey/auth-kit';

const hourMs = 3_600_000;

export type SignedInHome = {
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly remove: () => Promise<void>;
};

export const signedInHome = async (): Promise<SignedInHome> => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-cli-'));
  // Port 9 is discard: a command that calls out fails, and is seen.
  const issuer = 'http://127.0.0.1:9';
  const now = Date.now();
  const store = fileStore(join(folder, '.config', 'tokens', 'lofty-pkce-cache.json'));
  const tokens = {
    accessToken: 'a-token-of-the-benchmark',
    refreshToken: 'a-refresh-token-of-the-benchmark',
    obtainedAt: now,
    expiresAt: now + hourMs,
    issuer,
  };
  // With a signal of its own: Ctrl-C stays the benchmark's.
  const saved = await store.write(tokens, { io: nodeIo({ signal: new AbortController().signal }) });
  if (!saved.ok) throw new Error(saved.failure.reason);
  return {
    folder,
    env: { PATH: process.env['PATH'], HOME: folder, LOFTY_BASE_URL: issuer, NO_COLOR: '1' },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
