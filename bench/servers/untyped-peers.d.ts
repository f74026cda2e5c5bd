// The little of oidc-provider that the bench uses; the package ships no types.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export type Saved = { save(ttlSeconds?: number): Promise<string> };
  export type Model = new (fields: Record<string, unknown>) => Saved;
  export type GrantModel = new (
    fields: Record<string, unknown>,
  ) => Saved & { addOIDCScope(scope: string): void };

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): RequestListener;
    readonly Client: { find(id: string): Promise<object | undefined> };
    readonly Grant: GrantModel;
    readonly AccessToken: Model;
    readonly AuthorizationCode: Model;
    readonly RefreshToken: Model;
    readonly DeviceCode: Model;
  }
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  export type Store = {
    get(key: string): unknown;
    set(key: string, value: unknown, options?: unknown): unknown;
    delete(key: string): unknown;
  };
  const MemoryAdapter: new (model: string, store: Store, clockTolerance?: number) => object;
  export default MemoryAdapter;
}

declare module 'oidc-provider/lib/helpers/lru.js' {
  import type { Store } from 'oidc-provider/lib/adapters/memory_adapter.js';

  const LRU: new (options: { maxSize: number }) => Store;
  export default LRU;
}
