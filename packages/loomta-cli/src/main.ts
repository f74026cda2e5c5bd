#!/usr/bin/env node
// loomta: the process. Everything it does is in run.ts.
import { nodeIo } from '@latchkey/auth-kit';
import { run } from './run.ts';

const main = async (): Promise<void> => {
  process.exitCode = await run(process.argv.slice(2), nodeIo());
};
void main();
