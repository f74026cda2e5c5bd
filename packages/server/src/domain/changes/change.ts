// Change: one revocation-relevant fact in commit order; what nodes keep of the last token lifetime (protocol.md 8).

/** `secrets`: an app's client secrets were rolled (id: the app); caches of them must be read again. */
export type ChangeKind = 'grant' | 'connection' | 'app' | 'secrets' | 'user' | 'member' | 'key' | 'token';

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
