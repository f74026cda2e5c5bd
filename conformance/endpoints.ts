// The machine endpoints as bad input meets them: what each takes, and the shape in which it refuses.
import { productionApp } from './apps/known.ts';
import { basic } from './http/exchange.ts';
import { customerKey } from './target.ts';

export type Shape = 'oauth' | 'loomta' | 'gateway';

export type Endpoint = {
  readonly path: string;
  readonly methods: readonly string[];
  readonly takes: 'form' | 'json' | 'nothing';
  readonly shape: Shape;
  /** A request that gets past authentication, so that bad input meets the code behind it. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly authorization?: string;
};

const byBasic = basic(productionApp.clientId, productionApp.clientSecret ?? '');
const byKey = `token ${customerKey('signed').key}`;

export const formEndpoints: readonly Endpoint[] = [
  {
    path: '/oauth/token',
    methods: ['POST'],
    takes: 'form',
    shape: 'oauth',
    fields: { grant_type: 'refresh_token', refresh_token: 'x' },
    authorization: byBasic,
  },
  {
    path: '/api/user-web/oauth/token',
    methods: ['POST', 'GET'],
    takes: 'form',
    shape: 'oauth',
    fields: { grant_type: 'refresh_token', refresh_token: 'x' },
    authorization: byBasic,
  },
  {
    path: '/oauth/revoke',
    methods: ['POST'],
    takes: 'form',
    shape: 'oauth',
    fields: { token: 'x' },
    authorization: byBasic,
  },
  {
    path: '/oauth/introspect',
    methods: ['POST'],
    takes: 'form',
    shape: 'oauth',
    fields: { token: 'x' },
    authorization: byBasic,
  },
  {
    path: '/oauth/device_authorization',
    methods: ['POST'],
    takes: 'form',
    shape: 'oauth',
    fields: { client_id: 'lofty-cli' },
  },
];

export const jsonEndpoints: readonly Endpoint[] = [
  { path: '/auth/device/start', methods: ['POST'], takes: 'json', shape: 'loomta', fields: {} },
  {
    path: '/auth/device/token',
    methods: ['POST'],
    takes: 'json',
    shape: 'loomta',
    fields: { device_code: 'x' },
  },
  {
    path: '/auth/device/approve',
    methods: ['POST'],
    takes: 'json',
    shape: 'loomta',
    fields: { userCode: 'x' },
  },
  { path: '/auth/device/deny', methods: ['POST'], takes: 'json', shape: 'loomta', fields: { userCode: 'x' } },
  {
    path: '/auth/session',
    methods: ['POST', 'DELETE'],
    takes: 'json',
    shape: 'loomta',
    fields: { email: 'nobody@demo.test', password: 'wrong' },
  },
];

export const gatewayEndpoints: readonly Endpoint[] = [
  { path: '/v1.0/me', methods: ['GET', 'POST'], takes: 'nothing', shape: 'gateway', authorization: byKey },
  { path: '/v1.0/leads', methods: ['GET', 'POST'], takes: 'json', shape: 'gateway', authorization: byKey },
  {
    path: '/public/v1/platforms',
    methods: ['GET'],
    takes: 'nothing',
    shape: 'gateway',
    authorization: `Bearer ${customerKey('opaque').key}`,
  },
];

const metadata: Endpoint = {
  path: '/.well-known/oauth-authorization-server',
  methods: ['GET'],
  takes: 'nothing',
  shape: 'oauth',
};

export const endpoints: readonly Endpoint[] = [
  ...formEndpoints,
  ...jsonEndpoints,
  ...gatewayEndpoints,
  metadata,
];
