// App: a vendor's OAuth client, or a first-party one configured by the operator.
import type { PermissionSetId } from '../permissions/permission.ts';
import type { VendorId } from '../vendors/vendor.ts';

export type AppId = number;
export type AppSecretId = number;
/** `confidential` runs on a server and has a secret; `public` runs in a browser or on a device. Never changes. */
export type AppKind = 'confidential' | 'public';
export const APP_STATUSES = ['development', 'under-review', 'production', 'declined'] as const;
export type AppStatus = (typeof APP_STATUSES)[number];
export type AppMode = 'development' | 'production';

export type App = {
  readonly id: AppId;
  readonly publicId: string;
  readonly clientId: string;
  /** Absent for first-party apps. */
  readonly vendorId?: VendorId;
  readonly kind: AppKind;
  readonly status: AppStatus;
  readonly statusSinceMs: number;
  /** May use the RFC 8628 grant; `userCodePrefix` heads its codes, e.g. `LFT`. */
  readonly deviceGrant: boolean;
  readonly userCodePrefix: string;
  /** Raised by each breaking publish: older grants are dead (protocol.md 2). */
  readonly epoch: number;
  /** Raised by every write: compare-and-set. */
  readonly version: number;
  /** The live permission set. */
  readonly permissionSetId: PermissionSetId;
  /** Overrides the limit of the mode. */
  readonly rateLimitPerMinute?: number;
  readonly name: string;
  readonly website: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  /** Of a picture in the logo store; served at `/logos/{hash}`. */
  readonly logoHash?: string;
  readonly createdAtMs: number;
  readonly suspendedAtMs?: number;
  readonly deletedAtMs?: number;
};

/** What of an app decides who may connect it. */
export type ConnectableApp = Pick<App, 'id' | 'vendorId' | 'status' | 'suspendedAtMs' | 'deletedAtMs'>;

export type AppSecret = {
  readonly id: AppSecretId;
  readonly appId: AppId;
  /** SHA-256 of the whole secret. */
  readonly hash: Uint8Array;
  readonly lastFour: string;
  readonly createdAtMs: number;
  readonly endsAtMs?: number;
  readonly lastUsedAtMs?: number;
  /** The address it came from then. */
  readonly lastUsedFrom?: string;
};

export const isFirstParty = (app: Pick<App, 'vendorId'>): boolean => app.vendorId === undefined;

/** Under review and never-approved declined apps keep development rights (security.md 40). */
/** Documents 001 and 003; an operator can set another limit for one app. */
export const REQUESTS_PER_MINUTE = { development: 100, production: 500 } as const satisfies Record<
  AppMode,
  number
>;

export const modeOf = (app: Pick<App, 'status'>): AppMode =>
  app.status === 'production' ? 'production' : 'development';
