// One request to an address that was checked: GET, nothing of ours in it, and only the head of the answer is read.
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

export type Asked =
  | { readonly kind: 'answered'; readonly status: number; readonly location: string | undefined }
  | { readonly kind: 'certificate' | 'unreachable' };

const USER_AGENT = 'Latchkey-website-check/1';
const MAX_HEAD_BYTES = 16_384;

/** Node's names for a chain that does not hold: expired, self-signed, another name. */
const isCertificateProblem = (error: unknown): boolean =>
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_)/.test(
    (error as NodeJS.ErrnoException).code ?? '',
  );

/** Connects to these and asks nobody: the socket can have no other end than one of them. */
const only =
  (addresses: readonly string[]): LookupFunction =>
  (_host, options, done) => {
    const all = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = all;
    if (options.all === true) done(null, all);
    else done(null, first?.address ?? '', first?.family ?? 0);
  };

const headOf = (answer: IncomingMessage): Asked => ({
  kind: 'answered',
  status: answer.statusCode ?? 0,
  location: answer.headers.location,
});

export const ask = (url: URL, addresses: readonly string[], signal: AbortSignal): Promise<Asked> =>
  new Promise((resolve) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = send(url, {
      method: 'GET',
      // A connection of its own, for one request, to this site with its own name in TLS.
      agent: false,
      lookup: only(addresses),
      maxHeaderSize: MAX_HEAD_BYTES,
      signal,
      headers: {
        'user-agent': USER_AGENT,
        accept: 'text/html, */*;q=0.1',
        'accept-encoding': 'identity',
        connection: 'close',
      },
    });
    sent.on('response', (answer) => {
      // How long the body is, or how slow, is never found out.
      answer.destroy();
      sent.destroy();
      resolve(headOf(answer));
    });
    sent.on('error', (error) => {
      resolve({ kind: isCertificateProblem(error) ? 'certificate' : 'unreachable' });
    });
    sent.end();
  });
