// What may be said after `npm start --`, and in LATCHKEY_PORT: parsed once, with a fix for each mistake.
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type StartArguments = {
  readonly port: number;
  readonly dataFolder: string;
  /** Somebody's own API and its document; always both. */
  readonly own?: { readonly upstream: string; readonly openapi: string };
};

export type Parsed =
  | { readonly kind: 'start'; readonly start: StartArguments }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string };

export type Surroundings = {
  readonly root: string;
  /** Where the person stands: relative paths are theirs. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

const defaultPort = 4000;
export const defaultDataFolder = (root: string): string => join(root, '.latchkey-demo');

const help = `Latchkey's demo: everything on this computer, with invented people.

  npm start                                  on http://localhost:4000, in front of a demo CRM
  npm start -- --port 4100                   on another port; the two after it are used as well
  npm start -- --data FOLDER                 keep the data elsewhere than in .latchkey-demo/
  npm start -- --upstream URL --openapi FILE in front of your own API, as its OpenAPI document says

LATCHKEY_PORT sets the port too. Port 0 takes any that are free. Ctrl-C stops it.`;

// The sample app and the token service take the two ports after it.
const lastPort = 65_533;

const readPort = (text: string, name: string): number | string => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= lastPort) return port;
  return `${name} is ${JSON.stringify(text)}; it must be a number from 1 to ${lastPort}, such as ${name === '--port' ? '--port 4100' : 'LATCHKEY_PORT=4100'}.`;
};

const isHttpUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

const readOwn = (
  { upstream, openapi }: { readonly upstream?: string; readonly openapi?: string },
  cwd: string,
): StartArguments['own'] | string => {
  if (upstream === undefined && openapi === undefined) return undefined;
  if (upstream === undefined || openapi === undefined) {
    return '--upstream and --openapi belong together: npm start -- --upstream http://localhost:3000 --openapi ./openapi.yaml';
  }
  if (!isHttpUrl(upstream)) {
    return `--upstream is ${JSON.stringify(upstream)}; it must be the address of your API, such as http://localhost:3000.`;
  }
  const file = resolve(cwd, openapi);
  if (existsSync(file)) return { upstream, openapi: file };
  return `--openapi names ${file}, and there is no such file. Give the path of your API's OpenAPI document.`;
};

type Values = {
  readonly port?: string;
  readonly data?: string;
  readonly upstream?: string;
  readonly openapi?: string;
  readonly help?: boolean;
};

/** A value, or why there is none. */
const readWords = (words: readonly string[]): Values | string => {
  try {
    const { values } = parseArgs({
      args: [...words],
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        upstream: { type: 'string' },
        openapi: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    return `${(error as Error).message.split(/\. |\n/)[0]}. See npm start -- --help`;
  }
};

export const parseStartArguments = (words: readonly string[], { root, cwd, env }: Surroundings): Parsed => {
  const values = readWords(words);
  if (typeof values === 'string') return { kind: 'wrong', message: values };
  if (values.help === true) return { kind: 'help', text: help };
  const fromEnv = env['LATCHKEY_PORT'];
  const port =
    values.port !== undefined
      ? readPort(values.port, '--port')
      : fromEnv !== undefined && fromEnv !== ''
        ? readPort(fromEnv, 'LATCHKEY_PORT')
        : defaultPort;
  if (typeof port === 'string') return { kind: 'wrong', message: port };
  if (values.data === '') return { kind: 'wrong', message: '--data needs the path of a folder.' };
  const own = readOwn(values, cwd);
  if (typeof own === 'string') return { kind: 'wrong', message: own };
  const data = values.data ?? defaultDataFolder(root);
  const dataFolder = isAbsolute(data) ? data : resolve(cwd, data);
  return { kind: 'start', start: { port, dataFolder, ...(own === undefined ? {} : { own }) } };
};
