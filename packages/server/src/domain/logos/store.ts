/** Pictures of apps, already re-encoded, by the hash of their bytes: what is stored once never changes. */
export interface LogoStore {
  put(hash: string, png: Uint8Array, atMs: number): Promise<void>;
  find(hash: string): Promise<Uint8Array | undefined>;
}
