// One HTTP exchange as it is: nothing followed, nothing decoded, nothing normalised on the way out.
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export type Outgoing = {
  readonly method?: string;
  /** A flat list keeps doubled headers as they are. */
  readonly headers?: Readonly<Record<string, string>> | readonly string[];
  readonly body?: string | Uint8Array;
};

export type Reply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };
const TIMEOUT_MS = 30_000;

/** `target` goes out byte for byte, query included. */
export const exchange = (origin: string, target: string, outgoing: Outgoing = {}): Promise<Reply> => {
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  const { headers = {}, body } = outgoing;
  const host = new URL(origin).host;
  const length = body === undefined ? 0 : Buffer.byteLength(body);
  const sized = body !== undefined || !['GET', 'HEAD'].includes(outgoing.method ?? 'GET');
  const complete = Array.isArray(headers)
    ? ['Host', host, ...(headers as readonly string[]), ...(sized ? ['Content-Length', String(length)] : [])]
    : {
        host,
        ...(headers as Readonly<Record<string, string>>),
        ...(sized ? { 'content-length': length } : {}),
      };
  return new Promise((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)({
      agent: agents[secure ? 'https:' : 'http:'],
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: target,
      method: outgoing.method ?? 'GET',
      headers: complete,
      timeout: TIMEOUT_MS,
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer from ${origin} within ${TIMEOUT_MS} ms`)));
    let answered = false;
    sent.on('response', (incoming) => {
      answered = true;
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    // A server may refuse a large body before all of it is sent; then the answer counts, not the broken pipe.
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    sent.end(body);
  });
};

export const formBody = (fields: Readonly<Record<string, string>>): Outgoing => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

export const jsonBody = (value: unknown, headers: Readonly<Record<string, string>> = {}): Outgoing => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
