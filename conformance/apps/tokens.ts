// What an app does: sends a person to the consent page, and asks the token endpoints.
import { createHash, randomBytes } from 'node:crypto';
import { basic, exchange, formBody } from '../http/exchange.ts';
import type { Outgoing, Reply } from '../http/exchange.ts';
import type { Page, Person } from '../person/person.ts';
import { issuer } from '../target.ts';

export type App = {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUri: string;
};

export type Json = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, string>>;

export const json = (reply: Reply): Json => {
  try {
    return JSON.parse(reply.text) as Json;
  } catch {
    throw new Error(`expected JSON, got ${reply.status}: ${reply.text.slice(0, 200)}`);
  }
};

export const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`expected text, got ${typeof value}`);
  return value;
};

export type Pkce = { readonly verifier: string; readonly challenge: string };

export const createPkce = (): Pkce => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

export const s256 = ({ challenge }: Pkce): Fields => ({
  code_challenge: challenge,
  code_challenge_method: 'S256',
});

export const authorizeAddress = (app: App, more: Fields = {}): string =>
  `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    ...more,
  })}`;

export const vendorAuthAddress = (app: App): string =>
  `/page/vendor-auth.html?clientId=${encodeURIComponent(app.clientId)}`;

/** Presses Authorize for a workspace; where only one is possible the page asks for none. */
export const authorize = (person: Person, page: Page, workspace?: string): Promise<Page> => {
  const asks = page.forms.some((form) => form.fields.some((field) => field.type === 'radio'));
  return person.press(page, 'Authorize', asks && workspace !== undefined ? { workspace } : {});
};

export const landed = (page: Page): URL => {
  if (page.left === undefined)
    throw new Error(
      `expected a redirect to the app, got ${page.reply.status} ${page.url.pathname}: ${page.text.slice(0, 300)}`,
    );
  return page.left;
};

/** A whole consent: the code that comes back. */
export const codeFor = async (
  person: Person,
  app: App,
  { workspace, more }: { readonly workspace?: string; readonly more?: Fields } = {},
): Promise<string> => {
  const page = await person.open(authorizeAddress(app, more));
  return text(landed(await authorize(person, page, workspace)).searchParams.get('code'));
};

export const askToken = (fields: Fields, headers: Fields = {}): Promise<Reply> => {
  const request = formBody(fields);
  return exchange(issuer, '/oauth/token', {
    ...request,
    headers: { ...(request.headers as Fields), ...headers },
  });
};

/** Secret in the body, as document 001 prints it. */
export const named = (app: App): Fields => ({
  client_id: app.clientId,
  ...(app.clientSecret === undefined ? {} : { client_secret: app.clientSecret }),
});

export const redeem = (app: App, code: string, more: Fields = {}): Promise<Reply> =>
  askToken({
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirectUri,
    ...named(app),
    ...more,
  });

export const refresh = (app: App, refreshToken: string, more: Fields = {}): Promise<Reply> =>
  askToken({ grant_type: 'refresh_token', refresh_token: refreshToken, ...named(app), ...more });

export const exchangeKey = (app: App, key: string, more: Fields = {}): Promise<Reply> =>
  askToken({ grant_type: 'client_credentials', customer_key: key, ...named(app), ...more });

/** Document 002's endpoint: Basic, and parameters where the caller wants them. */
export const askVendorToken = (
  app: App,
  fields: { readonly query?: Fields; readonly body?: Fields; readonly method?: string },
): Promise<Reply> => {
  const query = fields.query === undefined ? '' : `?${new URLSearchParams(fields.query)}`;
  const request = formBody(fields.body ?? {});
  return exchange(issuer, `/api/user-web/oauth/token${query}`, {
    ...(fields.method === 'GET' ? {} : request),
    method: fields.method ?? 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basic(app.clientId, app.clientSecret ?? ''),
    },
  });
};

type Credentials = Pick<App, 'clientId' | 'clientSecret'>;

export const withBasic = (app: Credentials, fields: Fields): Outgoing => {
  const request = formBody(fields);
  return {
    ...request,
    headers: {
      ...(request.headers as Fields),
      authorization: basic(app.clientId, app.clientSecret ?? ''),
    },
  };
};

/** Of an app, or of an API that checks tokens by itself. */
export const introspect = (caller: Credentials, token: string): Promise<Reply> =>
  exchange(issuer, '/oauth/introspect', withBasic(caller, { token }));

export type Tokens = { readonly access: string; readonly refresh: string };

export const tokensOf = (reply: Reply): Tokens => {
  const body = json(reply);
  if (reply.status !== 200) throw new Error(`expected tokens, got ${reply.status}: ${reply.text}`);
  return { access: text(body['access_token']), refresh: text(body['refresh_token']) };
};

/** A call through the gateway. */
export const call = (path: string, authorization: string | undefined, method = 'GET'): Promise<Reply> =>
  exchange(issuer, path, {
    method,
    headers: authorization === undefined ? {} : { authorization },
  });

export const bearer = (token: string): string => `Bearer ${token}`;
