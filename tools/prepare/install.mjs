// `npm ci` with a progress line of our own: npm draws none when its output is no terminal, and says little when it is.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hold, release } from './lock.mjs';
import { explainFailure, npmCommand } from './npm.mjs';
import { fits, readLock, thisMachine } from './platform.mjs';
import { unmark } from './stamp.mjs';

/** An optional package for all machines may belong to one for another machine, and then never comes: not counted. */
const willCome = (entry, machine) =>
  entry.link !== true && fits(entry, machine) && (entry.optional !== true || entry.os !== undefined);

const foldersToCome = (root) => {
  const machine = thisMachine();
  return Object.entries(readLock(root))
    .filter(([path, entry]) => path.includes('node_modules/') && willCome(entry, machine))
    .map(([path]) => join(root, path, 'package.json'));
};

/** On a terminal one line that changes; in a log a new line, never more than three seconds after the last. */
const startProgress = (root) => {
  const files = foldersToCome(root);
  const startedMs = Date.now();
  const isTerminal = process.stdout.isTTY;
  const draw = () => {
    const there = files.filter((file) => existsSync(file)).length;
    const what =
      there < files.length ? `Packages: ${there} of ${files.length}` : 'Building the command-line tools';
    const line = `  ${what}, ${Math.round((Date.now() - startedMs) / 1000)} s`;
    process.stdout.write(isTerminal ? `\r${line}\u001B[K` : `${line}\n`);
  };
  draw();
  const timer = setInterval(draw, isTerminal ? 500 : 2_500);
  return () => {
    clearInterval(timer);
    draw();
    if (isTerminal) process.stdout.write('\n');
  };
};

// What a person's npm settings leave out, we need: Node 26 is optional to npm, the compiler a development dependency.
const options = ['ci', '--loglevel=error', '--no-progress', '--include=dev', '--include=optional'];

/** Resolves to nothing, or to a sentence for the person. */
export const install = (root, typed) =>
  new Promise((resolve) => {
    unmark(root);
    const { command, first, shell } = npmCommand();
    const child = spawn(command, [...first, ...options], {
      cwd: root,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) hold(root, child.pid);
    const endProgress = startProgress(root);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    let stoppedBy;
    const interrupt = (signal) => {
      stoppedBy = signal;
      child.kill(signal);
    };
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    child.once('error', (error) => {
      endProgress();
      release(root);
      resolve(
        `npm could not be started (${error.code}). Install npm, then run ${typed} again. Nothing was started.`,
      );
    });
    child.once('close', (status, signal) => {
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
      endProgress();
      release(root);
      if (stoppedBy !== undefined) {
        process.stderr.write(`Stopped before it was complete. ${typed} begins anew.\n`);
        process.exit(stoppedBy === 'SIGINT' ? 130 : 143);
      }
      resolve(status === 0 ? undefined : explainFailure(output, status ?? signal, typed));
    });
  });
