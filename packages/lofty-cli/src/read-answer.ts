/** Owns reading an API's answer whole: one that breaks off, or is a web page, is a failure and never data. */
import type { Io, Result } from '@latchkey/auth-kit';
import { cancelled, fail, ok } from '@latchkey/auth-kit';

export async function readAnswer(io: Io, response: Response): Promise<Result<string>> {
  let text;
  try {
    text = await response.text();
  } catch {
    if (io.signal.aborted) return cancelled;
    return fail('network', `the server's answer (HTTP ${response.status}) broke off`, {
      next: 'check the network; what changes data may have been done all the same',
    });
  }
  if (!/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) return ok(text);
  return fail('server', 'a web page came instead of data (a proxy or sign-in page between?)', {
    next: 'check the address and the proxy; the saved sign-in is kept',
  });
}
