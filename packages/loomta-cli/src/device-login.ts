// The device login of document 004 as the person meets it: code, page, wait, and every way it can end.
import {
  apiKeyDialect,
  cancelledWords,
  deviceLoginInTerminal,
  fail,
  gatherEvidence,
  isNarrow,
  planLogin,
  proveWritable,
  readPrivateFile,
} from '@latchkey/auth-kit';
import type { DeviceTicket, Failure, Io, Result } from '@latchkey/auth-kit';
import { credentialsPath, loginCommand, maskKey, saveKey } from './credentials.ts';
import { failed, refused, sentence } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export type Collected =
  { readonly ok: true; readonly apiKey: string } | { readonly ok: false; readonly outcome: Outcome };

/** The first-party app's name at the server: with it a waiting code can be taken back. */
const clientId = 'loomta';

export async function keyByDevice(io: Io, apiUrl: string, noBrowser: boolean): Promise<Collected> {
  const replaces = (await readPrivateFile(credentialsPath(io))) !== undefined;
  io.stderr.write(`Signing in to ${isNarrow(io) ? new URL(apiUrl).host : apiUrl}\n\n`);
  const plan = planLogin(await gatherEvidence(io), { noBrowser, wait: true });
  const result = await deviceLoginInTerminal({
    io,
    dialect: apiKeyDialect({ baseUrl: apiUrl, clientId }),
    loginCommand,
    proveStore: () => proveWritable(credentialsPath(io)),
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
  if (!result.ok) return { ok: false, outcome: explain(result.failure) };
  if (replaces)
    io.stderr.write(
      'The key that was saved here before stays valid until you revoke it in Settings > API Keys.\n',
    );
  return { ok: true, apiKey: result.value };
}

async function save(io: Io, apiKey: string, apiUrl: string): Promise<Result<void>> {
  const saved = await saveKey(io, apiKey, apiUrl);
  if (saved.ok) return saved;
  // The server hands a key out once: this one is lost to us and alive there.
  const reason = `key ${maskKey(apiKey)} was made but could not be saved: ${saved.failure.reason}`;
  return fail('storage', reason, { next: `revoke that key in Settings > API Keys, then ${loginCommand}` });
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
