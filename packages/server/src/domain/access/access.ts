// Access: what a credential at the gateway is allowed to do now. The one place where tokens and API keys are judged.
import type { App } from '../apps/app.ts';
import type { KeyForm } from '../keys/key.ts';

/** A person or program behind a checked credential. */
export type Caller = {
  readonly userId: number;
  readonly userExternalId: string;
  readonly workspaceId: number;
  readonly workspaceExternalId: string;
  /** Absent for bare API keys. */
  readonly app?: App;
  /** The API key behind the call, if one was used. */
  readonly keyId?: number;
  readonly keyPublicId?: string;
  readonly connectionId?: number;
  /** App's live set, cut by the consent and by the member's role; `all` for API keys (they do what their maker can). */
  readonly permissions: 'all' | ReadonlySet<string>;
};

export type AccessRefusal =
  /** Malformed, unknown, expired, revoked, epoch old, chain ended: never told apart on the wire. */
  | { readonly kind: 'bad-credential' }
  | { readonly kind: 'app-suspended' }
  /** The database cannot be read: never trust, answer 503. */
  | { readonly kind: 'unavailable' };

export type AccessResult =
  { readonly ok: true; readonly caller: Caller } | { readonly ok: false; readonly refusal: AccessRefusal };

export type Access = {
  /** `Authorization: Bearer <access token>`. Synchronous when nothing has to be read. */
  readonly checkAccessToken: (token: string) => AccessResult | Promise<AccessResult>;
  /** An API key in either form; `forms` says which are acceptable in this place. */
  readonly checkApiKey: (key: string, forms: ReadonlySet<KeyForm>) => AccessResult | Promise<AccessResult>;
};
