// Guessing credentials is throttled by what is guessed and where from; failures count, successes never do, so that the
// rightful owner is not locked out (DESIGN.md 4.11). Kept per node, in memory.

export type Guesses = {
  /** Seconds until another try is answered, or undefined if it may be tried now. */
  readonly blockedForSeconds: (kind: GuessKind, source: GuessSource) => number | undefined;
  readonly failed: (kind: GuessKind, source: GuessSource) => void;
  /**
   * While all wrong user codes together are above their limit, resolves at the caller's turn (protocol.md 7). False, at
   * once, when more are waiting than anybody waits for.
   */
  readonly userCodeTurn: () => Promise<boolean>;
};

export type GuessKind =
  | 'client-secret'
  | 'customer-key'
  | 'password'
  | 'second-step'
  | 'user-code'
  | 'device-start'
  /** Mails that a stranger makes us send: to one address, and to anybody. */
  | 'mail-to'
  | 'mail-from'
  /** Pictures that somebody has us decode. */
  | 'logo';

/** `about`: the app, e-mail or user that is guessed at or guesses; `address`: where the request came from. */
export type GuessSource = { readonly about: string; readonly address: string };
