// After a breaking publish every connected person is told why by mail: in batches, each mailed exactly once whatever
// run is killed, because a batch's mails and its place in the list are one write.
import type { Domain } from '../domain.ts';
import { letterTo } from '../mail/letter.ts';
import { consentAgainLetter } from './letters.ts';
import { appOfSubmission } from './app-of.ts';
import type { Submission } from './submission.ts';

const BATCH = 100;

const addedSentences = async (domain: Domain, submission: Submission): Promise<readonly string[]> => {
  const [base, proposed] = await Promise.all([
    domain.stores.permissionSets.find(submission.basePermissionSetId),
    domain.stores.permissionSets.find(submission.permissionSetId),
  ]);
  const known = new Set(base?.permissions);
  const added = new Set(proposed?.permissions.filter((id) => !known.has(id)));
  return domain.permissions.filter(({ id }) => added.has(id)).map(({ sentence }) => sentence);
};

/** How many were told; undefined when nobody is waiting to be told. */
export const tellNextPeople = async (domain: Domain, batch: number = BATCH): Promise<number | undefined> => {
  const { reviews } = domain.stores;
  const notice = await reviews.nextNotice();
  const submission = notice && (await reviews.find(notice.submissionId));
  if (notice === undefined || submission === undefined) return undefined;
  const app = await appOfSubmission(domain, submission);
  // An app that is gone or stopped asks nobody for anything.
  const people =
    app.deletedAtMs === undefined && app.suspendedAtMs === undefined
      ? await reviews.peopleToTell(notice, batch)
      : [];
  const letter = consentAgainLetter(
    domain,
    submission.name,
    await addedSentences(domain, submission),
    submission.note,
  );
  const mails = people.map(({ email }) => letterTo(domain, email, 'consent-again', letter));
  const done = people.length < batch;
  const until = people.at(-1)?.userId ?? notice.toldUntil;
  const trace = {
    verb: 'apps.tell-people',
    actor: { kind: 'system' },
    requestId: `notice-${notice.id}`,
    atMs: domain.now(),
    detail: { submission: submission.id, told: people.length },
    mails,
  } as const;
  await reviews.told(notice, until, people.length, done, trace);
  return people.length;
};
