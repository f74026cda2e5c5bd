// A submission beside the app it is about: both configurations, their difference, and what publishing makes of the app.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { diff, type Diff } from './diff.ts';
import {
  contentHash,
  contentOf,
  fieldsOf,
  versionHash,
  type Content,
  type Submission,
} from './submission.ts';

export type Proposal = {
  readonly livePermissionSetId: number;
  readonly live: Content;
  readonly proposed: Content;
  readonly diff: Diff;
};

const permissionsOf = async (domain: Pick<Domain, 'stores'>, setId: number): Promise<readonly string[]> =>
  (await domain.stores.permissionSets.find(setId))?.permissions ?? [];

const liveContent = async (domain: Pick<Domain, 'stores'>, app: App): Promise<Content> =>
  contentOf(app, await permissionsOf(domain, app.permissionSetId));

export const proposalOf = async (
  domain: Pick<Domain, 'stores'>,
  app: App,
  submission: Submission,
): Promise<Proposal> => {
  const live = await liveContent(domain, app);
  const proposed = contentOf(submission, await permissionsOf(domain, submission.permissionSetId));
  return { livePermissionSetId: app.permissionSetId, live, proposed, diff: diff(live, proposed) };
};

/** As it goes to the reviewer: what it is compared with and the hash of all of it are fixed here. */
export const sealed = (submission: Submission, proposal: Proposal): Submission => {
  const { live, proposed, diff: change, livePermissionSetId } = proposal;
  const withBase = {
    ...submission,
    basePermissionSetId: livePermissionSetId,
    baseHash: contentHash(live),
    breaking: change.breaking,
  };
  return { ...withBase, versionHash: versionHash(withBase, proposed) };
};

/** The live app is still the one that the reviewer compared with, and the submission still what was hashed. */
export const stillAsShown = (submission: Submission, { live, proposed }: Proposal): boolean =>
  contentHash(live) === submission.baseHash && versionHash(submission, proposed) === submission.versionHash;

/** The app with the edit in force; a permission added to the live set ends every earlier grant (protocol.md 13). */
export const published = (app: App, submission: Submission, { diff: change }: Proposal): App => ({
  ...app,
  ...fieldsOf(submission),
  permissionSetId: submission.permissionSetId,
  epoch: change.breaking ? app.epoch + 1 : app.epoch,
  version: app.version + 1,
});
