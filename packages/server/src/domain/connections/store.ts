import type { AppId } from '../apps/app.ts';
import type { KeyId } from '../keys/key.ts';
import type { PageBefore } from '../page.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { WorkspaceId } from '../workspaces/workspace.ts';
import type { Chain, Connection, ConnectionId, Grant, GrantId } from './connection.ts';

/** What a person agreed to, and which of the app's epochs it was for: of an older one it has ended (protocol.md 2). */
export type StandingConsent = Pick<Connection, 'appId' | 'workspaceId' | 'permissionSetId'> & {
  readonly epoch: number;
};

export interface ConnectionStore {
  find(id: ConnectionId): Promise<Connection | undefined>;
  findByPublicId(publicId: string): Promise<Connection | undefined>;
  /**
   * What a person sees as one connection each, newest first: the newest active one of each app and workspace, and the
   * ended ones made by a key (tombstones that can be allowed again). Without a page all of them.
   */
  entriesOf(userId: UserId, page?: PageBefore): Promise<readonly Connection[]>;
  /** A user's active connections of an app in a workspace, newest first. */
  activeOf(userId: UserId, appId: AppId, workspaceId: WorkspaceId): Promise<readonly Connection[]>;
  /** A user's active connections of an app that no key made, each with the newest epoch of its grants. */
  consentsOf(userId: UserId, appId: AppId): Promise<readonly StandingConsent[]>;
  /** How many connections of the app are active. */
  countActive(appId: AppId): Promise<number>;
  /** One consistent read of everything the grant hangs on. */
  loadChain(id: GrantId): Promise<Chain | undefined>;

  /** Ends the connection with all its grants: one unit, change 'connection'. False if it had ended before. */
  end(id: ConnectionId, trace: Trace): Promise<boolean>;
  /** Ends one family of tokens: change 'grant'. False if it had ended before. */
  endGrant(id: GrantId, trace: Trace): Promise<boolean>;
  /** To the minute; the caller decides when. */
  used(id: ConnectionId, atMs: number): Promise<void>;

  /** Compare-and-set of the generation from `from` to `from + 1` on a live grant; one winner of any number in parallel. */
  rotate(id: GrantId, from: number, atMs: number): Promise<boolean>;
  /** Counts one more re-issue of generation `at` if fewer than `limit` happened since `rotatedAfterMs`; atomic. */
  retry(id: GrantId, at: number, rotatedAfterMs: number, limit: number): Promise<boolean>;

  /** The pair's present connection and grant: at most one pair per (app, key), ended or not. */
  findKeyPair(appId: AppId, keyId: KeyId): Promise<{ connection: Connection; grant: Grant } | undefined>;
  /** First use of a key by an app: pair, connection and grant together, or 'exists' when another caller was first. */
  openKeyPair(connection: Connection, grant: Grant, trace: Trace): Promise<'opened' | 'exists'>;
  /** A new grant under the pair's connection if its grant still is `replaced`; the old grant ends. */
  renewKeyGrant(appId: AppId, keyId: KeyId, replaced: GrantId, grant: Grant, trace: Trace): Promise<boolean>;
  /** The owner allows an ended pair again: a new connection and grant take the place of the tombstone `ended`. Change 'connection'. */
  reopenKeyPair(ended: ConnectionId, connection: Connection, grant: Grant, trace: Trace): Promise<boolean>;
}
