// `npm run shell`: the person's own shell with both CLIs on PATH, pointed at the demo. `npm run shell -- -c 'command'`
// passes through; `npm run shell -- --data FOLDER` uses the demo of another folder.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultDataFolder } from './arguments.ts';
import { readDemoFile } from './demo-file.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const cwd = process.env['INIT_CWD'] ?? process.cwd();

const quit = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const shellOf = (): string => {
  if (process.platform === 'win32') return process.env['ComSpec'] ?? 'cmd.exe';
  const own = process.env['SHELL'] ?? '';
  return isAbsolute(own) && existsSync(own) ? own : '/bin/sh';
};

/** Theirs, without what npm added for its scripts, which would reach every npm they run in there. */
const environment = (issuer: string): Record<string, string> => {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|INIT_CWD$)/.test(entry[0]),
  );
  const bin = join(root, 'node_modules', '.bin');
  const rest = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== bin);
  return {
    ...Object.fromEntries(kept),
    PATH: [bin, ...rest].join(delimiter),
    LOFTY_BASE_URL: issuer,
    LOOMTA_API_URL: issuer,
  };
};

const answers = async (issuer: string): Promise<boolean> => {
  try {
    await fetch(`${issuer}/.well-known/oauth-authorization-server`, { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  }
};

const words = process.argv.slice(2);
const elsewhere = words[0] === '--data' ? words[1] : undefined;
if (words[0] === '--data' && elsewhere === undefined) quit('--data needs the path of a folder.');
const folder = elsewhere === undefined ? defaultDataFolder(root) : resolve(cwd, elsewhere);
const args = elsewhere === undefined ? words : words.slice(2);

const issuerOf = (): string | undefined => {
  try {
    return readDemoFile(folder)?.issuer;
  } catch {
    return quit(`${folder}/demo.json cannot be read. Delete ${folder} and run npm start to begin anew.`);
  }
};

const issuer =
  issuerOf() ??
  quit(`No demo was started yet: ${folder} has no demo.json. Run npm start in another terminal first.`);

if (args.length === 0) {
  const lines = (await answers(issuer))
    ? [
        `lofty-cli and loomta are here, pointed at ${issuer}. Leave with exit.`,
        'Next: lofty-cli auth login-browser, then lofty-cli leads list --limit 3',
      ]
    : [
        `lofty-cli and loomta are here, pointed at ${issuer}, where nothing answers now.`,
        'Next: npm start in another terminal, then lofty-cli auth login-browser',
      ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

const shell = shellOf();
const env = environment(issuer);
process.chdir(cwd);
if (process.platform === 'win32') {
  const child = spawn(shell, args, { stdio: 'inherit', env });
  child.once('exit', (code) => process.exit(code ?? 1));
} else {
  // The shell takes this process's place: job control, signals and its exit code are its own.
  process.execve?.(shell, [shell, ...args], env);
}
