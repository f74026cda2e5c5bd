// What a token is worth now, for introspection (RFC 7662), and its end, for revocation (RFC 7009).
import { timingSafeEqual } from 'node:crypto';
import type { App } from '../apps/app.ts';
import { chainProblem } from '../connections/chain.ts';
import type { Chain } from '../connections/connection.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import { openAccessToken, type AccessToken } from './access-token.ts';
import { openRefreshToken } from './refresh-token.ts';

export type TokenFacts = {
  readonly kind: 'access' | 'refresh';
  readonly appId: number;
  readonly clientId: string;
  readonly userPublicId: string;
  readonly workspacePublicId: string;
  readonly permissions: ReadonlySet<string>;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
};

const accessFacts = async (domain: Domain, token: AccessToken): Promise<TokenFacts | undefined> => {
  const { memory } = domain;
  if (domain.now() >= token.expiresAtSeconds * 1000) return undefined;
  const entry = memory.peekApp(token.appId) ?? (await memory.appById(token.appId));
  const person =
    memory.peekPerson(token.memberId) ??
    (await memory.person(token.memberId, token.userId, token.workspaceId));
  if (entry === undefined || person === undefined) return undefined;
  const { app } = entry;
  const permissions =
    memory.peekEffective(token.permissionSetId, app.permissionSetId) ??
    (await memory.effectivePermissions(token.permissionSetId, app.permissionSetId));
  if (memory.recent.ended(token) !== undefined || app.epoch !== token.epoch) return undefined;
  if (app.suspendedAtMs !== undefined || app.deletedAtMs !== undefined) return undefined;
  return {
    kind: 'access',
    appId: app.id,
    clientId: app.clientId,
    userPublicId: person.userPublicId,
    workspacePublicId: person.workspacePublicId,
    permissions,
    issuedAtSeconds: token.issuedAtSeconds,
    expiresAtSeconds: token.expiresAtSeconds,
  };
};

const refreshChain = async (domain: Domain, text: string): Promise<Chain | undefined> => {
  const token = openRefreshToken(domain.secrets.refreshSeal, text);
  const chain = token && (await domain.stores.connections.loadChain(token.grantId));
  if (token === undefined || chain === undefined || !timingSafeEqual(chain.grant.tag, token.tag))
    return undefined;
  return token.generation === chain.grant.generation ? chain : undefined;
};

const refreshFacts = async (domain: Domain, text: string): Promise<TokenFacts | undefined> => {
  const chain = await refreshChain(domain, text);
  if (chain === undefined || chainProblem(chain, domain.now()) !== undefined) return undefined;
  if (chain.member === undefined) return undefined;
  const permissions = await domain.memory.effectivePermissions(
    chain.grant.permissionSetId,
    chain.app.permissionSetId,
  );
  return {
    kind: 'refresh',
    appId: chain.app.id,
    clientId: chain.app.clientId,
    userPublicId: chain.user.publicId,
    workspacePublicId: chain.member.workspacePublicId,
    permissions,
    issuedAtSeconds: Math.floor(chain.grant.createdAtMs / 1000),
    expiresAtSeconds: Math.floor(chain.grant.endsAtMs / 1000),
  };
};

/** Undefined for everything that is not a live token of ours; no detail why. */
export const inspectToken = (domain: Domain, text: string): Promise<TokenFacts | undefined> => {
  const access = openAccessToken(domain.secrets.accessSeal, text);
  return access === undefined ? refreshFacts(domain, text) : accessFacts(domain, access);
};

/** Ends an access token by itself, or with a refresh token its whole grant. Another app's token lives on [security 34]. */
export const revokeToken = async (domain: Domain, app: App, text: string, caused: Caused): Promise<void> => {
  const access = openAccessToken(domain.secrets.accessSeal, text);
  const trace = traceOf('tokens.revoke', caused, domain.now(), { app: app.clientId });
  if (access !== undefined) {
    if (access.appId !== app.id || domain.now() >= access.expiresAtSeconds * 1000) return;
    await domain.stores.changes.revokeToken(access.tokenId, access.expiresAtSeconds * 1000, trace);
    return;
  }
  const refresh = openRefreshToken(domain.secrets.refreshSeal, text);
  const chain = refresh && (await domain.stores.connections.loadChain(refresh.grantId));
  if (refresh === undefined || chain?.app.id !== app.id) return;
  if (!timingSafeEqual(chain.grant.tag, refresh.tag)) return;
  await domain.stores.connections.endGrant(chain.grant.id, trace);
};
