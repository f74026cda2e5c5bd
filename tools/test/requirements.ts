// What the tests need besides npm packages: a real Postgres and a real Chromium. Debian's are installed when we may;
// else one line says what is missing and how to get it. Shells are asked for completions: without one, its test is skipped.
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (name: string): readonly string[] =>
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));

/** As packages/server/src/storage/testing/postgres-server.ts looks for it. */
const hasPostgres = (): boolean => {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const programs = [
    ...versions.map((version) => join(debian, version, 'bin', 'initdb')),
    ...onPath('initdb'),
  ];
  return programs.some(isExecutable);
};

/** Ubuntu's chromium-browser may be a script that only asks for a snap: it must answer. */
const runs = (file: string): boolean => {
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const places = [
    ...names.map((name) => join('/usr/bin', name)),
    ...names.flatMap(onPath),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((file) => isExecutable(file) && runs(file));
};

type Missing = { readonly what: string; readonly packages: readonly string[] };

const missing = (): readonly Missing[] => [
  ...(hasPostgres() ? [] : [{ what: 'Postgres', packages: ['postgresql'] }]),
  // Without a font Chromium measures nothing as a person sees it.
  ...(findChromium() === undefined
    ? [{ what: 'Chromium', packages: ['chromium', 'fonts-dejavu-core'] }]
    : []),
];

/** Not worth stopping for. */
const wanted = (): readonly Missing[] =>
  ['zsh', 'fish']
    .filter((shell) => !onPath(shell).some(isExecutable))
    .map((shell) => ({ what: shell, packages: [shell] }));

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

const aptGet = (say: (line: string) => void, ...args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    const startMs = performance.now();
    const timer = setInterval(() => {
      say(`  apt-get ${args[0] ?? ''}, ${Math.round((performance.now() - startMs) / 1000)} s`);
    }, 10_000);
    child.once('error', () => undefined);
    child.once('close', (code) => {
      clearInterval(timer);
      if (code !== 0) say(output.trim().split('\n').slice(-5).join('\n'));
      resolve(code === 0);
    });
  });

const namesOf = (parts: readonly Missing[]): string => parts.map(({ what }) => what).join(' and ');

/** Nothing when all is there; else the line for the person. */
export const meetRequirements = async (say: (line: string) => void): Promise<string | undefined> => {
  const needed = missing();
  const toInstall = mayInstall() ? [...needed, ...wanted()] : [];
  if (toInstall.length > 0) {
    say(`Installing ${namesOf(toInstall)} for the tests with apt-get, once`);
    await aptGet(say, 'update');
    const packages = toInstall.flatMap((one) => one.packages);
    await aptGet(say, 'install', '-y', '--no-install-recommends', ...packages);
  }
  const lacking = missing();
  if (lacking.length === 0) return undefined;
  const names = namesOf(lacking);
  const packages = lacking.flatMap((one) => one.packages);
  return `The tests need ${names}. On Debian: sudo apt-get install ${packages.join(' ')}. On macOS: brew install postgresql, and Google Chrome. Elsewhere: put initdb and postgres on PATH, and name the browser in CHROMIUM.`;
};
