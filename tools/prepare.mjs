// Runs before every command of ours: makes sure that the pinned Node 26, the packages and the compiled CLIs are there and
// belong to this checkout. Plain JavaScript for any Node >= 20, because it is what fetches our own Node.
//   node tools/prepare.mjs              install what is missing, then compile
//   node tools/prepare.mjs --check      only say whether `npm start` has installed everything
//   node tools/prepare.mjs --installed  npm calls this when an install by hand has finished
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './prepare/install.mjs';
import { waitForOther } from './prepare/lock.mjs';
import { unfitPlatform } from './prepare/platform.mjs';
import { npmCommand } from './prepare/npm.mjs';
import { isInstalled, markInstalled, wasInstalled } from './prepare/stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const say = (line) => process.stdout.write(`${line}\n`);

const stop = (line) => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

/** The command that the person typed, to name it in a message. */
const typed =
  {
    prestart: 'npm start',
    pretest: 'npm test',
    prebench: 'npm run bench',
    'prebench:cli': 'npm run bench:cli',
  }[process.env.npm_lifecycle_event ?? ''] ?? 'node tools/prepare.mjs';

const pinnedNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

const ownNodeServes = Number(process.versions.node.split('.')[0]) >= 26;
const runningNode = ownNodeServes ? process.execPath : pinnedNode;

const checkPinnedNode = () => {
  const { stdout, error } = spawnSync(pinnedNode, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (stdout?.startsWith('v26.') || ownNodeServes) return;
  stop(
    `The installed Node 26 does not run on this machine (${error?.code ?? 'it ended with an error'}). Install Node 26 from nodejs.org, then run ${typed} again.`,
  );
};

/** Ends with what it printed when it failed, and says every 2.5 seconds that it is still at work. */
const runStep = (step) =>
  new Promise((resolve) => {
    const startedMs = Date.now();
    const child = spawn(runningNode, step, {
      cwd: root,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const timer = setInterval(
      () => say(`  Compiling, ${Math.round((Date.now() - startedMs) / 1000)} s`),
      2_500,
    );
    const end = (failed) => {
      clearInterval(timer);
      resolve(failed ? output : undefined);
    };
    child.once('error', () => end(true));
    child.once('close', (status) => end(status !== 0));
  });

/**
 * Little when all is fresh: tsc remembers in dist/.tsbuildinfo, the bundler in dist/.bundle.json. Types are proven by
 * `npm test`, not at every start.
 */
const compile = async () => {
  const steps = [
    [join('node_modules', 'typescript', 'bin', 'tsc'), '-b', '--noCheck'],
    [join('tools', 'bundle.mjs'), join('packages', 'lofty-cli'), join('packages', 'loomta-cli')],
  ];
  for (const step of steps) {
    const problem = await runStep(step);
    // The tests say it themselves, beside everything else that is wrong.
    if (problem === undefined || typed === 'npm test') continue;
    stop(
      `${problem.trim()}\nCompiling failed; the lines above say where. Nothing was started. With an unchanged checkout, delete the dist folders and run ${typed} again.`,
    );
  }
};

/** npm links no bin whose file is not there yet, and builds nothing when told to ignore scripts. */
const linkBins = () => {
  const bins = ['lofty-cli', 'loomta'].map((name) => join(root, 'node_modules', '.bin', name));
  if (bins.every((bin) => existsSync(bin))) return;
  const { command, first, shell } = npmCommand();
  spawnSync(command, [...first, 'rebuild', '--ignore-scripts', '--loglevel=error'], { cwd: root, shell });
};

/** Our scripts say `exec node …`, so that a signal reaches the program; cmd has no `exec`. */
const provideExec = () => {
  if (process.platform !== 'win32') return;
  const folder = join(root, 'node_modules', '.bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'exec.cmd'), '@%*\r\n');
};

const installWhatIsMissing = async () => {
  await waitForOther(root, say);
  if (isInstalled(root)) return;
  say(
    wasInstalled(root)
      ? 'The packages have changed: installing them again, about a minute.'
      : 'First start: installing Node 26 and packages, about a minute, once.',
  );
  const problem = await install(root, typed);
  if (problem !== undefined) stop(problem);
  markInstalled(root);
  checkPinnedNode();
};

const main = async (option) => {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    stop(`Node 20 or newer is needed; this is ${process.versions.node}. Get one from nodejs.org.`);
  }
  if (option === '--installed') {
    const complete = !(process.env.npm_config_omit ?? '').match(/dev|optional/);
    if (complete) markInstalled(root);
    return;
  }
  const unfit = unfitPlatform(root);
  if (unfit !== undefined) stop(unfit);
  if (option === '--check') {
    if (isInstalled(root)) return;
    stop(
      'Nothing is installed here yet. Run npm start first, and come back when it says that it is running.',
    );
  }
  const fresh = !isInstalled(root);
  if (fresh) await installWhatIsMissing();
  provideExec();
  if (fresh) say('  Compiling');
  await compile();
  linkBins();
};

await main(process.argv[2]);
