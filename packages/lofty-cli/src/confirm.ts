/** Owns the question before something is lost: asked on a terminal only, never hidden in a pipe. */
import { cancelled, fail, ok } from '@latchkey/auth-kit';
import type { Result } from '@latchkey/auth-kit';
import type { Context } from './context.ts';
import { printable } from './output/printable.ts';

/** One key answers; everything but y is a no, and so is Ctrl-C. */
export async function confirm({ io, say }: Context, what: string): Promise<Result<void>> {
  const { keys } = io;
  if (keys === undefined || !io.stdinIsTTY || !io.stderr.isTTY) {
    return fail('configuration', 'this cannot be undone, and nobody is here to be asked', {
      next: 'add --yes',
    });
  }
  io.stderr.write(`${printable(what)}? This cannot be undone. [y/N] `);
  let answer = (_key: string): void => undefined;
  const pressed = new Promise<string>((resolve) => (answer = resolve));
  const abort = (): void => answer('');
  io.signal.addEventListener('abort', abort, { once: true });
  const stop = await keys(answer);
  const key = await pressed;
  stop();
  io.signal.removeEventListener('abort', abort);
  const agreed = key.toLowerCase() === 'y';
  say(agreed ? 'yes' : 'no');
  return agreed
    ? ok(undefined)
    : { ...cancelled, failure: { kind: 'cancelled', reason: 'nothing was changed' } };
}
