// Redeems an authorization code: one winner, and a replay revokes what the first redemption issued (protocol.md 4).
import { hash, timingSafeEqual } from 'node:crypto';
import { redirectUriMatches } from '@latchkey/protocol';
import { matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { App } from '../apps/app.ts';
import { connectRefusal } from '../apps/may-connect.ts';
import { newConnection, newGrant } from '../connections/grant.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import { issueTokens, type IssuedTokens } from '../tokens/issue.ts';
import type { Code } from './code.ts';

/** A double-loaded callback within this time is refused, but kills nothing. */
const REPLAY_TOLERANCE_MS = 10_000;

export type RedeemRequest = {
  readonly app: App;
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
};

export type RedeemRefusal =
  | 'unknown'
  | 'other-app'
  | 'expired'
  | 'burnt'
  | 'replayed'
  | 'wrong-redirect-uri'
  | 'verifier-missing'
  | 'verifier-unexpected'
  | 'wrong-verifier'
  | 'epoch-old'
  | 'person-gone'
  | 'app-suspended'
  | 'not-a-tester';

type Refused = { readonly ok: false; readonly reason: RedeemRefusal };
type Redeemed = { readonly ok: true; readonly tokens: IssuedTokens };
const refuse = (reason: RedeemRefusal): Refused => ({ ok: false, reason });

const s256 = (verifier: string): string => hash('sha256', verifier, 'base64url');

const proofProblem = (code: Code, verifier: string | undefined): RedeemRefusal | undefined => {
  if (code.challenge === undefined) return verifier === undefined ? undefined : 'verifier-unexpected';
  if (verifier === undefined) return 'verifier-missing';
  const given = Buffer.from(s256(verifier));
  const expected = Buffer.from(code.challenge);
  return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : 'wrong-verifier';
};

/** Stated at authorize: the same again (RFC 6749 4.1.3). Not stated (documents 002, 003): absent, or one that is registered. */
const redirectProblem = (code: Code, app: App, given: string | undefined): boolean => {
  if (code.redirectUriStated) return given !== code.redirectUri;
  if (given === undefined) return false;
  return !app.redirectUris.some((registered) => redirectUriMatches(registered, given));
};

const afterReplay = async (
  domain: Domain,
  code: Code,
  grantId: number,
  redeemedAtMs: number,
  caused: Caused,
): Promise<Refused> => {
  const nowMs = domain.now();
  const doubleLoad = code.challenge !== undefined && nowMs - redeemedAtMs <= REPLAY_TOLERANCE_MS;
  if (!doubleLoad) {
    await domain.stores.connections.endGrant(
      grantId,
      traceOf('codes.replayed', caused, nowMs, { grant: grantId }),
    );
  }
  return refuse('replayed');
};

const redeem = async (domain: Domain, app: App, code: Code, caused: Caused): Promise<Redeemed | Refused> => {
  const member = await domain.stores.workspaces.actingMember(code.userId, code.workspaceId);
  if (member === undefined) return refuse('person-gone');
  const connection = await newConnection(domain, app, code);
  const grant = await newGrant(domain, connection.id, code);
  const nowMs = domain.now();
  const outcome = await domain.stores.codes.redeem(
    { codeId: code.id, atMs: nowMs, connection, grant },
    traceOf('codes.redeem', caused, nowMs, { app: app.clientId }),
  );
  if (outcome === 'gone') return refuse('expired');
  if (outcome !== 'redeemed')
    return afterReplay(domain, code, outcome.replayOf, outcome.redeemedAtMs, caused);
  const tokens = await issueTokens(domain, {
    app,
    connection,
    grant,
    memberId: member.id,
    permissionSetId: code.permissionSetId,
    withRefreshToken: true,
  });
  return { ok: true, tokens };
};

/** The app has been authenticated before: a failed authentication never touches a code. */
export const redeemCode = async (
  domain: Domain,
  request: RedeemRequest,
  caused: Caused,
): Promise<Redeemed | Refused> => {
  const { app } = request;
  const id = recordIdOf(SECRET_PREFIX.code, request.code);
  const code = id === undefined ? undefined : await domain.stores.codes.find(id);
  if (code === undefined || !matchesHash(request.code, code.hash)) return refuse('unknown');
  const nowMs = domain.now();
  const burn = async (reason: RedeemRefusal): Promise<Refused> => {
    await domain.stores.codes.burn(code.id, traceOf('codes.burn', caused, nowMs, { why: reason }));
    return refuse(reason);
  };
  const proof = proofProblem(code, request.verifier);
  if (code.redeemedAtMs !== undefined && code.grantId !== undefined) {
    // Someone without the verifier must not be able to end what its owner got.
    if (code.appId !== app.id || proof !== undefined) return refuse('replayed');
    return afterReplay(domain, code, code.grantId, code.redeemedAtMs, caused);
  }
  if (code.burntAtMs !== undefined) return refuse('burnt');
  if (nowMs >= code.expiresAtMs) return refuse('expired');
  // Seen outside the flow it was made for, a code has leaked: it is of no use to anyone any more [security 18, 19].
  if (code.appId !== app.id) return burn('other-app');
  if (redirectProblem(code, app, request.redirectUri)) return burn('wrong-redirect-uri');
  if (proof !== undefined) return burn(proof);
  if (code.epoch !== app.epoch) return refuse('epoch-old');
  const refusal = await connectRefusal(domain, app, code.userId);
  return refusal === undefined ? redeem(domain, app, code, caused) : refuse(refusal);
};
