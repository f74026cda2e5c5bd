// Mailed codes: six digits, ten minutes, five tries, good only in the browser that asked (protocol.md 1). The flow names the
// row and has 192 random bits; the browser adds what only it knows, so that neither alone lets anybody guess.
import { hash, timingSafeEqual } from 'node:crypto';
import { createRecordSecret, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { Domain } from '../domain.ts';
import { refuse, type Refused } from '../operation.ts';
import type { CodeKind, Proof, ProofId } from './proof.ts';

const MINUTE_MS = 60_000;
const CODE_MS = 10 * MINUTE_MS;
const CODE_TRIES = 5;
/** Mails of one flow, the first included, and how far apart they are at least. */
const CODE_SENDS = 5;
const RESEND_SECONDS = 60;

const SPACE = 1_000_000;
/** The largest multiple of the space that four bytes hold: above it a draw would favour small codes. */
const FAIR = Math.floor(2 ** 32 / SPACE) * SPACE;

const drawCode = (domain: Pick<Domain, 'secrets'>): string => {
  for (;;) {
    const drawn = Buffer.from(domain.secrets.random(4)).readUInt32BE();
    if (drawn < FAIR) return String(drawn % SPACE).padStart(6, '0');
  }
};

const hashCode = (domain: Pick<Domain, 'secrets'>, id: ProofId, code: string): Uint8Array =>
  domain.secrets.lowEntropyHash('mail-code', `${id}\0${code}`);

const boundHash = (flow: string, browser: string): Uint8Array =>
  hash('sha256', `${flow}\0${browser}`, 'buffer');

export type CodeProof = { readonly proof: Proof; readonly code: string; readonly flow: string };

/** `browser`: what the asking browser (or program) will have to show again; never empty. */
export const newCodeProof = async (
  domain: Domain,
  about: Pick<Proof, 'email' | 'userId' | 'details'> & { readonly kind: CodeKind },
  browser: string,
): Promise<CodeProof> => {
  const id = await domain.stores.nextId();
  const nowMs = domain.now();
  const code = drawCode(domain);
  const flow = createRecordSecret(SECRET_PREFIX.proofFlow, id, domain.secrets.random).secret;
  const proof: Proof = {
    ...about,
    id,
    hash: hashCode(domain, id, code),
    boundHash: boundHash(flow, browser),
    tries: 0,
    sends: 1,
    sentAtMs: nowMs,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + CODE_MS,
  };
  return { proof, code, flow };
};

/** What nobody's mail says: for a flow that must look like any other and can end in nothing. */
export const withoutCode = (domain: Domain, proof: Proof): Proof => ({
  ...proof,
  hash: domain.secrets.random(32),
});

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

/** The waiting flow of this browser; any other one answers like none. */
export const findFlow = async (
  domain: Domain,
  kind: CodeKind,
  flow: string,
  browser: string,
): Promise<Proof | undefined> => {
  const id = recordIdOf(SECRET_PREFIX.proofFlow, flow);
  const proof = id === undefined ? undefined : await domain.stores.proofs.find(id);
  if (proof?.kind !== kind || proof.boundHash === undefined) return undefined;
  return sameBytes(boundHash(flow, browser), proof.boundHash) ? proof : undefined;
};

/** 'over': expired, used, or not of this browser. 'wrong-code' says how many tries are left. */
export type CodeRefusal = 'wrong-code' | 'too-many-tries' | 'over';

export const checkCode = async (
  domain: Domain,
  kind: CodeKind,
  given: { readonly flow: string; readonly browser: string; readonly code: string },
): Promise<{ readonly ok: true; readonly proof: Proof } | Refused<CodeRefusal>> => {
  const proof = await findFlow(domain, kind, given.flow, given.browser);
  if (proof === undefined) return refuse('over');
  const nowMs = domain.now();
  // The try is on record before anything is compared: tries sent all at once learn no more than five answers.
  if (!(await domain.stores.proofs.countTry(proof.id, CODE_TRIES, nowMs))) {
    const after = await domain.stores.proofs.find(proof.id);
    const isOver =
      after?.usedAtMs !== undefined || after?.endedAtMs !== undefined || nowMs >= proof.expiresAtMs;
    return refuse(isOver ? 'over' : 'too-many-tries');
  }
  const counted = await domain.stores.proofs.find(proof.id);
  if (counted === undefined) return refuse('over');
  const digits = given.code.replace(/[\s-]/g, '');
  if (sameBytes(hashCode(domain, proof.id, digits), counted.hash)) return { ok: true, proof: counted };
  return refuse('wrong-code', { left: Math.max(0, CODE_TRIES - counted.tries) });
};

/** A new code for the same flow, with its bounds; the caller writes it with its mail. */
export const nextCode = (domain: Domain, proof: Proof) => {
  const nowMs = domain.now();
  const code = drawCode(domain);
  return {
    code,
    next: { hash: hashCode(domain, proof.id, code), expiresAtMs: nowMs + CODE_MS },
    bounds: { sentBeforeMs: nowMs - RESEND_SECONDS * 1000, limit: CODE_SENDS },
    waitSeconds: Math.max(0, Math.ceil((proof.sentAtMs + RESEND_SECONDS * 1000 - nowMs) / 1000)),
    isLast: proof.sends >= CODE_SENDS,
  };
};
