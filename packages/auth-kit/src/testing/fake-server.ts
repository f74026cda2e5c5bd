// An identity server and API for tests, with fault switches. It keeps the rules that the kit must survive: refresh
// tokens rotate and an old one ends the sign-in, codes work once, polling too fast is answered with slow_down.
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type Fault = {
  readonly delayMs?: number;
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Announces the whole body, sends half, cuts the connection. */
  readonly truncate?: boolean;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  /** Does what was asked, then cuts the connection: the answer is lost. */
  readonly lost?: boolean;
  /** Cuts the connection after the head of the answer. */
  readonly headOnly?: boolean;
  /** Shifts the Date header. */
  readonly skewMs?: number;
  /** How many requests meet it; without end when absent. */
  readonly times?: number;
};

type Seen = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type FakeServer = {
  readonly url: string;
  /** Every request so far, in order. */
  readonly seen: Seen[];
  readonly count: (path: string) => number;
  /** Resolves once a request for this path has come. */
  readonly arrived: (path: string) => Promise<void>;
  readonly fault: (path: string, fault: Fault | undefined) => void;
  readonly settings: Settings;
  /** Access tokens and API keys that the API accepts now. */
  readonly live: Set<string>;
  /** A sign-in as a login would leave it. */
  readonly issue: () => { access_token: string; refresh_token: string };
  /** Between the polls of one device request, by this server's monotonic clock. */
  readonly pollGapsMs: number[];
  /** What the person does with the pending device request. */
  readonly decideDevice: (decision: 'approve' | 'deny' | 'expire') => void;
  /** What the person does on the consent page. */
  consent: 'authorize' | 'cancel';
  readonly close: () => Promise<void>;
};

type Settings = {
  expiresInSeconds: number;
  intervalSeconds: number;
  deviceSeconds: number;
  /** How often a rotated refresh token still works, for a client that never got the answer. */
  rotatedUses: number;
  /** `iss` on the callback; undefined: the right one. */
  iss: string | undefined;
  sessionId: string;
  clientSecret: string;
  customerKey: string;
};

type State = {
  readonly server: FakeServer;
  readonly codes: Map<string, { challenge: string; redirectUri: string }>;
  readonly refreshTokens: Map<string, 'current' | 'rotated'>;
  readonly onRequest: Set<() => void>;
  readonly faults: Map<string, { fault: Fault; left: number }>;
  device:
    | {
        code: string;
        state: 'pending' | 'approve' | 'deny' | 'expire' | 'claimed';
        lastPollMs: number | undefined;
      }
    | undefined;
};

type Answer = { readonly status: number; readonly json?: unknown; readonly headers?: Record<string, string> };

export async function startFakeServer(): Promise<FakeServer> {
  const http = createServer((request, response) => void handle(state, request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const state = newState(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  return state.server;
}

function newState(url: string, close: () => Promise<void>): State {
  const seen: Seen[] = [];
  const state: State = {
    codes: new Map(),
    refreshTokens: new Map(),
    faults: new Map(),
    onRequest: new Set(),
    device: undefined,
    server: {
      url,
      seen,
      count: (path) => seen.filter((each) => each.path === path).length,
      arrived: (path) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (!seen.some((each) => each.path === path)) return;
            state.onRequest.delete(look);
            resolve();
          };
          state.onRequest.add(look);
          look();
        }),
      fault: (path, fault) => {
        if (fault === undefined) state.faults.delete(path);
        else state.faults.set(path, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
      },
      settings: {
        expiresInSeconds: 3600,
        intervalSeconds: 0,
        deviceSeconds: 600,
        rotatedUses: 0,
        iss: undefined,
        sessionId: 'ses_canary_1',
        clientSecret: 'canary-secret',
        customerKey: 'canary-key',
      },
      live: new Set(),
      issue: () => issue(state),
      pollGapsMs: [],
      decideDevice: (decision) => {
        if (state.device !== undefined) state.device.state = decision;
      },
      consent: 'authorize',
      close,
    },
  };
  return state;
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', state.server.url);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const { method = 'GET', headers } = request;
  const seen: Seen = { method, path: url.pathname, query: url.searchParams, headers, body };
  state.server.seen.push(seen);
  for (const look of state.onRequest) look();
  const entry = state.faults.get(url.pathname);
  const fault = entry !== undefined && entry.left > 0 ? entry.fault : undefined;
  if (entry !== undefined) entry.left -= 1;
  if (fault?.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
  if (fault?.reset === true) {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault?.lost === true) {
    answer(state, seen);
    request.socket.resetAndDestroy();
    return;
  }
  const replaces = fault?.status !== undefined || fault?.body !== undefined;
  reply(response, replaces ? { status: fault.status ?? 200 } : answer(state, seen), fault);
}

function reply(response: ServerResponse, { status, json, headers }: Answer, fault: Fault | undefined): void {
  const text = fault?.body ?? (json === undefined ? '' : JSON.stringify(json));
  response.writeHead(status, {
    'content-type': fault?.body?.startsWith('<') === true ? 'text/html' : 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    date: new Date(Date.now() + (fault?.skewMs ?? 0)).toUTCString(),
    'cache-control': 'no-store',
    ...headers,
    ...fault?.headers,
  });
  if (fault?.headOnly === true) {
    response.flushHeaders();
    setImmediate(() => response.destroy());
  } else if (fault?.truncate === true) {
    response.write(text.slice(0, Math.ceil(text.length / 2)));
    setImmediate(() => response.destroy());
  } else {
    response.end(text);
  }
}

function answer(state: State, seen: Seen): Answer {
  switch (`${seen.method} ${seen.path}`) {
    case 'GET /.well-known/oauth-authorization-server':
      return { status: 200, json: metadata(state.server.url) };
    case 'GET /oauth/authorize':
      return authorize(state, seen.query);
    case 'POST /oauth/token':
      return token(state, new URLSearchParams(seen.body));
    case 'POST /oauth/revoke':
      return revoke(state, new URLSearchParams(seen.body));
    case 'POST /oauth/device_authorization':
    case 'POST /auth/device/start':
      return startDevice(state, seen.path === '/auth/device/start' ? 'LMT' : 'LFT');
    case 'POST /auth/device/token':
      return collectKey(state, readField(seen.body, 'device_code'));
    case 'POST /session-token':
      return sessionToken(state, readField(seen.body, 'session_id'));
    case 'GET /v1.0/me':
    case 'POST /v1.0/leads':
      return protectedAnswer(state, seen, {
        id: 7,
        email: 'ari@demo.test',
        firstName: 'Ari',
        lastName: 'Mendes',
      });
    case 'GET /public/v1/platforms':
      return protectedAnswer(state, seen, { platforms: [{ id: 'p1' }, { id: 'p2' }] });
    default:
      return { status: 404, json: { error: 'not_found' } };
  }
}

function metadata(url: string): unknown {
  return {
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    device_authorization_endpoint: `${url}/oauth/device_authorization`,
    revocation_endpoint: `${url}/oauth/revoke`,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
  };
}

function issue(state: State): {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: string;
} {
  const access = `lk_at_canary${randomBytes(9).toString('hex')}`;
  const refresh = `lk_rt_canary${randomBytes(9).toString('hex')}`;
  state.server.live.add(access);
  state.refreshTokens.set(refresh, 'current');
  return {
    access_token: access,
    refresh_token: refresh,
    expires_in: state.server.settings.expiresInSeconds,
    token_type: 'Bearer',
  };
}

function authorize(state: State, query: URLSearchParams): Answer {
  const back = new URL(query.get('redirect_uri') ?? '');
  back.searchParams.set('state', query.get('state') ?? '');
  back.searchParams.set('iss', state.server.settings.iss ?? state.server.url);
  if (state.server.consent === 'cancel') {
    back.searchParams.set('error', 'access_denied');
  } else {
    const code = `lk_code_canary${randomBytes(6).toString('hex')}`;
    state.codes.set(code, {
      challenge: query.get('code_challenge') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
    });
    back.searchParams.set('code', code);
  }
  return { status: 302, headers: { location: back.href } };
}

function token(state: State, form: URLSearchParams): Answer {
  const { settings } = state.server;
  switch (form.get('grant_type') ?? '') {
    case 'authorization_code': {
      const code = state.codes.get(form.get('code') ?? '');
      state.codes.delete(form.get('code') ?? '');
      const hash = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const good = code?.challenge === hash && code.redirectUri === form.get('redirect_uri');
      return good ? { status: 200, json: issue(state) } : oauthError('invalid_grant');
    }
    case 'refresh_token':
      return rotate(state, form.get('refresh_token') ?? '');
    case 'client_credentials': {
      if (form.get('client_secret') !== settings.clientSecret) return oauthError('invalid_client', 401);
      if (form.get('customer_key') !== settings.customerKey) return oauthError('invalid_grant');
      const { refresh_token: _, ...tokens } = issue(state);
      return { status: 200, json: tokens };
    }
    case 'urn:ietf:params:oauth:grant-type:device_code': {
      const refusal = pollDevice(state, form.get('device_code'));
      return refusal ?? { status: 200, json: issue(state) };
    }
    default:
      return oauthError('unsupported_grant_type');
  }
}

/** No grace unless it is set: an old refresh token ends everything, so that a race between two processes shows. */
function rotate(state: State, refreshToken: string): Answer {
  const found = state.refreshTokens.get(refreshToken);
  if (found === 'rotated' && state.server.settings.rotatedUses > 0) {
    state.server.settings.rotatedUses -= 1;
    return { status: 200, json: issue(state) };
  }
  if (found === 'rotated') {
    state.refreshTokens.clear();
    state.server.live.clear();
  }
  if (found !== 'current') return oauthError('invalid_grant');
  state.refreshTokens.set(refreshToken, 'rotated');
  return { status: 200, json: issue(state) };
}

function revoke(state: State, form: URLSearchParams): Answer {
  const given = form.get('token') ?? '';
  if (form.get('token_type_hint') === 'device_code') return withdrawDevice(state, given);
  if (state.refreshTokens.delete(given)) state.server.live.clear();
  state.server.live.delete(given);
  return { status: 200 };
}

function withdrawDevice({ device }: State, code: string): Answer {
  const cancelled = device?.code === code && device.state === 'pending';
  if (cancelled) device.state = 'deny';
  return { status: 200, json: { cancelled } };
}

function startDevice(state: State, prefix: string): Answer {
  const { settings, url } = state.server;
  state.device = {
    code: `lk_dc_canary${randomBytes(9).toString('hex')}`,
    state: 'pending',
    lastPollMs: undefined,
  };
  const userCode = `${prefix}-7QX2-9KFP`;
  return {
    status: 200,
    json: {
      device_code: state.device.code,
      user_code: userCode,
      verification_uri: `${url}/cli-auth`,
      verification_uri_complete: `${url}/cli-auth?code=${userCode}`,
      interval: settings.intervalSeconds,
      expires_in: settings.deviceSeconds,
    },
  };
}

function pollDevice(state: State, code: string | null | undefined): Answer | undefined {
  const { device } = state;
  if (device === undefined || device.code !== code || device.state === 'claimed')
    return oauthError('access_denied');
  const nowMs = performance.now();
  const gapMs = device.lastPollMs === undefined ? undefined : nowMs - device.lastPollMs;
  if (gapMs !== undefined) state.server.pollGapsMs.push(gapMs);
  const tooFast = gapMs !== undefined && gapMs < state.server.settings.intervalSeconds * 1000 - 500;
  device.lastPollMs = nowMs;
  if (device.state === 'approve') {
    device.state = 'claimed';
    return undefined;
  }
  if (device.state === 'deny') return oauthError('access_denied');
  if (device.state === 'expire') return oauthError('expired_token');
  return oauthError(tooFast ? 'slow_down' : 'authorization_pending');
}

function collectKey(state: State, code: string | undefined): Answer {
  const refusal = pollDevice(state, code);
  if (refusal !== undefined) return refusal;
  const key = `loomta_sk_canary${randomBytes(9).toString('hex')}`;
  state.server.live.add(key);
  return { status: 200, json: { status: 'approved', api_key: key } };
}

function sessionToken(state: State, sessionId: string | undefined): Answer {
  if (sessionId !== state.server.settings.sessionId) return oauthError('invalid_grant');
  return { status: 200, json: issue(state) };
}

function protectedAnswer(state: State, { headers }: Seen, json: unknown): Answer {
  const given = headers.authorization?.replace(/^Bearer /, '');
  if (given === undefined)
    return { status: 401, json: { code: 'missing_api_key', message: 'A Bearer API key is required.' } };
  if (state.server.live.has(given)) return { status: 200, json };
  return { status: 401, json: { code: 'invalid_api_key', message: 'The API key is invalid.' } };
}

function oauthError(error: string, status = 400): Answer {
  return { status, json: { error } };
}

function readField(body: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(body) as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
