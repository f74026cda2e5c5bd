// The person's side of a terminal login: find the request by its code, bind it, approve or deny it (protocol.md 7).
import type { App } from '../apps/app.ts';
import { connectRefusal } from '../apps/may-connect.ts';
import { newConnection, publicId } from '../connections/grant.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Session } from '../sessions/session.ts';
import type { Member, Membership } from '../workspaces/workspace.ts';
import { deviceState, type DeviceRequest, type DeviceState } from './device-request.ts';
import { typedSymbols, userCodeHash } from './user-code.ts';

export type FoundDevice = { readonly request: DeviceRequest; readonly state: DeviceState; readonly app: App };

/** Undefined for a code that no row has, and for one whose app is gone. */
export const findDevice = async (domain: Domain, typed: string): Promise<FoundDevice | undefined> => {
  const symbols = typedSymbols(typed);
  if (symbols === undefined) return undefined;
  const request = await domain.stores.devices.findByUserCodeHash(userCodeHash(domain, symbols));
  const entry = request && (await domain.memory.appById(request.appId));
  if (request === undefined || entry === undefined) return undefined;
  return { request, state: deviceState(request, domain.now()), app: entry.app };
};

/** Only a POST binds; another person then gets the answer of an unknown code [security 44]. */
export const bindDevice = (domain: Domain, request: DeviceRequest, session: Session): Promise<boolean> =>
  domain.stores.devices.bind(request.id, session.userId, session.id, domain.now());

export type ApproveRefusal =
  | 'unknown-code'
  | 'used'
  | 'expired'
  | 'workspace-forbidden'
  | 'role-too-low'
  | 'key-limit'
  | 'app-suspended'
  | 'not-a-tester';

export type ApproveResult =
  | { readonly ok: true; readonly workspacePublicId: string; readonly keyName?: string }
  | { readonly ok: false; readonly reason: ApproveRefusal };

/** Whether a role may give a terminal a key to everything in the workspace. */
export const mayMakeTerminalKey = (
  domain: Pick<Domain, 'settings'>,
  { member }: { readonly member: Pick<Member, 'role'> },
): boolean => domain.settings.terminalKeyRoles.includes(member.role);

/** `loomta on devbox`, from what the terminal said it is; printable and short. */
const keyNameOf = (app: App, device: string): string => {
  const host = /\(([\w.-]{1,40})\)/.exec(device)?.[1];
  return host === undefined ? `${app.name} in a terminal` : `${app.name} on ${host}`;
};

const newTerminalKey = async (
  domain: Domain,
  found: FoundDevice,
  membership: Membership,
  caused: Caused,
): Promise<ApiKey> => {
  const nowMs = domain.now();
  return {
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'key'),
    userId: membership.member.userId,
    workspaceId: membership.workspace.id,
    memberId: membership.member.id,
    form: 'opaque',
    name: keyNameOf(found.app, found.request.device),
    description: '',
    nonce: domain.secrets.random(16),
    lastFour: '',
    madeBy: 'terminal',
    createdAtMs: nowMs,
    acknowledged: { atMs: nowMs, address: caused.address, device: caused.device },
  };
};

/** The same user approving the same workspace again before collection gets the same answer and no second key. */
const isRepeat = (request: DeviceRequest, userId: number, workspaceId: number): boolean =>
  request.approvedAtMs !== undefined && request.userId === userId && request.workspaceId === workspaceId;

const refusalOf = async (
  domain: Domain,
  found: FoundDevice,
  userId: number,
  membership: Membership,
): Promise<ApproveRefusal | undefined> => {
  const refusal = await connectRefusal(domain, found.app, userId);
  if (refusal !== undefined) return refusal;
  if (found.request.outcome === 'key' && !mayMakeTerminalKey(domain, membership)) return 'role-too-low';
  return undefined;
};

const write = async (
  domain: Domain,
  found: FoundDevice,
  membership: Membership,
  caused: Caused,
): Promise<ApproveResult> => {
  const { devices } = domain.stores;
  const { request, app } = found;
  const userId = membership.member.userId;
  const trace = traceOf('devices.approve', caused, domain.now(), { app: app.clientId });
  const done = { ok: true, workspacePublicId: membership.workspace.publicId } as const;
  if (request.outcome === 'grant') {
    const connection = await newConnection(domain, app, {
      ...request,
      userId,
      workspaceId: membership.workspace.id,
    });
    const outcome = await devices.approveWithConnection(request.id, userId, connection, trace);
    return outcome === 'approved' ? done : { ok: false, reason: 'used' };
  }
  const key = await newTerminalKey(domain, found, membership, caused);
  const outcome = await devices.approveWithKey(request.id, userId, key, domain.settings.keysPerMember, trace);
  if (outcome === 'approved') return { ...done, keyName: key.name };
  return { ok: false, reason: outcome === 'limit' ? 'key-limit' : 'used' };
};

export const approveDevice = async (
  domain: Domain,
  request: { readonly typedCode: string; readonly session: Session; readonly workspacePublicId: string },
  caused: Caused,
): Promise<ApproveResult> => {
  const refuse = (reason: ApproveRefusal): ApproveResult => ({ ok: false, reason });
  const { session } = request;
  const workspace = await domain.stores.workspaces.findByPublicId(request.workspacePublicId);
  const membership =
    workspace && (await domain.stores.workspaces.findMembership(session.userId, workspace.id));
  if (membership === undefined) return refuse('workspace-forbidden');
  const found = await findDevice(domain, request.typedCode);
  if (found === undefined) return refuse('unknown-code');
  const bound = found.request.boundUserId;
  if (bound !== undefined && bound !== session.userId) return refuse('unknown-code');
  if (found.state === 'expired') return refuse('expired');
  if (found.state === 'approved' && isRepeat(found.request, session.userId, membership.workspace.id)) {
    return { ok: true, workspacePublicId: membership.workspace.publicId };
  }
  if (found.state !== 'pending') return refuse('used');
  const refusal = await refusalOf(domain, found, session.userId, membership);
  if (refusal !== undefined) return refuse(refusal);
  if (!(await bindDevice(domain, found.request, session))) return refuse('unknown-code');
  const result = await write(domain, found, membership, caused);
  if (result.ok || result.reason !== 'used') return result;
  // Lost a race: against our own double click that is a success.
  const now = await domain.stores.devices.find(found.request.id);
  const repeat =
    now !== undefined &&
    now.claimedAtMs === undefined &&
    isRepeat(now, session.userId, membership.workspace.id);
  return repeat ? { ok: true, workspacePublicId: membership.workspace.publicId } : result;
};

export const denyDevice = async (
  domain: Domain,
  request: { readonly typedCode: string; readonly session: Session },
  caused: Caused,
): Promise<
  { readonly ok: true } | { readonly ok: false; readonly reason: 'unknown-code' | 'used' | 'expired' }
> => {
  const found = await findDevice(domain, request.typedCode);
  if (found === undefined) return { ok: false, reason: 'unknown-code' };
  const bound = found.request.boundUserId;
  if (bound !== undefined && bound !== request.session.userId) return { ok: false, reason: 'unknown-code' };
  if (found.state === 'expired') return { ok: false, reason: 'expired' };
  if (found.state !== 'pending') return { ok: false, reason: 'used' };
  const trace = traceOf('devices.deny', caused, domain.now(), { app: found.app.clientId });
  const denied = await domain.stores.devices.deny(found.request.id, request.session.userId, trace);
  return denied ? { ok: true } : { ok: false, reason: 'used' };
};
