// Ctrl-C during a device login: tells the server to forget the code, where it can be told. RFC 8628 has no such request;
// ours takes the device code at its revocation endpoint and says whether that code was still waiting.
import { askJson } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import type { DeviceDialect } from './device-dialect.ts';
import type { DeviceTicket } from './device-ticket.ts';

/** A person who pressed Ctrl-C waits no longer for a server that does not answer; a second Ctrl-C ends at once. */
const patienceMs = 4000;

/** True when the server said that the code no longer works. Also works after the signal of `io` aborted. */
export async function cancelDeviceLogin<T>(options: {
  readonly io: Io;
  readonly dialect: DeviceDialect<T>;
  readonly ticket: DeviceTicket;
}): Promise<boolean> {
  const { io, dialect, ticket } = options;
  const request = dialect.cancel?.(ticket.deviceCode);
  if (request === undefined) return false;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patienceMs);
  const answer = await askJson({ ...io, signal: limit.signal }, request);
  clearTimeout(timer);
  return answer.ok && answer.value['cancelled'] === true;
}
