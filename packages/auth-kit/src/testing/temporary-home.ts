// A home directory of a test's own, removed with it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export async function temporaryHome(t: Pick<TestContext, 'after'>): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'auth-kit-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  return home;
}
