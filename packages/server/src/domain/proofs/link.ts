// Mailed links: a secret of 192 random bits that names its row; whoever has it may use it once.
import { createRecordSecret, matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { Domain } from '../domain.ts';
import { isWaiting, type LinkKind, type Proof, type ProofKind } from './proof.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const LIFE_MS: Readonly<Record<LinkKind, number>> = {
  'password-reset': HOUR_MS,
  tester: 7 * DAY_MS,
  team: 7 * DAY_MS,
  workspace: 7 * DAY_MS,
  transfer: 7 * DAY_MS,
};

const prefixOf = (kind: ProofKind): string =>
  kind === 'password-reset' ? SECRET_PREFIX.resetLink : SECRET_PREFIX.invitation;

export type LinkProof = { readonly proof: Proof; readonly secret: string };

export const newLinkProof = async (
  domain: Domain,
  about: Pick<Proof, 'email' | 'userId' | 'subjectId' | 'role' | 'invitedBy'> & { readonly kind: LinkKind },
): Promise<LinkProof> => {
  const id = await domain.stores.nextId();
  const nowMs = domain.now();
  const { secret, hash } = createRecordSecret(prefixOf(about.kind), id, domain.secrets.random);
  const proof: Proof = {
    ...about,
    id,
    hash,
    tries: 0,
    sends: 1,
    sentAtMs: nowMs,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + LIFE_MS[about.kind],
  };
  return { proof, secret };
};

/** The row that a link stands for while it waits; used, old and made-up ones answer alike. */
export const findByLink = async (
  domain: Domain,
  kinds: readonly LinkKind[],
  secret: string,
): Promise<Proof | undefined> => {
  const [first = 'password-reset'] = kinds;
  const id = recordIdOf(prefixOf(first), secret);
  const proof = id === undefined ? undefined : await domain.stores.proofs.find(id);
  if (proof === undefined || !(kinds as readonly ProofKind[]).includes(proof.kind)) return undefined;
  return matchesHash(secret, proof.hash) && isWaiting(proof, domain.now()) ? proof : undefined;
};

export const resetUrl = (domain: Pick<Domain, 'settings'>, secret: string): string =>
  `${domain.settings.issuer}/reset/${secret}`;
export const invitationUrl = (domain: Pick<Domain, 'settings'>, secret: string): string =>
  `${domain.settings.issuer}/invitations/${secret}`;
