// What only the file system knows about this machine: whether it is a container, and whether something here opens pages.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export type Machine = { readonly inContainer: boolean; readonly opener: boolean };

const openers = [
  'xdg-open',
  'x-www-browser',
  'sensible-browser',
  'gio',
  'kde-open',
  'firefox',
  'chromium',
  'google-chrome',
];

export async function lookAround(env: Readonly<Record<string, string | undefined>>): Promise<Machine> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const [inContainer, opener] = await Promise.all([
    anyOf(['/.dockerenv', '/run/.containerenv'], constants.F_OK),
    anyOf(
      folders.flatMap((folder) => openers.map((name) => join(folder, name))),
      constants.X_OK,
    ),
  ]);
  return { inContainer: inContainer || Boolean(env['container']), opener };
}

async function anyOf(paths: readonly string[], mode: number): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path, mode).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
