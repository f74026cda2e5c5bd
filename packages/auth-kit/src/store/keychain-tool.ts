// The system's own keychain programs: `secret-tool` (Secret Service) and `security` (macOS). A secret goes in and out by
// pipes, never by argument; a program that does not answer in time is killed, with all that it started.
import { fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import { printable } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';

export type KeychainEntry = { readonly service: string; readonly account: string };

export type KeychainTool = {
  /** For people. */
  readonly name: string;
  /** Undefined when there is no such entry. */
  readonly lookup: (entry: KeychainEntry) => Promise<Result<string | undefined>>;
  /** `value` is of the base64url alphabet and `.`; at most 3000 characters. */
  readonly save: (entry: KeychainEntry, value: string) => Promise<Result<void>>;
  /** Also ok when there was none. */
  readonly remove: (entry: KeychainEntry) => Promise<Result<void>>;
};

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
type Ask = (args: readonly string[], stdin?: string) => Promise<Result<Ended>>;

const longestOutput = 64 * 1024;
const signInElsewhere = 'unlock or mend the keychain, or keep sign-ins in a file';

export function keychainTool(io: Io, timeoutMs: number): Result<KeychainTool> {
  if (io.platform === 'darwin') {
    return ok(security((args, stdin) => ask(io, 'security', args, stdin, timeoutMs)));
  }
  if (io.platform === 'win32' || io.platform === 'android') {
    return fail('storage', 'there is no keychain program on this system', {
      next: 'keep sign-ins in a file',
    });
  }
  const bus = io.env['DBUS_SESSION_BUS_ADDRESS'] || io.env['XDG_RUNTIME_DIR'] || '';
  // Without a bus the program would start one by itself, and wait for it.
  if (bus === '') {
    return fail('storage', 'there is no session bus, so no keychain', { next: signInElsewhere });
  }
  return ok(secretTool((args, stdin) => ask(io, 'secret-tool', args, stdin, timeoutMs)));
}

function secretTool(run: Ask): KeychainTool {
  const attributes = ({ service, account }: KeychainEntry): string[] => [
    'service',
    service,
    'account',
    account,
  ];
  return {
    name: 'the Secret Service keychain',
    lookup: async (entry) => {
      const ended = await run(['lookup', ...attributes(entry)]);
      if (!ended.ok) return ended;
      const { code, out, err } = ended.value;
      if (code === 0) return ok(out.trim() === '' ? undefined : out.trim());
      return code === 1 && err.trim() === '' ? ok(undefined) : refused('secret-tool', ended.value);
    },
    save: async (entry, value) => {
      const label = `--label=${entry.service} ${entry.account}`;
      return done('secret-tool', await run(['store', label, ...attributes(entry)], value));
    },
    remove: async (entry) => {
      const ended = await run(['clear', ...attributes(entry)]);
      if (!ended.ok) return ended;
      // It says "nothing was there" as lookup does.
      const none = ended.value.code === 1 && ended.value.err.trim() === '';
      return none ? ok(undefined) : done('secret-tool', ended);
    },
  };
}

/** errSecItemNotFound, as the exit code of security(1). */
const notFound = 44;
const securityWords: Readonly<Record<number, string>> = {
  36: 'it is locked and cannot ask for its password here',
  45: 'another program changed the entry at the same moment',
  51: 'its password was wrong',
  128: 'access was not allowed',
};

function security(run: Ask): KeychainTool {
  const named = ({ service, account }: KeychainEntry): string[] => ['-s', service, '-a', account];
  return {
    name: 'the macOS keychain',
    lookup: async (entry) => {
      const ended = await run(['find-generic-password', ...named(entry), '-w']);
      if (!ended.ok) return ended;
      const { code, out } = ended.value;
      if (code === 0) return ok(out.trim() === '' ? undefined : out.trim());
      return code === notFound ? ok(undefined) : refused('security', ended.value);
    },
    // `-i` reads its commands from stdin, so that the secret is in no process list.
    save: async (entry, value) => {
      const words = ['add-generic-password', '-U', ...named(entry), '-w', value].map((word) => `"${word}"`);
      const ended = await run(['-i'], `${words.join(' ')}\n`);
      if (!ended.ok) return ended;
      // In this mode a failed command does not fail the program; only its words tell.
      return ended.value.err.trim() === '' ? done('security', ended) : refused('security', ended.value);
    },
    remove: async (entry) => {
      const ended = await run(['delete-generic-password', ...named(entry)]);
      return ended.ok && ended.value.code === notFound ? ok(undefined) : done('security', ended);
    },
  };
}

function done(command: string, ended: Result<Ended>): Result<void> {
  if (!ended.ok) return ended;
  return ended.value.code === 0 ? ok(undefined) : refused(command, ended.value);
}

function refused(command: string, { code, err }: Ended): { readonly ok: false; readonly failure: Failure } {
  const said = command === 'security' && code !== null ? securityWords[code] : undefined;
  const line = printable(err.split('\n').find((each) => each.trim() !== '') ?? '');
  const why = said ?? (line === '' ? `${command} ended with ${code ?? 'a signal'}` : line);
  return fail('storage', `the keychain refused: ${why}`, { next: signInElsewhere });
}

async function ask(
  io: Io,
  command: string,
  args: readonly string[],
  stdin: string | undefined,
  timeoutMs: number,
): Promise<Result<Ended>> {
  const { spawn } = await import('node:child_process');
  return await new Promise((resolve) => {
    // A group of its own, so that what it started can be ended with it.
    const child = spawn(command, args, { env: onlyNeeded(io), detached: true, stdio: 'pipe' });
    const output = { out: '', err: '' };
    const settle = (result: Result<Ended>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const giveUp = (why: string): void => {
      killGroup(child.pid);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      child.unref();
      settle(fail('storage', `the keychain ${why}`, { code: 'timeout', next: signInElsewhere }));
    };
    const timer = setTimeout(
      () => giveUp(`did not answer within ${timeoutMs / 1000} s (locked, or its service hangs)`),
      timeoutMs,
    );
    const collect = (name: 'out' | 'err') => (chunk: Buffer) => {
      output[name] += chunk.toString('utf8');
      if (output[name].length > longestOutput) giveUp('answered with something endless');
    };
    child.stdout.on('data', collect('out'));
    child.stderr.on('data', collect('err'));
    child.stdin.on('error', () => undefined);
    child.once('error', () =>
      settle(
        fail('storage', `the program ${command} is not installed, so no keychain can be used`, {
          next: `install ${command}, or keep sign-ins in a file`,
        }),
      ),
    );
    child.once('close', (code) => settle(ok({ code, ...output })));
    child.stdin.end(stdin ?? '');
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Secrets of other methods stand in our environment; a keychain program has no need of them. */
function onlyNeeded({ env }: Io): NodeJS.ProcessEnv {
  const needed =
    /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_.*|TMPDIR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|XDG_.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name)));
}
