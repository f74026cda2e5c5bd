// A device login that one process begins and another finishes: for agents, CI, and everything without a terminal. What is
// needed to finish lies in a private file, and a program is told in one line what to do.
import type { Failure, Result } from '../failure.ts';
import { ok } from '../failure.ts';
import type { Io } from '../io.ts';
import { readPrivateFile, removePrivateFile, writePrivateFile } from '../store/private-file.ts';
import { beginDeviceLogin, finishDeviceLogin } from './device-code.ts';
import type { DeviceDialect } from './device-dialect.ts';
import { parseDeviceTicket } from './device-ticket.ts';
import type { DeviceTicket } from './device-ticket.ts';

export type HandOverOptions<T> = {
  readonly io: Io;
  readonly dialect: DeviceDialect<T>;
  /** The private file that keeps the login between the two processes. */
  readonly path: string;
  readonly loginCommand: string;
  /** What finishes this login. */
  readonly resumeCommand: string;
};

export type ResumeOptions<T> = HandOverOptions<T> & {
  readonly save: (credential: T) => Promise<Result<void>>;
  /** False: the server is asked once. */
  readonly wait: boolean;
};

export type Resumed<T> =
  | { readonly is: 'done'; readonly credential: T }
  | { readonly is: 'pending'; readonly line: string }
  | { readonly is: 'failed'; readonly failure: Failure };

/** Asks for a code, writes down what is needed to finish, and answers one line of JSON that says what to do. */
export async function beginHandOver<T>(
  options: HandOverOptions<T> & { readonly proveStore: () => Promise<Result<void>> },
): Promise<Result<string>> {
  const begun = await beginDeviceLogin(options);
  if (!begun.ok) return begun;
  const { ticket } = begun.value;
  const kept = await keep(options, ticket);
  return kept.ok ? ok(lineFor(options, ticket)) : kept;
}

/** Finishes the login that another process began. It stays to be finished after an outage and after Ctrl-C. */
export async function resumeHandOver<T>(options: ResumeOptions<T>): Promise<Resumed<T>> {
  const { io, path, wait, dialect, loginCommand, resumeCommand, save } = options;
  const text = await readPrivateFile(path);
  if (text === undefined) {
    const reason = 'no login is waiting to be finished';
    return { is: 'failed', failure: { kind: 'not-signed-in', reason, next: loginCommand } };
  }
  const ticket = parseDeviceTicket(text);
  if (!ticket.ok) {
    await removePrivateFile(path);
    return { is: 'failed', failure: { ...ticket.failure, next: loginCommand } };
  }
  const once = askOnce(io);
  const finished = await finishDeviceLogin({
    ...(wait ? { io } : { io: once.io, signal: once.signal }),
    dialect,
    ticket: ticket.value,
    loginCommand,
    save,
    onSlower: (slower) => keep(options, slower),
  });
  if (finished.ok) {
    await removePrivateFile(path);
    return { is: 'done', credential: finished.value };
  }
  const { failure } = finished;
  if (failure.kind === 'cancelled' && io.signal.aborted) {
    const reason = `cancelled; until the code ends, ${resumeCommand} finishes this login`;
    return { is: 'failed', failure: { ...failure, reason } };
  }
  if (failure.kind === 'cancelled') {
    if (once.wasAnswered()) return { is: 'pending', line: lineFor(options, ticket.value) };
    const reason = `cannot reach ${ticket.value.server}; the login can still be finished`;
    return { is: 'failed', failure: { kind: 'network', reason, next: resumeCommand } };
  }
  if (isOver(failure)) await removePrivateFile(path);
  return { is: 'failed', failure };
}

function isOver({ kind }: Failure): boolean {
  return kind === 'expired' || kind === 'denied' || kind === 'rejected';
}

function keep<T>({ path }: HandOverOptions<T>, ticket: DeviceTicket): Promise<Result<void>> {
  return writePrivateFile(path, `${JSON.stringify(ticket)}\n`);
}

/** Stable: these four members and no others. The device code is a secret and stays in the file. */
function lineFor<T>({ resumeCommand }: HandOverOptions<T>, ticket: DeviceTicket): string {
  return JSON.stringify({
    verification_uri: ticket.verificationUri,
    user_code: ticket.userCode,
    expires_at: new Date(ticket.expiresAtMs).toISOString(),
    resume: resumeCommand,
  });
}

/** An outside world in which the first answer, or none, is the end of all patience. */
function askOnce(io: Io): {
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly wasAnswered: () => boolean;
} {
  const stop = new AbortController();
  let answered = false;
  const fetch: Io['fetch'] = async (input, init) => {
    try {
      const response = await io.fetch(input, init);
      answered = true;
      return response;
    } finally {
      stop.abort();
    }
  };
  return { io: { ...io, fetch }, signal: stop.signal, wasAnswered: () => answered };
}
