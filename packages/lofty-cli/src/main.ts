#!/usr/bin/env node
/** Owns the process: real input and output, the exit code, and what happens when something unexpected is thrown. */
import { nodeIo } from '@latchkey/auth-kit';
import { run } from './run.ts';

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  // `lofty-cli leads list | head -1` closed our output: nothing is left to say.
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(
    `lofty-cli met a fault of its own (${error.name}). Please report it with the command you ran.\n`,
  );
  process.exit(1);
});

process.exitCode = await run(process.argv.slice(2), nodeIo());
