/** Owns a login by code that one command begins and another finishes: for agents, CI, and everything without a terminal. */
import type { DeviceTicket, Failure, Io, Result, TokenSet } from '@latchkey/auth-kit';
import {
  beginDeviceLogin,
  finishDeviceLogin,
  ok,
  parseDeviceTicket,
  readPrivateFile,
  removePrivateFile,
  rfc8628Dialect,
  writePrivateFile,
} from '@latchkey/auth-kit';
import type { Context } from './context.ts';
import type { Host } from './host.ts';
import { firstPartyApp, loginCommands } from './methods.ts';

export type HandOver = {
  readonly context: Context;
  readonly host: Host;
  readonly proveStore: () => Promise<Result<void>>;
  readonly save: (tokens: TokenSet) => Promise<Result<void>>;
};

const loginCommand = loginCommands['browser-oauth'];

/** Asks for a code, writes down what is needed to finish, and answers the line that tells a program what to do. */
export async function beginLogin({ context, host, proveStore }: HandOver): Promise<Result<string>> {
  const { io, files } = context;
  const begun = await beginDeviceLogin({ io, dialect: dialectFor(host), proveStore, loginCommand });
  if (!begun.ok) return begun;
  const { ticket } = begun.value;
  const saved = await writePrivateFile(files.pendingLogin, `${JSON.stringify(ticket)}\n`);
  return saved.ok ? ok(nextStep(context, ticket)) : saved;
}

export type Resumed =
  | { readonly is: 'done'; readonly tokens: TokenSet }
  | { readonly is: 'pending'; readonly nextStep: string }
  | { readonly is: 'failed'; readonly failure: Failure };

/** Finishes the login that an earlier command began. With `wait: false` the server is asked once. */
export async function resumeLogin(handOver: HandOver, wait: boolean): Promise<Resumed> {
  const { context, host, save } = handOver;
  const { io, files } = context;
  const text = await readPrivateFile(files.pendingLogin, context.sayNote);
  if (text === undefined) {
    const reason = 'no login is waiting to be finished';
    return { is: 'failed', failure: { kind: 'not-signed-in', reason, next: loginCommand } };
  }
  const ticket = parseDeviceTicket(text);
  if (!ticket.ok) {
    await removePrivateFile(files.pendingLogin);
    return { is: 'failed', failure: { ...ticket.failure, next: loginCommand } };
  }
  const once = askOnce(io);
  const finished = await finishDeviceLogin({
    io: wait ? io : once.io,
    dialect: dialectFor(host),
    ticket: ticket.value,
    loginCommand,
    save,
    ...(wait ? {} : { signal: once.signal }),
    onSlower: (slower) => writePrivateFile(files.pendingLogin, `${JSON.stringify(slower)}\n`),
  });
  if (finished.ok) {
    await removePrivateFile(files.pendingLogin);
    return { is: 'done', tokens: finished.value };
  }
  const { failure } = finished;
  if (failure.kind === 'cancelled') {
    if (!io.signal.aborted && !once.wasAnswered()) {
      const reason = `cannot reach ${host.baseUrl}; the login can still be finished`;
      return { is: 'failed', failure: { kind: 'network', reason, next: resumeCommand(context) } };
    }
    if (!io.signal.aborted) return { is: 'pending', nextStep: nextStep(context, ticket.value) };
    const reason = `cancelled; until the code ends, ${resumeCommand(context)} finishes this login`;
    return { is: 'failed', failure: { ...failure, reason } };
  }
  // The code is over. After an outage it is not, and can be finished later.
  if (failure.kind === 'expired' || failure.kind === 'denied' || failure.kind === 'rejected') {
    await removePrivateFile(files.pendingLogin);
  }
  return { is: 'failed', failure };
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

function dialectFor({ baseUrl }: Host): ReturnType<typeof rfc8628Dialect> {
  return rfc8628Dialect({ baseUrl, clientId: firstPartyApp });
}

/** One line, stable: these four members and no others. */
function nextStep(context: Context, ticket: DeviceTicket): string {
  return JSON.stringify({
    verification_uri: ticket.verificationUri,
    user_code: ticket.userCode,
    expires_at: new Date(ticket.expiresAtMs).toISOString(),
    resume: resumeCommand(context),
  });
}

function resumeCommand({ profile }: Context): string {
  return `${loginCommand} --resume${profile.by === 'option' ? ` --profile ${profile.name}` : ''}`;
}
