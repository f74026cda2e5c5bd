// client_credentials with customer_key: one connection and grant per (app, key), made at first use (protocol.md 6).
import { narrowScope, type ScopeRequest } from '@latchkey/protocol';
import { keyEntryOf } from '../access/check.ts';
import type { KeyEntry, PairEntry } from '../access/memory.ts';
import type { App } from '../apps/app.ts';
import { letterTo } from '../mail/letter.ts';
import type { NewMail } from '../mail/mail.ts';
import { keyUseGrownLetter } from '../reviews/letters.ts';
import { connectRefusal } from '../apps/may-connect.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import { keyStatus } from '../keys/key.ts';
import { issueTokens, type IssuedTokens } from '../tokens/issue.ts';
import { newGrant, newKeyPair } from './grant.ts';

const FORMS = new Set(['opaque', 'signed', 'legacy'] as const);

/** Never told apart on the wire, but for the scope and the suspended app. */
export type ExchangeRefusal =
  'bad-key' | 'ended-by-owner' | 'not-a-tester' | 'app-suspended' | 'scope-too-wide';
export type ExchangeResult =
  | { readonly ok: true; readonly tokens: IssuedTokens }
  | { readonly ok: false; readonly reason: ExchangeRefusal };

const goodKey = async (domain: Domain, text: string): Promise<KeyEntry | undefined> => {
  const entry = await keyEntryOf(domain, text, FORMS);
  if (entry === undefined) return undefined;
  const { key, user, membership } = entry;
  const good =
    keyStatus(key, domain.now()) === 'active' &&
    user.disabledAtMs === undefined &&
    membership?.member.id === key.memberId;
  return good ? entry : undefined;
};

const open = async (
  domain: Domain,
  app: App,
  { key }: KeyEntry,
  caused: Caused,
): Promise<PairEntry | undefined> => {
  const { connection, grant } = await newKeyPair(domain, app, key);
  const trace = traceOf('connections.open-with-key', caused, domain.now(), { app: app.clientId });
  const opened = await domain.stores.connections.openKeyPair(connection, grant, trace);
  return opened === 'opened' ? { connection, grant } : domain.memory.pair(app.id, key.id);
};

/** What the key lets the app do has grown: its owner hears of it (protocol.md 6). */
const tellKeyOwner = async (domain: Domain, app: App, keyId: number): Promise<readonly NewMail[]> => {
  const key = await domain.stores.keys.find(keyId);
  const owner = key && (await domain.stores.users.find(key.userId));
  if (key === undefined || owner === undefined) return [];
  return [letterTo(domain, owner.email, 'key-use-grown', keyUseGrownLetter(domain, app.name, key.name))];
};

/** After a breaking publish, or at the grant's end, the next exchange makes a new grant: holding the key is the consent. */
const current = async (
  domain: Domain,
  app: App,
  pair: PairEntry,
  keyId: number,
  caused: Caused,
): Promise<PairEntry | undefined> => {
  if (pair.connection.endedAtMs !== undefined) return undefined;
  const { grant } = pair;
  const alive = grant.endedAtMs === undefined && domain.now() < grant.endsAtMs;
  if (alive && grant.epoch === app.epoch) return pair;
  const next = await newGrant(domain, pair.connection.id, app);
  const trace = traceOf(
    'connections.renew-with-key',
    caused,
    domain.now(),
    { app: app.clientId },
    grant.epoch < app.epoch ? await tellKeyOwner(domain, app, keyId) : [],
  );
  const renewed = await domain.stores.connections.renewKeyGrant(app.id, keyId, grant.id, next, trace);
  return renewed
    ? { connection: pair.connection, grant: next }
    : domain.stores.connections.findKeyPair(app.id, keyId);
};

export const exchangeKey = async (
  domain: Domain,
  request: { readonly app: App; readonly customerKey: string; readonly scope: ScopeRequest },
  caused: Caused,
): Promise<ExchangeResult> => {
  const { app } = request;
  const refuse = (reason: ExchangeRefusal): ExchangeResult => ({ ok: false, reason });
  const entry = await goodKey(domain, request.customerKey);
  if (entry?.membership === undefined) return refuse('bad-key');
  const refusal = await connectRefusal(domain, app, entry.user.id);
  if (refusal !== undefined) return refuse(refusal);

  let permissionSetId = app.permissionSetId;
  if (request.scope !== 'all') {
    const live = await domain.stores.permissionSets.find(app.permissionSetId);
    const narrowed = narrowScope(request.scope, live?.permissions ?? []);
    if (narrowed === undefined) return refuse('scope-too-wide');
    permissionSetId = await domain.stores.permissionSets.intern(narrowed);
  }

  const { memory } = domain;
  const known = memory.peekPair(app.id, entry.key.id) ?? (await memory.pair(app.id, entry.key.id));
  const opened = known ?? (await open(domain, app, entry, caused));
  const pair = opened && (await current(domain, app, opened, entry.key.id, caused));
  if (pair === undefined) return refuse('ended-by-owner');
  const tokens = await issueTokens(domain, {
    app,
    connection: pair.connection,
    grant: pair.grant,
    memberId: entry.membership.member.id,
    permissionSetId,
    withRefreshToken: false,
    ...(entry.key.expiresAtMs === undefined ? {} : { endsAtMs: entry.key.expiresAtMs }),
  });
  return { ok: true, tokens };
};
