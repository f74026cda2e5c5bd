// HTTP/1.1 as the load generator writes and reads it: prepared requests, and just enough parsing of answers.
import type { Recorded } from './works.ts';

const lines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

export const postForm = (
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): string => {
  const body = new URLSearchParams(form).toString();
  const all = {
    Host: '127.0.0.1',
    ...headers,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(body.length),
  };
  return `POST ${path} HTTP/1.1\r\n${lines(all)}\r\n${body}`;
};

export const get = (path: string, headers: Readonly<Record<string, string>>): string =>
  `GET ${path} HTTP/1.1\r\n${lines({ Host: '127.0.0.1', ...headers })}\r\n`;

export const basic = (id: string, secret: string): { readonly Authorization: string } => ({
  Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i;

/** Where the first answer in the text ends, or undefined while it has not arrived whole. */
export const endOfAnswer = (text: string): number | undefined => {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = LENGTH.exec(text);
  // No answer measured here is chunked; one that is would stall the round and be seen.
  const end = head + 4 + Number(length?.[1] ?? 0);
  return end <= text.length ? end : undefined;
};

export const statusOf = (answer: string): number => Number(answer.slice(9, 12));

/** Node adds these by itself, to the bare server's answers as to all others. */
const OWN = new Set(['date', 'connection', 'keep-alive']);

export const recorded = (answer: string): Recorded => {
  const head = answer.indexOf('\r\n\r\n');
  const headers = answer
    .slice(0, head)
    .split('\r\n')
    .slice(1)
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    })
    .filter(([name]) => !OWN.has(name.toLowerCase()));
  return { status: statusOf(answer), headers, body: answer.slice(head + 4) };
};
