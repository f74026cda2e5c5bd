// The terminal's side: polls until the person decided, then collects exactly once (protocol.md 7; RFC 8628 3.5).
import { createRecordSecret, matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { App } from '../apps/app.ts';
import { connectRefusal } from '../apps/may-connect.ts';
import { newGrant } from '../connections/grant.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import { issueTokens, type IssuedTokens } from '../tokens/issue.ts';
import { mayMakeTerminalKey } from './decide.ts';
import { deviceState, type DeviceOutcome, type DeviceRequest } from './device-request.ts';

export type PollResult =
  | { readonly kind: 'unknown' | 'pending' | 'slow-down' | 'expired' | 'denied' | 'claimed' }
  | { readonly kind: 'tokens'; readonly tokens: IssuedTokens }
  | { readonly kind: 'key'; readonly key: string };

/** The chain again, at the moment of hand-over: what was lost since the approval is lost [security 46]. */
const stillGood = async (domain: Domain, app: App, request: DeviceRequest): Promise<number | undefined> => {
  const { userId, workspaceId } = request;
  if (userId === undefined || workspaceId === undefined || request.epoch !== app.epoch) return undefined;
  if ((await connectRefusal(domain, app, userId)) !== undefined) return undefined;
  const member = await domain.stores.workspaces.actingMember(userId, workspaceId);
  if (member === undefined) return undefined;
  if (request.outcome === 'key' && !mayMakeTerminalKey(domain, { member })) return undefined;
  return member.id;
};

const collectKey = async (domain: Domain, request: DeviceRequest, caused: Caused): Promise<PollResult> => {
  const { keyId } = request;
  const key = keyId === undefined ? undefined : await domain.stores.keys.find(keyId);
  if (key === undefined || key.revokedAtMs !== undefined) return { kind: 'denied' };
  const made = createRecordSecret(domain.settings.opaqueKeyPrefix, key.id, domain.secrets.random);
  const trace = traceOf('devices.collect', caused, domain.now(), { key: key.publicId });
  const won = await domain.stores.devices.claimKey(
    request.id,
    { hash: made.hash, lastFour: made.lastFour },
    trace,
  );
  return won ? { kind: 'key', key: made.secret } : { kind: 'claimed' };
};

const collectTokens = async (
  domain: Domain,
  app: App,
  request: DeviceRequest,
  memberId: number,
  caused: Caused,
): Promise<PollResult> => {
  const { connectionId } = request;
  const connection =
    connectionId === undefined ? undefined : await domain.stores.connections.find(connectionId);
  if (connection === undefined || connection.endedAtMs !== undefined) return { kind: 'denied' };
  const grant = await newGrant(domain, connection.id, request);
  const trace = traceOf('devices.collect', caused, domain.now(), { app: app.clientId });
  if (!(await domain.stores.devices.claimGrant(request.id, grant, trace))) return { kind: 'claimed' };
  const tokens = await issueTokens(domain, {
    app,
    connection,
    grant,
    memberId,
    permissionSetId: request.permissionSetId,
    withRefreshToken: true,
  });
  return { kind: 'tokens', tokens };
};

/** `app`: whose request it must be, on endpoints that authenticate one; `outcome`: what this endpoint hands out. */
export const pollDevice = async (
  domain: Domain,
  poll: { readonly deviceCode: string; readonly outcome: DeviceOutcome; readonly appId?: number },
  caused: Caused,
): Promise<PollResult> => {
  const id = recordIdOf(SECRET_PREFIX.deviceCode, poll.deviceCode);
  const polled = id === undefined ? undefined : await domain.stores.devices.findPolled(id);
  if (polled === undefined || !matchesHash(poll.deviceCode, polled.hash)) return { kind: 'unknown' };
  if (polled.outcome !== poll.outcome) return { kind: 'unknown' };
  if (poll.appId !== undefined && polled.appId !== poll.appId) return { kind: 'unknown' };
  const nowMs = domain.now();
  const state = deviceState(polled, nowMs);
  if (state === 'pending') {
    return { kind: domain.devicePace.tooFast(polled.id, nowMs) ? 'slow-down' : 'pending' };
  }
  domain.devicePace.forget(polled.id);
  if (state !== 'approved') return { kind: state };
  const request = await domain.stores.devices.find(polled.id);
  if (request === undefined) return { kind: 'unknown' };
  const entry = await domain.memory.appById(request.appId);
  const memberId = entry && (await stillGood(domain, entry.app, request));
  if (entry === undefined || memberId === undefined) return { kind: 'denied' };
  return request.outcome === 'key'
    ? collectKey(domain, request, caused)
    : collectTokens(domain, entry.app, request, memberId, caused);
};
