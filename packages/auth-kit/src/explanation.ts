// What `auth status --json` may print of a chain: every link with its state and reason, and no secret. Fields are added,
// never renamed or removed, within a version.
import type { Explanation, Link, LinkState } from './chain.ts';
import type { Identity } from './identity.ts';
import type { FailureKind } from './failure.ts';

export type LinkData = {
  /** Stable; what `--auth-method` takes. */
  readonly name: string;
  readonly label: string;
  readonly state: LinkState;
  readonly reason: string;
  /** For `failed`: what kind of failure, and what to do. */
  readonly failure: FailureKind | null;
  readonly next: string | null;
  readonly identity: Identity | null;
  /** Where the credential is kept; `variable` when only the environment has it. */
  readonly storedIn: { readonly kind: 'file' | 'keychain' | 'variable'; readonly name: string } | null;
  /** By this machine's clock, ISO 8601 in UTC; null when not known. */
  readonly expiresAt: string | null;
  /** Negative when it has ended. */
  readonly expiresInSeconds: number | null;
  readonly renewsItself: boolean | null;
  /** This machine's clock minus the server's, when the token came. */
  readonly clockSkewSeconds: number | null;
  /** For `shadowed`: the link that comes first, and the variable that is set to no effect. */
  readonly shadowedBy: string | null;
  readonly variable: string | null;
};

export type ExplanationData = {
  readonly version: 1;
  readonly signedIn: boolean;
  /** Name of the link in use. */
  readonly inUse: string | null;
  readonly links: readonly LinkData[];
  /** One sentence each: what failed above the link in use, what is shadowed, a clock that is wrong. */
  readonly warnings: readonly string[];
};

/** Below it, rounding and travel time look like skew. */
const noteworthySkewMs = 60_000;

/** `nowMs` is epoch milliseconds, for what is left of each credential. */
export function explanationData({ links, inUse }: Explanation, nowMs: number): ExplanationData {
  return {
    version: 1,
    signedIn: inUse !== undefined,
    inUse: inUse?.name ?? null,
    links: links.map((link) => linkData(link, nowMs)),
    warnings: links.flatMap((link) => warningsOf(link, inUse)),
  };
}

function linkData(link: Link, nowMs: number): LinkData {
  const { credential } = link;
  const expiresAt = credential?.expiresAt;
  const skew = credential?.clockSkewMs;
  return {
    name: link.name,
    label: link.label,
    state: link.state,
    reason: link.reason,
    failure: link.failure?.kind ?? null,
    next: link.failure?.next ?? null,
    identity: link.identity ?? null,
    storedIn:
      credential === undefined ? null : (credential.storage ?? { kind: 'variable', name: credential.origin }),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    expiresInSeconds: expiresAt === undefined ? null : Math.floor((expiresAt - nowMs) / 1000),
    renewsItself: credential?.renews ?? null,
    clockSkewSeconds: skew === undefined ? null : Math.round(skew / 1000),
    shadowedBy: link.shadowedBy ?? null,
    variable: link.variable ?? null,
  };
}

function warningsOf(link: Link, inUse: Link | undefined): readonly string[] {
  const warnings: string[] = [];
  if (link.failure !== undefined && inUse !== undefined) {
    warnings.push(`${link.label} failed: ${link.reason}. ${inUse.label} is used instead.`);
  }
  if (link.variable !== undefined && inUse !== undefined) {
    warnings.push(`${link.variable} is set but not used: ${inUse.label} comes first.`);
  }
  const skew = link.credential?.clockSkewMs;
  if (skew !== undefined && Math.abs(skew) >= noteworthySkewMs) {
    const by = Math.round(Math.abs(skew) / 60_000);
    warnings.push(
      `The clock of this computer is ${by} min ${skew > 0 ? 'ahead of' : 'behind'} the server's.`,
    );
  }
  return warnings;
}
