// What a device login is between asking for a code and collecting the credential. It can be written down and finished by
// another process; its device code is a secret, so where it is written down is a private file.
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { checkCredentialUrl } from '../http/base-url.ts';
import { printable } from '../http/token-endpoint.ts';
import type { JsonObject } from '../http/token-endpoint.ts';

export type DeviceTicket = {
  readonly version: 1;
  /** Origin that made it: it is never sent to another one. */
  readonly server: string;
  /** Secret. */
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string | undefined;
  /** Whether the page may be opened unasked: it is of the site that was asked. */
  readonly pageIsOurs: boolean;
  /** Grows with each `slow_down`. */
  readonly intervalSeconds: number;
  readonly expiresInSeconds: number;
  /** By this machine's wall clock; within one process the monotonic clock decides. */
  readonly expiresAtMs: number;
};

/** RFC 8628 section 3.2. `interval` may be absent: then 5. */
export function readStart(answer: JsonObject, startUrl: string, nowMs: number): DeviceTicket | undefined {
  const { interval = 5, expires_in: expiresInSeconds } = answer;
  if (typeof expiresInSeconds !== 'number') return undefined;
  const ticket = checkTicket({
    version: 1,
    server: new URL(startUrl).origin,
    deviceCode: answer['device_code'],
    userCode: answer['user_code'],
    verificationUri: answer['verification_uri'],
    verificationUriComplete: answer['verification_uri_complete'],
    intervalSeconds: interval,
    expiresInSeconds,
    expiresAtMs: nowMs + expiresInSeconds * 1000,
  });
  return ticket;
}

/** A ticket that another process wrote down as JSON. */
export function parseDeviceTicket(text: string): Result<DeviceTicket> {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    written = undefined;
  }
  const isObject = typeof written === 'object' && written !== null && !Array.isArray(written);
  const ticket = isObject ? checkTicket(written as JsonObject) : undefined;
  return ticket === undefined ? fail('storage', 'the saved login cannot be read') : ok(ticket);
}

function checkTicket(written: JsonObject): DeviceTicket | undefined {
  const { deviceCode, userCode, verificationUri, verificationUriComplete: complete, server } = written;
  const { intervalSeconds, expiresInSeconds, expiresAtMs } = written;
  if (written['version'] !== 1 || typeof server !== 'string' || !URL.canParse(server)) return undefined;
  if (typeof deviceCode !== 'string' || deviceCode === '') return undefined;
  if (typeof userCode !== 'string' || userCode === '' || userCode !== printable(userCode)) return undefined;
  if (typeof verificationUri !== 'string' || !isWebAddress(verificationUri)) return undefined;
  if (!isWithin(intervalSeconds, 0, 600) || !isWithin(expiresInSeconds, 0.001, 86_400)) return undefined;
  if (typeof expiresAtMs !== 'number') return undefined;
  const { origin } = new URL(verificationUri);
  const sameSite =
    typeof complete === 'string' && isWebAddress(complete) && new URL(complete).origin === origin;
  return {
    version: 1,
    server,
    deviceCode,
    userCode,
    verificationUri,
    ...(sameSite && { verificationUriComplete: complete }),
    pageIsOurs: isOfSite(new URL(verificationUri), new URL(server)),
    intervalSeconds,
    expiresInSeconds,
    expiresAtMs,
  };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

/** Only such an address is shown or opened: never a file, a script, or plain http from afar. */
function isWebAddress(text: string): boolean {
  return text === printable(text) && !/\s/.test(text) && checkCredentialUrl(text, 'the address').ok;
}

/** The origin that was asked, or the host it is a part of: `loomta.com` for `api.loomta.com`. */
function isOfSite(page: URL, server: URL): boolean {
  if (page.origin === server.origin) return true;
  const isParent = page.hostname.includes('.') && server.hostname.endsWith(`.${page.hostname}`);
  return isParent && page.protocol === 'https:' && page.port === server.port;
}
