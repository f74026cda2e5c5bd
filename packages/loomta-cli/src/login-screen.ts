// The screen of ux.md section 5 for a device login, on stderr: wide, narrow, and without a terminal.
import { browserEvidence, copyToClipboard, qrCode, showWait } from '@latchkey/auth-kit';
import type { DeviceCode, Io } from '@latchkey/auth-kit';

export type Screen = {
  readonly apiUrl: string;
  readonly code: DeviceCode;
  readonly deadlineMs: number;
  readonly noBrowser: boolean;
};

const narrowColumns = 60;

/** Call the result to take the waiting line away and give the keyboard back. */
export async function showCode(io: Io, screen: Screen): Promise<() => void> {
  const { code, apiUrl } = screen;
  const evidence = browserEvidence(io);
  const narrow = (io.stderr.columns() ?? 80) < narrowColumns;
  const open = !screen.noBrowser && evidence.likely;
  const why = screen.noBrowser || evidence.likely ? [] : [`No browser is opened here: ${evidence.because}.`];
  say(io, `Signing in to ${narrow ? new URL(apiUrl).host : apiUrl}`, '');
  if (open && !narrow) {
    say(io, code.userCode, '');
    if (await io.openBrowser(pageOf(code))) {
      say(io, `Opened ${pageOf(code)}`, 'Check that the page shows this code, then choose a workspace.');
    } else {
      say(io, 'No browser could be opened. On any device open', pageOf(code));
    }
  } else {
    if (open) await io.openBrowser(pageOf(code));
    say(io, ...why, `Open ${code.verificationUri}`, 'and enter', code.userCode);
    if (!open) await drawQr(io, code);
  }
  if (!io.stderr.isTTY) say(io, machineLine(io, code));
  return wait(io, screen);
}

/** True after Enter; false without a terminal, or after Ctrl-C. */
export async function askForAnotherCode(io: Io, words: string): Promise<boolean> {
  const { keys } = io;
  if (keys === undefined || !io.stderr.isTTY || io.signal.aborted) return false;
  say(io, words, 'Press Enter for a new code, or Ctrl-C.');
  return await new Promise<boolean>((resolve) => {
    const finish = (answer: boolean): void => {
      stop();
      io.signal.removeEventListener('abort', give);
      resolve(answer);
    };
    const give = (): void => finish(false);
    const stop = keys((key) => {
      if (key === '\r' || key === '\n') finish(true);
    });
    io.signal.addEventListener('abort', give, { once: true });
  });
}

/** `14:15`, in this machine's zone. */
export function clockTime(atMs: number): string {
  const at = new Date(atMs);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

function wait(io: Io, { code, deadlineMs }: Screen): () => void {
  const copies = io.keys !== undefined && io.stderr.isTTY;
  const stopLine = showWait(io, deadlineMs, (remaining, columns) => {
    if (columns < narrowColumns) return `Waiting, ${remaining}${copies ? '    c copy' : ''}   Ctrl-C cancel`;
    return `Waiting, ${remaining} left${copies ? '     c copy code' : ''}   Ctrl-C cancel`;
  });
  const stopKeys = copies
    ? io.keys?.((key) => {
        if (key === 'c') copyToClipboard(io, code.userCode);
      })
    : undefined;
  return () => {
    stopLine();
    stopKeys?.();
  };
}

/** For programs that read stderr: everything needed to finish in a browser. */
function machineLine(io: Io, code: DeviceCode): string {
  return JSON.stringify({
    verification_uri: code.verificationUri,
    verification_uri_complete: code.verificationUriComplete,
    user_code: code.userCode,
    expires_at: new Date(io.now() + code.expiresInSeconds * 1000).toISOString(),
  });
}

/** A phone cannot reach this machine's loopback, so no code is drawn for it. */
async function drawQr(io: Io, code: DeviceCode): Promise<void> {
  if (new URL(code.verificationUri).protocol !== 'https:') return;
  const drawn = await qrCode(io, pageOf(code));
  if (drawn !== undefined) say(io, drawn);
}

function pageOf(code: DeviceCode): string {
  return code.verificationUriComplete ?? code.verificationUri;
}

function say(io: Io, ...lines: readonly string[]): void {
  io.stderr.write(`${lines.join('\n')}\n`);
}
