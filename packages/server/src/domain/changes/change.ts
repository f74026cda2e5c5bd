// Change: one revocation-relevant fact in commit order; what nodes keep of the last token lifetime (protocol.md 8).

export type ChangeKind = 'grant' | 'connection' | 'app' | 'user' | 'member' | 'key' | 'token';

export type Change = {
  readonly kind: ChangeKind;
  readonly id: number;
  readonly atMs: number;
  /** False when a suspension or disablement was lifted, or when only the epoch or a field moved. */
  readonly ended: boolean;
  /** Apps: the epoch now in force; else 0. */
  readonly epoch: number;
};

export type NumberedChange = Change & { readonly n: number };
