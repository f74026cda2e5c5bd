// Starts the demo in a folder of its own, which goes when it stops.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TARGET_VARIABLE = 'LATCHKEY_TARGET';

export type Running = { readonly file: string; readonly close: () => Promise<void> };

export const startTarget = async (more: { readonly now?: () => number } = {}): Promise<Running> => {
  const { startDemo } = await import('@latchkey/demo/start');
  const dataFolder = await mkdtemp(join(tmpdir(), 'latchkey-conformance-'));
  const remove = (): Promise<void> => rm(dataFolder, { recursive: true, force: true });
  try {
    const demo = await startDemo({ dataFolder, port: 0, log: false, ...more });
    const close = async (): Promise<void> => {
      await demo.close();
      await remove();
    };
    return { file: demo.demoFile, close };
  } catch (error) {
    await remove();
    throw error;
  }
};
