/** Pictures of apps, already re-encoded, by the hash of their bytes: what is stored once never changes. */
export interface LogoStore {
  put(hash: string, png: Uint8Array, atMs: number): Promise<void>;
  find(hash: string): Promise<Uint8Array | undefined>;
  /** Before an app names it: true when it is there, and then no clean-up takes it as old from now on. */
  keep(hash: string, atMs: number): Promise<boolean>;
  /**
   * Looks at the next `limit` pictures after the hash `after` and removes those stored before `beforeMs` that no app and
   * no submission names. Answers the last hash that was looked at, or undefined at the end.
   */
  discardUnused(after: string, beforeMs: number, limit: number): Promise<string | undefined>;
}
