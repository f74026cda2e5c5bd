// Submission: what a vendor asks a reviewer to decide, a new app or an edit of a production app, from its draft to its end.
import { hash } from 'node:crypto';
import type { App, AppId } from '../apps/app.ts';
import type { PermissionSetId } from '../permissions/permission.ts';
import type { UserId } from '../users/user.ts';

export type SubmissionId = number;
export type SubmissionKind = 'app' | 'edit';

/**
 * `withdrawn` and `declined` ones of a new app come back with the next submit. `published`: in force. The last three
 * are closed for good.
 */
export const SUBMISSION_STATUSES = [
  'draft',
  'under-review',
  'approved',
  'declined',
  'withdrawn',
  'published',
  'cancelled',
  'discarded',
] as const;
export type SubmissionStatus = (typeof SUBMISSION_STATUSES)[number];

/** The fields of an app that a review covers, besides its permissions. */
export type AppFields = Pick<
  App,
  'name' | 'website' | 'description' | 'redirectUris' | 'contactName' | 'contactEmail' | 'contactPhone'
> & { readonly logoHash?: string };

/** A whole configuration, comparable by value. */
export type Content = AppFields & { readonly permissions: readonly string[] };

/** What the vendor tells the reviewer. */
export type Answers = {
  readonly purpose: string;
  readonly permissionReasons: string;
  readonly howToTry: string;
  readonly recording: string;
};

export type PublishWhen = 'at-once' | 'by-hand';

export type Submission = AppFields &
  Answers & {
    /** Stands in the reviewer's address, `/review/{id}`. */
    readonly id: SubmissionId;
    readonly appId: AppId;
    readonly kind: SubmissionKind;
    readonly status: SubmissionStatus;
    /** Raised by each write of the vendor's or a reviewer's decision: compare-and-set, and the number that a reviewer reads. */
    readonly version: number;
    readonly permissionSetId: PermissionSetId;
    /** The live set when it was submitted: what is in the one and not in the other is new to people. */
    readonly basePermissionSetId: PermissionSetId;
    /** Of everything that a reviewer is shown; empty for what was never submitted. */
    readonly versionHash: string;
    /** Of the live configuration that an edit was compared with. */
    readonly baseHash: string;
    /** Adds a permission to the live set. */
    readonly breaking: boolean;
    /** To people, on the consent page and in the mail. */
    readonly note: string;
    readonly publish: PublishWhen;
    readonly createdAtMs: number;
    readonly changedAtMs: number;
    readonly submittedAtMs?: number;
    readonly submittedBy?: UserId;
    /** Who took it. */
    readonly reviewerId?: UserId;
    readonly decidedAtMs?: number;
    readonly decidedBy?: UserId;
    /** Of a decline, as it was written. */
    readonly reason: string;
    readonly closedAtMs?: number;
  };

export type InternalNote = {
  readonly id: number;
  readonly submissionId: SubmissionId;
  readonly userId: UserId;
  readonly atMs: number;
  readonly text: string;
};

export const fieldsOf = (from: AppFields): AppFields => ({
  name: from.name,
  website: from.website,
  description: from.description,
  redirectUris: from.redirectUris,
  contactName: from.contactName,
  contactEmail: from.contactEmail,
  contactPhone: from.contactPhone,
  ...(from.logoHash === undefined ? {} : { logoHash: from.logoHash }),
});

export const contentOf = (from: AppFields, permissions: readonly string[]): Content => ({
  ...fieldsOf(from),
  permissions: permissions.toSorted(),
});

const listOf = (content: Content): readonly unknown[] => [
  content.name,
  content.website,
  content.description,
  content.logoHash ?? null,
  content.redirectUris,
  content.contactName,
  content.contactEmail,
  content.contactPhone,
  content.permissions.toSorted(),
];

const digest = (facts: readonly unknown[]): string => hash('sha256', JSON.stringify(facts), 'base64url');

export const contentHash = (content: Content): string => digest(['content', listOf(content)]);

/** What a reviewer approves: every field, the logo's bytes by their hash, the permissions, the answers, and what it changes. */
export const versionHash = (
  submission: Pick<Submission, 'appId' | 'kind' | 'note' | 'publish' | 'baseHash'> & Answers,
  proposed: Content,
): string =>
  digest([
    'version',
    submission.appId,
    submission.kind,
    submission.baseHash,
    listOf(proposed),
    [submission.purpose, submission.permissionReasons, submission.howToTry, submission.recording],
    submission.note,
    submission.publish,
  ]);
