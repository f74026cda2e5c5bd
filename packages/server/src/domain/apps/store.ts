import type { PageBefore } from '../page.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { VendorId } from '../vendors/vendor.ts';
import type { App, AppId, AppSecret, AppSecretId } from './app.ts';

export interface AppStore {
  find(id: AppId): Promise<App | undefined>;
  findByClientId(clientId: string): Promise<App | undefined>;
  findByPublicId(publicId: string): Promise<App | undefined>;
  /** Not the deleted ones; newest first. Without a page all of them. */
  listOf(vendorId: VendorId, page?: PageBefore): Promise<readonly App[]>;
  /** The app and its first secret exist together or not at all. */
  create(app: App, secret: AppSecret | undefined, trace: Trace): Promise<void>;
  /**
   * Writes every mutable field of `next` if the row's version still is `expectedVersion`; the caller has raised
   * `next.version`. A change 'app' carries the new epoch and whether the app is usable (not suspended, not deleted).
   */
  replace(next: App, expectedVersion: number, trace: Trace): Promise<boolean>;

  /** Not the ended ones; newest first. */
  secretsOf(appId: AppId, nowMs: number): Promise<readonly AppSecret[]>;
  findSecret(id: AppSecretId): Promise<AppSecret | undefined>;
  /**
   * Adds a secret and gives every other live one of the app the end `othersEndAtMs` (or an earlier one it had).
   * 'too-many' when two are live already and none ends with this step; decided by a claim, not by a count.
   * Change 'secrets'.
   */
  rollSecret(secret: AppSecret, othersEndAtMs: number, trace: Trace): Promise<'rolled' | 'too-many'>;
  secretUsed(id: AppSecretId, atMs: number, from: string): Promise<void>;

  /** People outside the team who accepted an invitation to a development app. */
  isTester(appId: AppId, userId: UserId): Promise<boolean>;
  /** At most `limit` an app, by a claim. */
  addTester(
    appId: AppId,
    userId: UserId,
    limit: number,
    trace: Trace,
  ): Promise<'added' | 'exists' | 'too-many'>;
}
