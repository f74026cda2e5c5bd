// What `npm start` does: reads the words after it, starts the demo, prints its screen, and stops it on Ctrl-C.
import { fileURLToPath } from 'node:url';
import { ConfigError, StartError } from '@latchkey/server';
import { defaultDataFolder, parseStartArguments, type StartArguments } from './arguments.ts';
import { findTakenPort, proposePort, sayTakenPort, withoutPort } from './ports.ts';
import { demoScreen } from './screen.ts';
import { startDemo, type Demo } from './start.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
// npm runs us in the repository's root, and says where it was called.
const cwd = process.env['INIT_CWD'] ?? process.cwd();

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const quit = (message: string, code: number): never => {
  process.stderr.write(`${message}\n`);
  process.exit(code);
};

/** Stop within two seconds, whatever still hangs: everything that was answered is on disk already. */
const stopLimitMs = 1_700;
/** A terminal sends Ctrl-C to npm and to us, and npm passes its own on: that is one Ctrl-C, not two. */
const sameKeyMs = 300;

const stopOnSignals = (starting: Promise<Demo | undefined>): void => {
  let firstMs: number | undefined;
  const stop = (): void => {
    if (firstMs !== undefined) {
      if (performance.now() - firstMs > sameKeyMs) process.exit(130);
      return;
    }
    firstMs = performance.now();
    setTimeout(() => process.exit(0), stopLimitMs).unref();
    void starting
      .then((demo) => demo?.close())
      .then(() => process.exit(0))
      .catch(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
};

const sentenceOf = (error: unknown): string => {
  if (error instanceof StartError || error instanceof ConfigError) return error.message;
  const detail = error instanceof Error ? error.message : String(error);
  return `The demo could not start: ${detail}. Nothing is running. If it stays so, delete the data folder to start over.`;
};

const show = (demo: Demo, { dataFolder, own }: StartArguments): void => {
  const path = demo.examplePath;
  say(
    demoScreen({
      file: demo.file,
      dataFolder,
      isDefaultFolder: dataFolder === defaultDataFolder(root),
      cwd,
      found: demo.found,
      ...(own === undefined
        ? {}
        : { own: { openapi: own.openapi, ...(path === undefined ? {} : { path }) } }),
    }),
  );
};

const start = async (given: StartArguments, words: readonly string[]): Promise<void> => {
  const { port, dataFolder, own } = given;
  const taken = port === 0 ? undefined : await findTakenPort(port);
  if (taken !== undefined) quit(sayTakenPort(taken, await proposePort(port), withoutPort(words)), 1);
  const starting = startDemo({ dataFolder, port, ...own });
  stopOnSignals(starting.catch(() => undefined));
  try {
    show(await starting, given);
  } catch (error) {
    quit(sentenceOf(error), 1);
  }
};

export const run = async (words: readonly string[]): Promise<void> => {
  // `npm start | head` closes our output; the demo runs on.
  process.stdout.on('error', () => undefined);
  const parsed = parseStartArguments(words, { root, cwd, env: process.env });
  switch (parsed.kind) {
    case 'help':
      return say(parsed.text);
    case 'wrong':
      return quit(parsed.message, 2);
    case 'start':
      return start(parsed.start, words);
  }
};
