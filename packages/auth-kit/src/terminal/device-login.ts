// A device login as the person meets it: the code, the wait, a new code when one ends, and a clean end at Ctrl-C.
import { cancelled, fail } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import type { Io } from '../io.ts';
import { cancelDeviceLogin } from '../login/device-cancel.ts';
import { beginDeviceLogin, finishDeviceLogin } from '../login/device-code.ts';
import type { DeviceBeginOptions, DeviceFinishOptions } from '../login/device-code.ts';
import type { DeviceTicket } from '../login/device-ticket.ts';
import { showDeviceCode } from './device-screen.ts';
import type { DeviceScreen } from './device-screen.ts';
import { capital, clockTime, say } from './screen.ts';

export type DeviceTerminalOptions<T> = DeviceBeginOptions<T> &
  Pick<DeviceFinishOptions<T>, 'save' | 'turnstile'> &
  Pick<DeviceScreen, 'open' | 'why' | 'words' | 'paste'> & {
    /** Before the code is on screen: another part of the screen gives its place up. */
    readonly onCode?: ((ticket: DeviceTicket) => void) | undefined;
    /** Once it is: a program may be told too. */
    readonly onShown?: ((ticket: DeviceTicket) => void) | undefined;
  };

/**
 * RFC 8628 section 3.3 on stderr; a new code at Enter when one ended. Fails as `beginDeviceLogin` and `finishDeviceLogin` do;
 * `cancelled` says whether the server took the code back.
 */
export async function deviceLoginInTerminal<T>(options: DeviceTerminalOptions<T>): Promise<Result<T>> {
  for (;;) {
    const result = await attempt(options);
    if (result.ok || result.failure.code !== 'expired_token') return result;
    if (!(await askForAnotherCode(options, result.failure))) {
      return options.io.signal.aborted ? cancelled : result;
    }
  }
}

async function attempt<T>(options: DeviceTerminalOptions<T>): Promise<Result<T>> {
  const { io, dialect } = options;
  const begun = await beginDeviceLogin(options);
  if (!begun.ok) return begun;
  const { ticket } = begun.value;
  options.onCode?.(ticket);
  const stopWaiting = await showDeviceCode(io, { ...options, ...begun.value });
  options.onShown?.(ticket);
  const result = await finishDeviceLogin({ ...options, ...begun.value });
  stopWaiting();
  if (result.ok || result.failure.kind !== 'cancelled') return result;
  const told = await cancelDeviceLogin({ io, dialect, ticket });
  const code = told ? 'the code no longer works' : `the code ends at ${clockTime(ticket.expiresAtMs)}`;
  return fail('cancelled', `cancelled; ${code}`);
}

/** Words for the end of a login that the person cancelled. */
export function cancelledWords(failure: Failure): string {
  return `Cancelled. Nothing was saved${failure.reason.replace(/^cancelled/, '')}.`;
}

/** True after Enter; false without a terminal, or when the login is over. */
async function askForAnotherCode<T>(
  { io, signal }: DeviceTerminalOptions<T>,
  failure: Failure,
): Promise<boolean> {
  const { keys } = io;
  const stop = signal === undefined ? io.signal : AbortSignal.any([io.signal, signal]);
  if (keys === undefined || !io.stderr.isTTY || stop.aborted) return false;
  say(io, `${capital(failure.reason)}. Nothing was saved.`, 'Press Enter for a new code, or Ctrl-C.');
  return await enterPressed(keys, stop);
}

function enterPressed(keys: NonNullable<Io['keys']>, stop: AbortSignal): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const finish = async (answer: boolean): Promise<void> => {
      stop.removeEventListener('abort', give);
      (await stopKeys)();
      resolve(answer);
    };
    const give = (): void => void finish(false);
    const stopKeys = Promise.resolve(
      keys((key) => {
        if (key === '\r' || key === '\n') void finish(true);
      }),
    );
    stop.addEventListener('abort', give, { once: true });
  });
}
