/** Owns a small Lofty of our own for tests: token endpoints, device login and a few resources, with switches. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Seen = {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

export type FakeLofty = {
  readonly url: string;
  readonly seen: Seen[];
  /** Access tokens that the API accepts, and who each is. */
  readonly live: Map<string, string>;
  readonly customerKeys: Set<string>;
  readonly refreshTokens: Set<string>;
  readonly sessions: Set<string>;
  /** Switches that a test may throw at any time. */
  readonly faults: {
    deny: boolean;
    devicePending: number;
    deviceExpired: boolean;
    deviceInterval: number;
    noRevocation: boolean;
    noDeviceGrant: boolean;
    answer: { readonly status: number; readonly body: string } | undefined;
    dateOffsetMs: number;
    lifetimeSeconds: number;
  };
  readonly issue: (who: string) => string;
  readonly close: () => Promise<void>;
};

const leadsBody =
  '{"_metadata":{"collection":"leads","limit":2,"offset":0,"total":2,"scrollId":null},"leads":[' +
  '{"leadId":9007199254740993,"firstName":"Ana","lastName":"Silva","stage":"New Lead","source":"Web","emails":["ana@x.test"],"phones":["+12065550100"],"assignedUserId":9223372036854775807,"assignedUser":"Ari Mendes","score":2.50},' +
  '{"leadId":1152921504606846977,"firstName":"太郎","lastName":"山田","stage":"Closed","source":"","emails":[],"phones":[],"assignedUserId":null,"assignedUser":null,"score":0}]}';

type Fields = Readonly<Record<string, string | undefined>>;
type Reply = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };
type Internals = FakeLofty & { readonly codes: Map<string, string>; polls: number };

const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });
const oauthError = (error: string, status = 400): Reply => json({ error }, status);

export async function startFakeLofty(): Promise<FakeLofty> {
  const live = new Map<string, string>();
  const fake: Internals = {
    url: '',
    seen: [],
    live,
    customerKeys: new Set(),
    refreshTokens: new Set(),
    sessions: new Set(),
    codes: new Map(),
    polls: 0,
    faults: {
      deny: false,
      devicePending: 0,
      deviceExpired: false,
      deviceInterval: 0,
      noRevocation: false,
      noDeviceGrant: false,
      answer: undefined,
      dateOffsetMs: 0,
      lifetimeSeconds: 3600,
    },
    issue: (who) => {
      const token = `canary-at-${randomBytes(12).toString('hex')}`;
      live.set(token, who);
      return token;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => void serve(fake, request, response));
  // A pooled connection of this process would be cut by `close`, where a real command, a new process, is refused.
  server.maxRequestsPerSocket = 1;
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, { url: `http://127.0.0.1:${port}` });
}

async function serve(fake: Internals, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const { method = '', url = '', headers } = request;
  fake.seen.push({ method, url, authorization: headers.authorization, body });
  const target = new URL(url, fake.url);
  const reply = answer(fake, method, target, headers.authorization, body);
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    date: new Date(Date.now() + fake.faults.dateOffsetMs).toUTCString(),
    ...reply.headers,
  });
  response.end(reply.body);
}

function answer(
  fake: Internals,
  method: string,
  target: URL,
  authorization: string | undefined,
  body: string,
): Reply {
  const form = (): Fields => Object.fromEntries(new URLSearchParams(body));
  switch (`${method} ${target.pathname}`) {
    case 'GET /.well-known/oauth-authorization-server':
      return json({
        issuer: fake.url,
        ...(fake.faults.noRevocation ? {} : { revocation_endpoint: `${fake.url}/oauth/revoke` }),
        authorization_endpoint: `${fake.url}/oauth/authorize`,
        token_endpoint: `${fake.url}/oauth/token`,
        code_challenge_methods_supported: ['S256'],
      });
    case 'GET /oauth/authorize':
      return authorize(fake, target.searchParams);
    case 'POST /oauth/token':
      return token(fake, form());
    case 'POST /oauth/revoke':
      fake.refreshTokens.delete(form()['token'] ?? '');
      fake.live.delete(form()['token'] ?? '');
      return { status: 200, body: '' };
    case 'POST /oauth/device_authorization':
      return fake.faults.noDeviceGrant
        ? oauthError('unauthorized_client')
        : json({
            device_code: 'canary-device-code',
            user_code: 'LFT-7QX2-9KFP',
            verification_uri: `${fake.url}/device`,
            expires_in: 600,
            interval: fake.faults.deviceInterval,
          });
    case 'POST /session-token':
      return session(fake, body);
    default:
      return resource(fake, method, target, authorization, body);
  }
}

function authorize(fake: Internals, query: URLSearchParams): Reply {
  const back = new URL(query.get('redirect_uri') ?? '');
  back.searchParams.set('state', query.get('state') ?? '');
  if (fake.faults.deny) back.searchParams.set('error', 'access_denied');
  else {
    const code = `canary-code-${randomBytes(8).toString('hex')}`;
    fake.codes.set(code, query.get('code_challenge') ?? '');
    back.searchParams.set('code', code);
  }
  return { status: 303, body: '', headers: { location: back.href } };
}

function token(fake: Internals, fields: Fields): Reply {
  switch (fields['grant_type'] ?? '') {
    case 'authorization_code': {
      const challenge = fake.codes.get(fields['code'] ?? '');
      const verifier = createHash('sha256')
        .update(fields['code_verifier'] ?? '')
        .digest('base64url');
      const good = challenge !== undefined && challenge === verifier && fields['client_id'] === 'lofty-cli';
      return good ? withRefresh(fake, 'browser') : oauthError('invalid_grant');
    }
    case 'urn:ietf:params:oauth:grant-type:device_code':
      fake.polls += 1;
      if (fake.faults.deviceExpired) return oauthError('expired_token');
      if (fake.polls <= fake.faults.devicePending) return oauthError('authorization_pending');
      return fake.faults.deny ? oauthError('access_denied') : withRefresh(fake, 'device');
    case 'refresh_token':
      return fake.refreshTokens.delete(fields['refresh_token'] ?? '')
        ? withRefresh(fake, 'refreshed')
        : oauthError('invalid_grant');
    case 'client_credentials':
      if (fields['client_secret'] !== 'canary-client-secret') return oauthError('invalid_client', 401);
      return fake.customerKeys.has(fields['customer_key'] ?? '')
        ? tokens(fake, 'client-credentials')
        : oauthError('invalid_grant');
    default:
      return oauthError('unsupported_grant_type');
  }
}

function session(fake: Internals, body: string): Reply {
  const given = JSON.parse(body) as Fields;
  return fake.sessions.has(given['session_id'] ?? '') ? tokens(fake, 'session') : oauthError('invalid_grant');
}

function tokens(fake: Internals, who: string, more: Fields = {}): Reply {
  return json({
    access_token: fake.issue(who),
    token_type: 'Bearer',
    expires_in: fake.faults.lifetimeSeconds,
    scope: 'me.get leads.list leads.create',
    ...more,
  });
}

function withRefresh(fake: Internals, who: string): Reply {
  const refreshToken = `canary-rt-${randomBytes(12).toString('hex')}`;
  fake.refreshTokens.add(refreshToken);
  return tokens(fake, who, { refresh_token: refreshToken });
}

function resource(
  fake: Internals,
  method: string,
  target: URL,
  authorization: string | undefined,
  body: string,
): Reply {
  const who = fake.live.get((authorization ?? '').replace(/^Bearer /, ''));
  if (who === undefined) return json({ code: 'BAD_CREDENTIALS', message: 'Bad credentials.' }, 401);
  if (fake.faults.answer !== undefined) return fake.faults.answer;
  switch (`${method} ${target.pathname}`) {
    case 'GET /v1.0/me':
      return {
        status: 200,
        body: `{"id":9007199254740993,"firstName":"Ari","lastName":"Mendes","email":"ari@demo.test","roleName":"${who}","agentInfo":{"companyName":"Northside Realty"}}`,
      };
    case 'GET /v1.0/leads':
      return { status: 200, body: leadsBody };
    case 'POST /v1.0/leads':
      return { status: 200, body: `{"leadId":9007199254740995,"got":${body}}` };
    default:
      return json({ code: 'LEAD_NOT_EXIST', message: 'No such lead.' }, 404);
  }
}
