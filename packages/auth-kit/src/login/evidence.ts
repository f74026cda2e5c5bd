// Gathers what `planLogin` decides by.
import type { Io } from '../io.ts';
import type { LoginEvidence } from './plan.ts';

export async function gatherEvidence(io: Io): Promise<LoginEvidence> {
  const { env, platform } = io;
  const machine = (await io.machine?.()) ?? { inContainer: false, opener: true };
  return { env, platform, terminal: io.stdinIsTTY && io.stderr.isTTY, ...machine };
}
