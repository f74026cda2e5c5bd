/** Owns seeing what a run of the CLI loads: files of ours and of packages, and Node's own modules beyond a bare start. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const source = new URL('../', import.meta.url).href;
const repository = new URL('../../../../', import.meta.url).href;

/** Runs before the CLI in its process: writes down each file that is resolved, and at the end what Node loaded. */
const recorder = `
import { registerHooks } from 'node:module';
import { writeFileSync } from 'node:fs';
const before = new Set(process.moduleLoadList);
const files = [];
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (found.url.startsWith('file:')) files.push(found.url);
    return found;
  },
});
process.on('exit', () => {
  const builtins = process.moduleLoadList.filter((name) => !before.has(name));
  writeFileSync(process.env.LOADED_MODULES, JSON.stringify({ files, builtins }));
});
`;

export type Loaded = {
  readonly stdout: string;
  /** Of this package, such as \`parse.ts\`; of others, from the repository's root. */
  readonly files: readonly string[];
  /** Public modules of Node, such as \`http\`. */
  readonly builtins: readonly string[];
};

export async function loadedModules(
  argv: readonly string[],
  home: string,
  env: Readonly<Record<string, string>>,
): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'lofty-loaded-'));
  const record = join(folder, 'loaded.json');
  const hook = `data:text/javascript,${encodeURIComponent(recorder)}`;
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@latchkey/source', '--import', hook, main, ...argv],
      {
        env: { HOME: home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', LOADED_MODULES: record, ...env },
      },
    );
    const { files, builtins } = JSON.parse(await readFile(record, 'utf8')) as Omit<Loaded, 'stdout'>;
    const shorten = (url: string): string =>
      url.startsWith(source) ? url.slice(source.length) : url.replace(repository, '');
    const isPublic = (name: string): boolean => !/^(Internal Binding|NativeModule internal)/.test(name);
    return {
      stdout,
      files: [...new Set(files.map(shorten))].toSorted(),
      builtins: builtins.filter(isPublic).map((name) => name.replace('NativeModule ', '')),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
