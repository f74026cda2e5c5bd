// An operation: one capability in one place. Its input is parsed once, then who may, what it does, what it can refuse
// (architecture.md D). Pages, dialect endpoints and the management API all go through `perform`.
import * as v from 'valibot';
import type { App } from './apps/app.ts';
import type { Connection } from './connections/connection.ts';
import { traceOf, type Caused, type Domain } from './domain.ts';
import type { FieldCode, FieldProblem } from './field-problem.ts';
import type { ApiKey } from './keys/key.ts';
import type { ManagementKey } from './management-keys/management-key.ts';
import { isFresh } from './sessions/fresh.ts';
import type { Submission } from './reviews/submission.ts';
import type { Session } from './sessions/session.ts';
import type { Trace } from './trace.ts';
import type { PlatformRole, User } from './users/user.ts';
import type { Workspace } from './workspaces/workspace.ts';

/** Who asks: a person, and the session that proves it. */
export type SignedIn = {
  readonly user: User;
  readonly session: Session;
  /** What the person could do with a second factor, and cannot without (protocol.md 10). */
  readonly dormantRole?: Exclude<PlatformRole, 'none'>;
};
/** Who asks by the management API without a browser: the person who made the key, as far as the key goes. */
export type KeyHolder = { readonly user: User; readonly managementKey: ManagementKey };
export type Asking = SignedIn | KeyHolder;

/** What an operation is about; `perform` loads it by the public id that the input holds under the same name. */
type Subjects = {
  readonly none: undefined;
  readonly app: App;
  readonly key: ApiKey;
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly review: Submission;
  readonly managementKey: ManagementKey;
  readonly person: User;
};
type SubjectName = keyof Subjects;
type Who = 'anyone' | 'signed-in';
/** An operation that management keys may use knows the person only. */
type Person<Interactive extends boolean> = Interactive extends false ? { readonly user: User } : SignedIn;
type Asker<W extends Who, Interactive extends boolean> = W extends 'anyone'
  ? Person<Interactive> | undefined
  : Person<Interactive>;
/** Method and path of the management API; `{name}` in the path is the input of that name. */
export type Http = readonly [method: 'GET' | 'POST', path: `/api/${string}`];
type Named<Subject extends SubjectName> = Subject extends 'none'
  ? object
  : { readonly [Name in Subject]: string };

/** Whether this person may; a "no" is answered like an unknown id. */
export type Rule<Subject> = (
  domain: Domain,
  asker: Pick<SignedIn, 'user'>,
  subject: Subject,
) => boolean | Promise<boolean>;

export type Done<Output> = { readonly ok: true; readonly value: Output };
export type Refused<Reason extends string> = {
  readonly ok: false;
  readonly reason: Reason;
  /** Numbers that the wording wants, such as seconds to wait. */
  readonly detail?: Readonly<Record<string, number>>;
};
export type Invalid = {
  readonly ok: false;
  readonly reason: 'invalid-input';
  readonly problems: readonly FieldProblem[];
};
export type Result<Output, Reason extends string> = Done<Output> | Refused<Reason> | Invalid;
/** What every operation can answer besides its own refusals. */
export type CommonReason = 'not-found' | 'step-up-needed';
export type Performed<Output, Reason extends string> = Result<Output, Reason | CommonReason>;

export const done = <Output>(value: Output): Done<Output> => ({ ok: true, value });
export const refuse = <const Reason extends string>(
  reason: Reason,
  detail?: Readonly<Record<string, number>>,
): Refused<Reason> => ({ ok: false, reason, ...(detail === undefined ? {} : { detail }) });
export const refuseField = (field: string, code: FieldCode): Invalid => ({
  ok: false,
  reason: 'invalid-input',
  problems: [{ field, code }],
});

export type Context<W extends Who, Interactive extends boolean = true> = {
  readonly domain: Domain;
  readonly asker: Asker<W, Interactive>;
  readonly caused: Caused;
  readonly nowMs: number;
  readonly trace: (detail?: Trace['detail'], mails?: Trace['mails']) => Trace;
};

export type Operation<
  Id extends string,
  Subject extends SubjectName,
  W extends Who,
  Input,
  Output,
  Reason extends string,
  Interactive extends boolean,
  Json,
> = {
  /** Verb in the audit log, operationId of the management API, anchor in its reference. */
  readonly id: Id;
  readonly summary: string;
  /** Where the management API has it. */
  readonly http: Http;
  /** Interactive only (protocol.md 10): no management key can be good for it. */
  readonly sessionOnly: Interactive;
  /** The JSON answer of the management API; what it does not name is never sent. */
  readonly output: v.GenericSchema<Json>;
  /** Makes that answer, where what `run` gives is not of its shape. Stands behind `run`, or its type is not known yet. */
  readonly answer?: (value: Output, domain: Domain) => Json | Promise<Json>;
  readonly who: W;
  readonly input: v.GenericSchema<unknown, Input & Named<Subject>>;
  readonly subject: Subject;
  /** Any of them suffices; empty: whoever `who` lets in. */
  readonly allow: readonly Rule<Subjects[Subject]>[];
  /** Whether it needs an authentication of the last ten minutes (protocol.md 10). */
  readonly stepUp: boolean;
  /** The closed set of refusals, each with its HTTP status. */
  readonly refusals: Readonly<Record<Reason, number>>;
  readonly run: (
    context: Context<W, Interactive>,
    input: Input & Named<Subject>,
    subject: Subjects[Subject],
  ) => Promise<Result<Output, NoInfer<Reason>>>;
};

export const operation = <
  const Id extends string,
  Subject extends SubjectName,
  W extends Who,
  Input,
  Output,
  Reason extends string,
  const Interactive extends boolean,
  Json,
>(
  given: Operation<Id, Subject, W, Input, Output, Reason, Interactive, Json>,
): Operation<Id, Subject, W, Input, Output, Reason, Interactive, Json> => given;

const loaders: {
  readonly [Name in SubjectName]: (domain: Domain, publicId: string) => Promise<Subjects[Name] | undefined>;
} = {
  none: () => Promise.resolve(undefined),
  app: async ({ stores }, publicId) => {
    const app = await stores.apps.findByPublicId(publicId);
    return app?.deletedAtMs === undefined ? app : undefined;
  },
  key: ({ stores }, publicId) => stores.keys.findByPublicId(publicId),
  connection: ({ stores }, publicId) => stores.connections.findByPublicId(publicId),
  // By the number in the reviewers' address. What was never submitted is nobody's but the vendor's.
  review: async ({ stores }, number) => {
    const submission = /^[1-9]\d{0,14}$/.test(number) ? await stores.reviews.find(Number(number)) : undefined;
    return submission?.submittedAtMs === undefined ? undefined : submission;
  },
  workspace: ({ stores }, publicId) => stores.workspaces.findByPublicId(publicId),
  managementKey: ({ stores }, publicId) => stores.managementKeys.findByPublicId(publicId),
  person: ({ stores }, publicId) => stores.users.findByPublicId(publicId),
};

const problemsOf = (
  issues: readonly {
    readonly message: string;
    readonly path?: readonly { readonly key: unknown }[] | undefined;
  }[],
): readonly FieldProblem[] =>
  issues.map(({ message, path = [] }) => {
    const [field, index] = path.map((step) => step.key);
    return {
      field: typeof field === 'string' ? field : '',
      ...(typeof index === 'number' ? { index } : {}),
      // Every message of our schemas is a `code(…)`; valibot's own sentences have spaces.
      code: (message.includes(' ') ? 'malformed' : message) as FieldCode,
    };
  });

/** Only browser sessions carry a person through operations; the bearer of Loomta's approve is good for that alone. */
const isAsker = (
  op: { readonly id: string; readonly sessionOnly: boolean },
  asker: Asking | undefined,
): asker is Asking => {
  if (asker === undefined) return false;
  if ('session' in asker) return asker.session.kind === 'cookie';
  return !op.sessionOnly && asker.managementKey.operations.includes(op.id);
};

export const perform = async <
  Id extends string,
  Subject extends SubjectName,
  W extends Who,
  Input,
  Output,
  Reason extends string,
  Interactive extends boolean,
  Json,
>(
  domain: Domain,
  op: Operation<Id, Subject, W, Input, Output, Reason, Interactive, Json>,
  by: { readonly asker: Asking | undefined; readonly caused: Caused },
  given: unknown,
): Promise<Performed<Output, Reason>> => {
  const { asker } = by;
  if ((op.who === 'signed-in' || asker !== undefined) && !isAsker(op, asker)) return refuse('not-found');
  const parsed = v.safeParse(op.input, given);
  if (!parsed.success && op.subject === 'none')
    return { ok: false, reason: 'invalid-input', problems: problemsOf(parsed.issues) };

  const publicId = (given as Readonly<Record<string, unknown>> | undefined)?.[op.subject];
  const subject = await loaders[op.subject](domain, typeof publicId === 'string' ? publicId : '');
  if (op.subject !== 'none' && subject === undefined) return refuse('not-found');
  if (op.allow.length > 0) {
    if (asker === undefined) return refuse('not-found');
    let may = false;
    for (const rule of op.allow) may ||= await rule(domain, asker, subject as Subjects[Subject]);
    if (!may) return refuse('not-found');
  }
  const nowMs = domain.now();
  if (op.stepUp && !(asker !== undefined && 'session' in asker && isFresh(domain, asker.session)))
    return refuse('step-up-needed');
  // Only now: what is wrong with an input is nobody's business who may not act on its subject.
  if (!parsed.success) return { ok: false, reason: 'invalid-input', problems: problemsOf(parsed.issues) };

  const caused: Caused =
    asker === undefined ? by.caused : { ...by.caused, actor: { kind: 'user', id: asker.user.id } };
  const key = asker !== undefined && 'managementKey' in asker ? asker.managementKey : undefined;
  const context: Context<W, Interactive> = {
    domain,
    asker: asker as Asker<W, Interactive>,
    caused,
    nowMs,
    trace: (detail, mails) =>
      traceOf(op.id, caused, nowMs, key === undefined ? detail : { ...detail, by: key.publicId }, mails),
  };
  return op.run(context, parsed.output, subject as Subjects[Subject]);
};
