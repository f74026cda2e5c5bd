import type { App } from '../apps/app.ts';
import type { User } from '../users/user.ts';
import type { Workspace } from '../workspaces/workspace.ts';

/** A page of a list, newest first. */
export type Part = { readonly before?: number; readonly limit: number };

export type ListedWorkspace = { readonly workspace: Workspace; readonly memberCount: number };
export type ListedApp = {
  readonly app: App;
  /** Absent for first-party apps. */
  readonly vendorName?: string;
  readonly connectionCount: number;
};
export type AppFilter = 'all' | 'development' | 'under-review' | 'production' | 'declined' | 'suspended';

/** What operators look through: everything of everybody, but nothing secret. `search` is looked for anywhere, in any case. */
export interface DirectoryStore {
  /** By e-mail address or name. */
  people(search: string, part: Part): Promise<readonly User[]>;
  /** What stands behind a person now: sessions that are open, API keys that work. */
  countsOf(userId: number, nowMs: number): Promise<{ readonly sessions: number; readonly keys: number }>;
  /** By name. */
  workspaces(search: string, part: Part): Promise<readonly ListedWorkspace[]>;
  /** By name, client id or vendor's name. Not the deleted ones. */
  apps(search: string, filter: AppFilter, part: Part): Promise<readonly ListedApp[]>;
  /** The live permission sets of apps that are not deleted, each with how many have it. */
  permissionSetsInUse(): Promise<
    readonly { readonly permissions: readonly string[]; readonly apps: number }[]
  >;
}
