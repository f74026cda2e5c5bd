// The device login of document 004 as the person meets it: code, page, wait, and every way it can end.
import {
  apiKeyDialect,
  beginHandOver,
  cancelledWords,
  deviceLoginInTerminal,
  fail,
  gatherEvidence,
  isNarrow,
  planLogin,
  proveWritable,
  readPrivateFile,
  resumeHandOver,
} from '@latchkey/auth-kit';
import type { DeviceTicket, Failure, HandOverOptions, Io, Result } from '@latchkey/auth-kit';
import type { LoginInput } from './arguments.ts';
import { credentialsPath, maskKey, pendingPath, saveKey } from './credentials.ts';
import { doneWith, failed, refused, sentence } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { loginCommandOf } from './profile.ts';

export type Collected = { readonly apiKey: string } | { readonly outcome: Outcome };

/** The first-party app's name at the server: with it a waiting code can be taken back. */
const clientId = 'loomta';
const resumeCommand = (io: Io): string => `${loginCommandOf(io)} --resume`;

export async function keyByDevice(io: Io, apiUrl: string, input: LoginInput): Promise<Collected> {
  const replaces = (await readPrivateFile(credentialsPath(io))) !== undefined;
  const collected = input.resume ? await finish(io, apiUrl, input) : await begin(io, apiUrl, input);
  if ('apiKey' in collected && replaces)
    io.stderr.write(
      'The key that was saved here before stays valid until you revoke it in Settings > API Keys.\n',
    );
  return collected;
}

async function begin(io: Io, apiUrl: string, { noBrowser, wait, noWait }: LoginInput): Promise<Collected> {
  // Who says how to reach the person waits for the person, as document 004 has it.
  const stays = wait || noBrowser || (io.env['BROWSER'] ?? '') !== '';
  const way = noWait ? 'hand-over' : undefined;
  const plan = planLogin(await gatherEvidence(io), { way, noBrowser, wait: stays });
  const proveStore = (): Promise<Result<void>> => proveWritable(credentialsPath(io));
  if (plan.way === 'hand-over') {
    const begun = await beginHandOver({ ...handOver(io, apiUrl), proveStore });
    return { outcome: begun.ok ? doneWith(begun.value) : explain(begun.failure) };
  }
  io.stderr.write(`Signing in to ${isNarrow(io) ? new URL(apiUrl).host : apiUrl}\n\n`);
  const result = await deviceLoginInTerminal({
    io,
    dialect: apiKeyDialect({ baseUrl: apiUrl, clientId }),
    loginCommand: loginCommandOf(io),
    proveStore,
    open: plan.openBrowser,
    why: plan.openBrowser || plan.asked ? undefined : `No browser is opened here: ${plan.because}.`,
    words: {
      goTo: (address) => `Open ${address}`,
      check: 'Check that the page shows this code, then choose a workspace.',
    },
    onShown: (ticket) => {
      if (!io.stderr.isTTY) io.stderr.write(`${machineLine(ticket)}\n`);
    },
    save: (apiKey) => save(io, apiKey, apiUrl),
  });
  return result.ok ? { apiKey: result.value } : { outcome: explain(result.failure) };
}

async function finish(io: Io, apiUrl: string, { noWait }: LoginInput): Promise<Collected> {
  const resumed = await resumeHandOver({
    ...handOver(io, apiUrl),
    save: (apiKey) => save(io, apiKey, apiUrl),
    wait: !noWait,
  });
  switch (resumed.is) {
    case 'done':
      return { apiKey: resumed.credential };
    case 'pending': {
      io.stdout.write(`${resumed.line}\n`);
      return { outcome: refused('authorization_pending', 'Not approved yet.', resumeCommand(io)) };
    }
    case 'failed':
      return { outcome: explain(resumed.failure) };
  }
}

function handOver(io: Io, apiUrl: string): HandOverOptions<string> {
  return {
    io,
    dialect: apiKeyDialect({ baseUrl: apiUrl, clientId }),
    path: pendingPath(io),
    loginCommand: loginCommandOf(io),
    resumeCommand: resumeCommand(io),
  };
}

async function save(io: Io, apiKey: string, apiUrl: string): Promise<Result<void>> {
  const saved = await saveKey(io, apiKey, apiUrl);
  if (saved.ok) return saved;
  // The server hands a key out once: this one is lost to us and alive there.
  const reason = `key ${maskKey(apiKey)} was made but could not be saved: ${saved.failure.reason}`;
  const next = `revoke that key in Settings > API Keys, then ${loginCommandOf(io)}`;
  return fail('storage', reason, { next });
}

/** For programs that read stderr: everything needed to finish in a browser. */
function machineLine(ticket: DeviceTicket): string {
  return JSON.stringify({
    verification_uri: ticket.verificationUri,
    verification_uri_complete: ticket.verificationUriComplete,
    user_code: ticket.userCode,
    expires_at: new Date(ticket.expiresAtMs).toISOString(),
  });
}

function explain(failure: Failure): Outcome {
  if (failure.kind === 'cancelled') return refused('cancelled', cancelledWords(failure));
  const outcome = failed(failure);
  return outcome.ok ? outcome : { ...outcome, message: words(failure) };
}

function words(failure: Failure): string {
  const said = sentence(failure.reason);
  return failure.kind === 'storage' ? said : `${said} Nothing was saved.`;
}
