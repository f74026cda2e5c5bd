#!/usr/bin/env node
/** Owns the process: real input and output, the exit code, and what happens when something unexpected is thrown. */
import { standardError, standardOutput } from '@latchkey/auth-kit/output';
import { run } from './run.ts';

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  // `lofty-cli leads list | head -1` closed our output: nothing is left to say.
  if (error.code === 'EPIPE') process.exit(0);
  // Neither message nor stack: both may hold what a server or a person sent.
  process.stderr.write(
    `lofty-cli met a fault of its own (${error.name}). Please report the command you ran.\n`,
  );
  process.exit(1);
});

const main = async (): Promise<void> => {
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    stdout: standardOutput(),
    stderr: standardError(),
    io: async () => (await import('./kit-at-start.ts')).nodeIo(),
  });
};
void main();
