// One good request for every page: what it is about is made first, `user`'s or `vendor`'s, the same as for the management
// API. Tests that ask every page as everybody walk over it; a page without an entry fails them.
import { INPUTS, type Input } from '../../../api/testing/inputs.ts';
import type { Persona, World } from '../../../api/testing/world.ts';
import { parseForm } from '@latchkey/protocol';
import type { App } from '../../../domain/apps/app.ts';
import { readAuthorizeRequest, type AuthorizeDialect } from '../../../domain/consents/authorize-request.ts';
import { consentFor } from '../../../domain/consents/consent.ts';
import type { OperationId } from '../../../domain/operations.ts';
import type { SignedIn } from '../../../domain/operation.ts';
import type { PageForm } from '../../../http/forms.ts';
import { openSession } from '../../../testing/session.ts';
import { routesOf } from '../index.ts';
import type { PersonPage, Route, Site } from '../page.ts';

type Fields = readonly (readonly [name: string, value: string])[];

type Asked = {
  /** Of the path, by name. */
  readonly parts: Readonly<Record<string, string>>;
  readonly query: string;
  readonly fields: Fields;
};
type Ask = (world: World) => Promise<Asked>;

const partNames = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Where a form or a path has another name for what the operation takes. */
const RENAMED: Readonly<Record<string, string>> = {
  redirectUris: 'redirectUri',
  permissions: 'permission',
  operations: 'operation',
  managementKey: 'key',
  limitPerMinute: 'limit',
};

const askedOf = (path: string, input: Input): Asked => {
  const names = partNames(path);
  const all: Fields = Object.entries(input).flatMap(([name, value]) => {
    const field = RENAMED[name] ?? name;
    return (Array.isArray(value) ? value : [value]).map((one) => [field, String(one)] as const);
  });
  const isPart = ([name]: readonly [string, string]): boolean => names.includes(name);
  return {
    parts: Object.fromEntries(all.filter(isPart)),
    query: '',
    fields: all.filter((field) => !isPart(field)),
  };
};

type Wanted = OperationId | Ask;

/** The operation's input, and what the page's form says besides. */
const withMore =
  (path: string, op: OperationId, more: Input): Ask =>
  async (world) =>
    askedOf(path, { ...(await INPUTS[op](world)), ...more });

const consent =
  (dialect: AuthorizeDialect, names: (app: App) => Record<string, string>): Ask =>
  async ({ portal: { domain, makeApp }, people: { user } }) => {
    const { app } = await makeApp();
    const query = new URLSearchParams(names(app)).toString();
    const read = await readAuthorizeRequest(domain, parseForm(query), dialect);
    if (read.kind !== 'ask') throw new Error(`no page asks for consent: ${JSON.stringify(read)}`);
    const consented = await consentFor(domain, read.request, user.user.id);
    if (!consented.ok) throw new Error(consented.reason);
    const fields = [
      ['decision', 'authorize'],
      ['workspace', user.workspace.publicId],
      ['issued', String(domain.now())],
      ['shown', consented.consent.shownHash],
    ] as const;
    return { parts: {}, query, fields };
  };

/** A code that nobody has opened yet. */
const terminal =
  (decision: (world: World) => Fields): Ask =>
  async (world) => {
    const started = await world.portal.json('/auth/device/start', {});
    const code = String(started.body['user_code']);
    return { parts: {}, query: '', fields: [['user_code', code], ...decision(world)] };
  };

const plain =
  (fields: Record<string, string> = {}, parts: Record<string, string> = {}): Ask =>
  () =>
    Promise.resolve({ parts, query: '', fields: Object.entries(fields) });

/** `user`'s own, by the name that the pages give it. */
const WANTED: Readonly<Record<string, Wanted>> = {
  '/': plain(),
  '/oauth/code': plain(),
  '/sign-in': 'sessions.sign-in',
  '/sign-out': plain(),
  '/sign-in/second-step': 'sessions.second-step',
  '/sign-in/second-step/passkey': 'sessions.second-step-with-passkey',
  '/sign-in/passkey': 'sessions.sign-in-with-passkey',
  '/step-up': 'sessions.step-up',
  '/step-up/passkey': 'sessions.step-up-with-passkey',
  '/settings/security': plain(),
  '/settings/security/password': 'users.change-password',
  '/settings/security/authenticator': 'factors.confirm-totp',
  '/settings/security/authenticator/remove': plain(),
  '/settings/security/passkeys/new': 'factors.add-passkey',
  '/settings/security/passkeys/:passkey/remove': 'factors.remove-passkey',
  '/settings/security/recovery-codes': plain(),
  '/settings/security/sessions/end-others': plain(),
  '/settings/security/sessions/:session/end': 'sessions.end',
  '/settings/profile': 'users.update-profile',
  '/settings/profile/email': 'users.ask-email-change',
  '/settings/profile/email/verify': 'users.change-email',
  '/settings/workspaces': 'workspaces.create',
  '/settings/workspaces/switch': 'workspaces.leave',
  '/settings/workspaces/:workspace': 'workspaces.members',
  '/settings/workspaces/:workspace/rename': 'workspaces.rename',
  '/settings/workspaces/:workspace/invitations': withMore('/:workspace', 'workspaces.invite', {
    role: 'member',
  }),
  '/settings/workspaces/:workspace/invitations/withdraw': 'workspaces.withdraw-invitation',
  '/settings/workspaces/:workspace/members/:user/role': 'workspaces.change-role',
  '/settings/workspaces/:workspace/members/:user/remove': 'workspaces.remove-member',
  '/settings/workspaces/:workspace/leave': 'workspaces.leave',
  '/sign-up': 'users.sign-up',
  '/sign-up/verify': 'users.verify-sign-up',
  '/sign-up/resend': 'users.resend-sign-up-code',
  '/reset': 'users.ask-reset',
  '/reset/:link': 'users.reset-password',
  '/oauth/authorize': consent('standard', ({ clientId, redirectUris }) => ({
    client_id: clientId,
    redirect_uri: redirectUris[0] ?? '',
    response_type: 'code',
  })),
  '/page/vendor-auth.html': consent('alias', ({ clientId }) => ({ clientId })),
  '/cli-auth': terminal(() => []),
  '/device': terminal(({ people: { user } }) => [
    ['decision', 'authorize'],
    ['workspace', user.workspace.publicId],
  ]),
  '/settings/integrations/api': plain(),
  '/dashboard/api-keys': plain(),
  '/settings/integrations/api/new': withMore('', 'keys.create', { form: 'signed' }),
  '/settings/integrations/api/:key': 'keys.revoke',
  '/settings/integrations/api/:key/revoke': 'keys.revoke',
  '/settings/integrations/api/:key/show': 'keys.reveal',
  '/settings/integrations/authorizations': plain(),
  '/settings/integrations/authorizations/:connection': 'connections.disconnect',
  '/settings/integrations/authorizations/:connection/disconnect': 'connections.disconnect',
  '/settings/integrations/authorizations/:connection/allow-again': 'connections.allow-again',
  '/developer/authorizations': plain(),
  '/vendor/frontend/static/index.html': plain(),
  '/developer/apps/new': 'apps.register',
  '/developer/apps/:app': 'apps.get',
  '/developer/apps/:app/usage': 'usage.minutes',
  '/developer/apps/:app/requests': 'usage.requests',
  '/developer/apps/:app/walk-through': 'apps.get',
  '/developer/apps/:app/permissions': 'apps.set-permissions',
  '/developer/apps/:app/review': 'apps.submit',
  '/developer/apps/:app/review/withdraw': 'apps.withdraw',
  '/developer/apps/:app/history': 'apps.history',
  '/developer/apps/:app/edit': 'apps.save-edit',
  '/developer/apps/:app/edit/changes': withMore('/:app', 'apps.submit-edit', { told: 'yes' }),
  '/developer/apps/:app/edit/cancel': 'apps.cancel-edit',
  '/developer/apps/:app/edit/discard': 'apps.discard-edit',
  '/developer/apps/:app/edit/publish': 'apps.publish-edit',
  '/developer/apps/:app/settings': 'apps.change',
  '/developer/apps/:app/credentials': 'apps.roll-secret',
  '/developer/apps/:app/delete': 'apps.delete',
  '/developer/apps/:app/testing': 'apps.invite-tester',
  '/developer/apps/:app/testing/withdraw': 'apps.withdraw-tester-invitation',
  '/developer/apps/:app/testing/:user/remove': 'apps.remove-tester',
  '/developer/apps/:app/transfer': 'apps.offer-transfer',
  '/developer/apps/:app/transfer/withdraw': 'apps.withdraw-transfer',
  '/developer/echo': plain(),
  '/developer/profile': 'vendors.change-profile',
  '/developer/team': 'vendors.invite',
  '/developer/team/withdraw': 'vendors.withdraw-invitation',
  '/developer/team/:user/remove': 'vendors.remove-member',
  '/invitations/:link': 'invitations.accept',
  '/invitations/:link/new': 'invitations.accept-as-newcomer',
  '/invitations/:link/accept': 'invitations.accept',
  '/developer/qualification': 'vendors.submit-qualification',
  '/review/vendors': 'vendors.decide-qualification',
  '/developer/management-keys': plain(),
  '/developer/management-keys/new': withMore('', 'management-keys.create', { owner: 'vendor' }),
  '/developer/management-keys/:key/revoke': 'management-keys.revoke',
  '/review': plain(),
  '/review/:review/take': 'reviews.take',
  '/review/:review': 'reviews.get',
  '/review/:review/approve': 'reviews.approve',
  '/review/:review/decline': 'reviews.decline',
  '/review/:review/notes': 'reviews.note',
  '/docs/api': plain(),
  '/docs/api/:operation': plain({}, { operation: 'apps.get' }),
  '/operate/claim/:link': 'operate.claim',
  '/operate': plain(),
  '/operate/people': plain(),
  '/operate/people/:person': 'operate.person',
  '/operate/people/:person/disable': 'operate.disable-person',
  '/operate/people/:person/enable': 'operate.enable-person',
  '/operate/people/:person/role': 'operate.set-role',
  '/operate/people/:person/import-key': async (world) =>
    askedOf('/:person', {
      ...INPUTS['keys.import-legacy'](world),
      person: world.people.user.user.publicId,
    }),
  '/operate/workspaces': plain(),
  '/operate/workspaces/:workspace': 'operate.workspace',
  '/operate/mail': 'operate.retry-mail',
  '/operate/permissions': plain(),
  '/operate/apps': plain(),
  '/operate/apps/:app': 'operate.app',
  '/operate/apps/:app/suspend': async (world) => versioned(world, 'apps.suspend'),
  '/operate/apps/:app/lift': async (world) => versioned(world, 'apps.lift'),
  '/operate/apps/:app/limit': 'operate.set-app-limit',
  '/operate/audit': plain(),
  '/operate/audit.csv': plain(),
  '/operate/audit.json': plain(),
  '/docs': plain(),
  '/docs/:guide': plain({}, { guide: 'nothing-by-that-name' }),
  '/docs/errors/:code': plain({}, { code: 'invalid_grant' }),
};

/** The page's form says which version it showed. */
const versioned = async (world: World, op: 'apps.suspend' | 'apps.lift'): Promise<Asked> => {
  const input = (await INPUTS[op](world)) as { readonly app: string; readonly reason: string };
  const app = await world.portal.domain.stores.apps.findByPublicId(input.app);
  return askedOf('/:app', { ...input, version: app?.version ?? 0 });
};

/** Only fields that the form has: what the management API takes besides is not sent. */
const askFor = async (world: World, route: Route): Promise<Asked> => {
  const wanted = WANTED[route.path];
  if (wanted === undefined) throw new Error(`no request is known for ${route.path}`);
  const asked =
    typeof wanted === 'function' ? await wanted(world) : askedOf(route.path, await INPUTS[wanted](world));
  const post = route.post;
  const known = post === undefined ? [] : [...post.fields, ...(post.lists ?? [])];
  return { ...asked, fields: asked.fields.filter(([name]) => known.includes(name)) };
};

const addressOf = ({ path }: Route, { parts, query }: Asked): string => {
  const filled = path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(parts[name] ?? ''));
  return query === '' ? filled : `${filled}?${query}`;
};

/** Who sends a form: the session, if any, and the random value of the browser. */
type Sender = { readonly signedIn: SignedIn | undefined; readonly browser: string; readonly cookie: string };

const senderOf = async ({ portal: { domain }, people }: World, persona: Persona): Promise<Sender> => {
  const browser = Buffer.from(domain.secrets.random(24)).toString('base64url');
  const cookie = `latchkey-browser=${browser}`;
  if (persona === 'nobody') return { signedIn: undefined, browser, cookie };
  const { user } = people[persona];
  const { session, secret } = await openSession(domain, 'cookie', { user });
  return { signedIn: { user, session }, browser, cookie: `${cookie}; latchkey-session=${secret}` };
};

/** The token that this page would have written into its form for this person. */
const tokenFor = (world: World, route: Route, asked: Asked, { signedIn, browser }: Sender): string => {
  const { post } = route;
  if (post === undefined) return '';
  const fields = new Map(asked.fields);
  const [path = '', query = ''] = addressOf(route, asked).split('?');
  // Flows are made of the address and the form alone.
  const page = { path, query, part: (name: string) => asked.parts[name] ?? '' } as PersonPage;
  const form = { get: (name: string) => fields.get(name) } as PageForm;
  const flow = post.flow(page, form);
  const binding =
    post.boundTo === 'browser' || signedIn === undefined
      ? `browser:${browser}`
      : `session:${signedIn.session.id}`;
  return world.portal.domain.secrets.csrfToken(binding, flow);
};

/** A request that is ready to be sent: what it is about exists, the person is signed in, the form has its token. */
export type Ready = {
  readonly address: string;
  readonly cookie: string;
  readonly fields: Fields;
  readonly token: string;
};

export const readyFor = async (world: World, route: Route, persona: Persona): Promise<Ready> => {
  const asked = await askFor(world, route);
  const sender = await senderOf(world, persona);
  return {
    address: addressOf(route, asked),
    cookie: sender.cookie,
    fields: asked.fields,
    token: tokenFor(world, route, asked, sender),
  };
};

export const formBody = ({ fields }: Pick<Ready, 'fields'>, token: string | undefined): string =>
  new URLSearchParams(
    [...fields, ...(token === undefined ? [] : [['csrf', token]])].map((pair) => [...pair]),
  ).toString();

/** Every page of a deployment that asks vendors to qualify; the demo's own ones are no part of the service. */
export const ALL_ROUTES: readonly Route[] = routesOf({
  domain: { settings: { vendorQualification: true, issuer: 'http://localhost:4000' } },
} as unknown as Site);

/** Somebody for whom the page's own form works. */
export const SENDER: Readonly<Record<Route['access'], Persona>> = {
  anyone: 'user',
  'signed-in': 'user',
  vendor: 'vendor',
  reviewer: 'reviewer',
  operator: 'operator',
};
