// What a credential source is: a plain object that answers whether it can sign a request, and if not, why not.
import type { Failure } from './failure.ts';
import type { Identity } from './identity.ts';
import type { Io } from './io.ts';
import type { StoragePlace } from './store/token-store.ts';

export type Credential = {
  readonly token: string;
  /** Word before the token in the Authorization header. */
  readonly scheme: 'Bearer' | 'token';
  /** Epoch milliseconds by this machine's clock; undefined when not known. */
  readonly expiresAt?: number | undefined;
  /** This machine's clock minus the server's when the token came; undefined when not known. */
  readonly clockSkewMs?: number | undefined;
  /** Where it came from, for people: a shortened path or the name of a variable. */
  readonly origin: string;
  readonly identity?: Identity | undefined;
  /** Where it is kept; undefined when this program keeps it nowhere (a variable). */
  readonly storage?: StoragePlace | undefined;
  /** True when the source can get a new one by itself. */
  readonly renews: boolean;
};

export type Resolution =
  | {
      readonly state: 'not-configured';
      /** Settings by name. */
      readonly missing: readonly string[];
      /** Said instead of naming what is missing. */
      readonly reason?: string | undefined;
    }
  | { readonly state: 'usable'; readonly credential: Credential }
  /** Only when asked offline: everything needed is there, but a call would be made first. */
  | { readonly state: 'configured'; readonly reason: string; readonly identity?: Identity | undefined }
  | { readonly state: 'failed'; readonly failure: Failure };

export type ResolveContext = {
  readonly io: Io;
  /** One line for stderr, without symbol or line end. */
  readonly notice: (line: string) => void;
  /** Make no call; answer `configured` where one would be needed. */
  readonly offline?: boolean | undefined;
  /** A token that the server refused just now: do not answer with it again, renew first. */
  readonly refused?: string | undefined;
  /** Do not answer from a cache: a login wants to know that the settings work now. */
  readonly fresh?: boolean | undefined;
};

export type CredentialSource = {
  /** Stable name, for `--auth-method` and JSON. */
  readonly name: string;
  /** Name for people. */
  readonly label: string;
  readonly resolve: (context: ResolveContext) => Promise<Resolution>;
  /** The variable that a person set by hand to be this source's token, if it is set: unused, it earns a warning. */
  readonly setToken?: ((io: Io) => string | undefined) | undefined;
};
