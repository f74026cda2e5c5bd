// Speaks to the management API as a program does: JSON, a cookie or a key, nothing normalised on the way.
import { openSession } from '../../testing/session.ts';
import type { TestPortal } from '../../portal/routes/testing/portal.ts';
import { pathParameters, type ApiOperation } from '../table.ts';
import type { Input } from './inputs.ts';
import { openBrowser, type Shown } from '../../portal/routes/testing/browser.ts';
import type { Person } from '../../testing/service.ts';

export type Told = Omit<Shown, 'body'> & {
  readonly body: Record<string, unknown>;
  readonly text: string;
};

export type Talk = {
  readonly send: (
    method: string,
    path: string,
    body: string,
    headers?: Record<string, string>,
  ) => Promise<Told>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Told>;
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Told>;
  /** Of a session that was opened just now, as a Cookie header. */
  readonly cookieOf: (person: Person) => Promise<string>;
};

export const createTalk = (portal: Pick<TestPortal, 'url' | 'domain'>): Talk => {
  const send: Talk['send'] = async (method, path, body, headers = {}) => {
    // A browser each time: it keeps no cookies between requests.
    const shown = await openBrowser(portal.url).send(method, path, body, headers);
    const isJson = shown.headers['content-type'] === 'application/json' && shown.body !== '';
    return {
      ...shown,
      text: shown.body,
      body: isJson ? (JSON.parse(shown.body) as Record<string, unknown>) : {},
    };
  };
  return {
    send,
    get: (path, headers) => send('GET', path, '', headers),
    post: (path, body, headers) =>
      send('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers }),
    async cookieOf(person) {
      const { secret } = await openSession(portal.domain, 'cookie', person);
      return `latchkey-session=${secret}`;
    },
  };
};

/** Where an operation is asked about `input`, and what of it goes into the body. */
export const requestOf = ({ http: [, path] }: ApiOperation, input: Input) => {
  const names = pathParameters(path);
  return {
    address: path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(input[name]))),
    body: Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name))),
  };
};

export const sendTo = (
  talk: Talk,
  op: ApiOperation,
  input: Input,
  headers: Record<string, string>,
): Promise<Told> => {
  const { address, body } = requestOf(op, input);
  return op.http[0] === 'GET' ? talk.get(address, headers) : talk.post(address, body, headers);
};
