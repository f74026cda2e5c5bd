// What a vendor writes: a server on this computer that sends people to the consent page, exchanges codes, calls the API.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

export type Credentials = { readonly clientId: string; readonly clientSecret: string };
export type Tokens = { readonly access: string; readonly refresh: string };

export type VendorApp = {
  readonly origin: string;
  /** What to register: on loopback the port may differ (RFC 8252 section 7.3). */
  readonly redirectUri: string;
  readonly use: (credentials: Credentials) => void;
  /** Where the app's own button leads, and the tokens that it has when the person is back. */
  readonly begin: () => { readonly url: string; readonly tokens: () => Promise<Tokens> };
  readonly call: (tokens: Tokens) => Promise<Response>;
  readonly refresh: (tokens: Tokens) => Promise<Response>;
};

type Waiting = { readonly done: (tokens: Tokens) => void; readonly failed: (error: Error) => void };

export const startVendorApp = async (issuer: string): Promise<VendorApp> => {
  const waiting = new Map<string, Waiting>();
  let credentials: Credentials | undefined;
  const ask = (grant: Readonly<Record<string, string>>): Promise<Response> => {
    if (credentials === undefined) throw new Error('the app was not registered yet');
    const { clientId, clientSecret } = credentials;
    const body = new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret });
    return fetch(`${issuer}/oauth/token`, { method: 'POST', body });
  };
  const exchange = async (code: string, redirectUri: string): Promise<Tokens> => {
    const answer = await ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    const json = (await answer.json()) as { access_token?: string; refresh_token?: string };
    assert.equal(answer.status, 200, JSON.stringify(json));
    return { access: json.access_token ?? '', refresh: json.refresh_token ?? '' };
  };
  const comeBack = async (incoming: IncomingMessage): Promise<string> => {
    const query = new URL(incoming.url ?? '/', origin).searchParams;
    const asked = waiting.get(query.get('state') ?? '');
    if (asked === undefined) return 'Unexpected';
    try {
      const code = query.get('code');
      if (code === null) throw new Error(`the answer was ${query.get('error') ?? 'nothing'}`);
      asked.done(await exchange(code, `${origin}/callback`));
      return 'Connected';
    } catch (error) {
      asked.failed(error instanceof Error ? error : new Error(String(error)));
      return 'Not connected';
    }
  };
  const answerBrowser = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const title = await comeBack(incoming);
    outgoing.setHeader('content-type', 'text/html; charset=utf-8');
    outgoing.end(`<!doctype html><title>App</title><h1>${title}</h1>`);
  };
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url?.startsWith('/callback?')) return void outgoing.writeHead(404).end();
    void answerBrowser(incoming, outgoing);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    redirectUri: 'http://127.0.0.1/callback',
    use: (given) => void (credentials = given),
    begin() {
      const state = randomBytes(16).toString('base64url');
      const { promise, resolve, reject } = Promise.withResolvers<Tokens>();
      // Nobody may be waiting for it yet.
      promise.catch(() => undefined);
      waiting.set(state, { done: resolve, failed: reject });
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: credentials?.clientId ?? '',
        redirect_uri: `${origin}/callback`,
        state,
      });
      return { url: `${issuer}/oauth/authorize?${query}`, tokens: () => promise };
    },
    call: (tokens) =>
      fetch(`${issuer}/v1.0/leads?limit=1`, { headers: { authorization: `Bearer ${tokens.access}` } }),
    refresh: (tokens) => ask({ grant_type: 'refresh_token', refresh_token: tokens.refresh }),
  };
};
