// The device login of document 004 as the person meets it: code, page, wait, and every way it can end.
import { apiKeyDialect, fail, loginWithDeviceCode, proveWritable, readPrivateFile } from '@latchkey/auth-kit';
import type { DeviceCode, Failure, Io, Result } from '@latchkey/auth-kit';
import { credentialsPath, loginCommand, maskKey, saveKey } from './credentials.ts';
import { askForAnotherCode, clockTime, showCode } from './login-screen.ts';
import { failed, refused, sentence } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export type Collected =
  { readonly ok: true; readonly apiKey: string } | { readonly ok: false; readonly outcome: Outcome };

export async function keyByDevice(io: Io, apiUrl: string, noBrowser: boolean): Promise<Collected> {
  const replaces = (await readPrivateFile(credentialsPath(io))) !== undefined;
  for (;;) {
    const attempt = await attemptOnce(io, apiUrl, noBrowser);
    if (attempt.result.ok) {
      if (replaces)
        io.stderr.write(
          'The key that was saved here before stays valid until you revoke it in Settings > API Keys.\n',
        );
      return { ok: true, apiKey: attempt.result.value };
    }
    const { failure } = attempt.result;
    if (failure.code === 'expired_token' && (await askForAnotherCode(io, words(failure)))) continue;
    return { ok: false, outcome: explain(failure, attempt.codeEndsAtMs) };
  }
}

type Attempt = { readonly result: Result<string>; readonly codeEndsAtMs: number | undefined };

async function attemptOnce(io: Io, apiUrl: string, noBrowser: boolean): Promise<Attempt> {
  let codeEndsAtMs: number | undefined;
  let closeScreen = (): void => undefined;
  const result = await loginWithDeviceCode({
    io,
    dialect: apiKeyDialect({ baseUrl: apiUrl }),
    loginCommand,
    proveStore: () => proveWritable(credentialsPath(io)),
    onCode: async (code: DeviceCode, deadlineMs: number) => {
      codeEndsAtMs = io.now() + code.expiresInSeconds * 1000;
      closeScreen = await showCode(io, { apiUrl, code, deadlineMs, noBrowser });
    },
    save: async (apiKey) => {
      const saved = await saveKey(io, apiKey, apiUrl);
      if (saved.ok) return saved;
      // The server hands a key out once: this one is lost to us and alive there.
      const reason = `key ${maskKey(apiKey)} was made but could not be saved: ${saved.failure.reason}`;
      return fail('storage', reason, {
        next: `revoke that key in Settings > API Keys, then ${loginCommand}`,
      });
    },
  });
  closeScreen();
  return { result, codeEndsAtMs };
}

function explain(failure: Failure, codeEndsAtMs: number | undefined): Outcome {
  if (failure.kind === 'cancelled') {
    const code = codeEndsAtMs === undefined ? '' : `; the code ends at ${clockTime(codeEndsAtMs)}`;
    return refused('cancelled', `Cancelled. Nothing was saved${code}.`);
  }
  const outcome = failed(failure);
  return outcome.ok ? outcome : { ...outcome, message: words(failure) };
}

function words(failure: Failure): string {
  const said = sentence(failure.reason);
  return failure.kind === 'storage' ? said : `${said} Nothing was saved.`;
}
