// Refreshes: confidential apps keep their refresh token, public ones rotate it by generation (protocol.md 5).
import { timingSafeEqual } from 'node:crypto';
import { narrowScope, type ScopeRequest } from '@latchkey/protocol';
import type { App } from '../apps/app.ts';
import { connectRefusal } from '../apps/may-connect.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import { issueTokens, type IssuedTokens } from '../tokens/issue.ts';
import { openRefreshToken } from '../tokens/refresh-token.ts';
import { chainProblem, type ChainProblem } from './chain.ts';
import type { Chain, Grant } from './connection.ts';

/** A lost answer can be asked for again this long after a rotation, this often. */
const RETRY_WINDOW_MS = 120_000;
const RETRIES = 3;

export type RefreshRefusal =
  'unknown' | 'other-app' | 'reused' | 'retried-too-often' | 'scope-too-wide' | 'not-a-tester' | ChainProblem;
export type RefreshResult =
  | { readonly ok: true; readonly tokens: IssuedTokens }
  | { readonly ok: false; readonly reason: RefreshRefusal };

type Turned = { readonly grant: Grant } | { readonly refused: RefreshRefusal };

/** The grant with the generation that the answer shall carry. */
const rotate = async (domain: Domain, grant: Grant, presented: number, caused: Caused): Promise<Turned> => {
  const { connections } = domain.stores;
  const nowMs = domain.now();
  if (presented > grant.generation) return { refused: 'unknown' };
  if (presented === grant.generation) {
    if (await connections.rotate(grant.id, presented, nowMs)) {
      return { grant: { ...grant, generation: presented + 1 } };
    }
    // Another caller with the same token was first: this one is a retry of it.
    const chain = await connections.loadChain(grant.id);
    if (chain === undefined || chain.grant.generation <= presented) return { refused: 'grant-ended' };
    return rotate(domain, chain.grant, presented, caused);
  }
  const isLast = presented === grant.generation - 1;
  const inWindow = grant.rotatedAtMs !== undefined && nowMs - grant.rotatedAtMs <= RETRY_WINDOW_MS;
  if (isLast && inWindow) {
    const again = await connections.retry(grant.id, grant.generation, nowMs - RETRY_WINDOW_MS, RETRIES);
    return again ? { grant } : { refused: 'retried-too-often' };
  }
  await connections.endGrant(grant.id, traceOf('grants.reused', caused, nowMs, { grant: grant.id }));
  return { refused: 'reused' };
};

const narrowedSetId = async (
  domain: Domain,
  chain: Chain,
  scope: ScopeRequest,
): Promise<number | undefined> => {
  if (scope === 'all') return chain.grant.permissionSetId;
  const set = await domain.stores.permissionSets.find(chain.grant.permissionSetId);
  const narrowed = narrowScope(scope, set?.permissions ?? []);
  return narrowed && domain.stores.permissionSets.intern(narrowed);
};

export const refreshTokens = async (
  domain: Domain,
  request: { readonly app: App; readonly refreshToken: string; readonly scope: ScopeRequest },
  caused: Caused,
): Promise<RefreshResult> => {
  const refuse = (reason: RefreshRefusal): RefreshResult => ({ ok: false, reason });
  const token = openRefreshToken(domain.secrets.refreshSeal, request.refreshToken);
  if (token === undefined) return refuse('unknown');
  const chain = await domain.stores.connections.loadChain(token.grantId);
  if (chain === undefined || !timingSafeEqual(chain.grant.tag, token.tag)) return refuse('unknown');
  if (chain.app.id !== request.app.id) return refuse('other-app');
  const problem = chainProblem(chain, domain.now());
  if (problem !== undefined || chain.member === undefined) return refuse(problem ?? 'membership-ended');
  const notConnectable = await connectRefusal(domain, chain.app, chain.user.id);
  if (notConnectable !== undefined) return refuse(notConnectable);
  const permissionSetId = await narrowedSetId(domain, chain, request.scope);
  if (permissionSetId === undefined) return refuse('scope-too-wide');

  let grant = chain.grant;
  if (chain.app.kind === 'public') {
    const turned = await rotate(domain, grant, token.generation, caused);
    if ('refused' in turned) return refuse(turned.refused);
    grant = turned.grant;
  } else if (token.generation !== grant.generation) return refuse('unknown');

  const tokens = await issueTokens(domain, {
    app: chain.app,
    connection: chain.connection,
    grant,
    memberId: chain.member.id,
    permissionSetId,
    withRefreshToken: true,
  });
  return { ok: true, tokens };
};
