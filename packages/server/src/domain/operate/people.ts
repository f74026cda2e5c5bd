// People as operators see them: found by name or address, what stands behind them, kept out and let in again.
import * as v from 'valibot';
import { instant, instantOf, instantOrNull, pageAnswer, pageInput } from '../answers.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { optionalText, publicIdText } from '../text-rules.ts';
import type { User } from '../users/user.ts';
import type { Membership } from '../workspaces/workspace.ts';
import { pageOfPart, partAfter } from './pages.ts';
import { byOperator } from './rules.ts';

export const searchText = v.pipe(
  optionalText(200),
  v.description('A part of what it is called, or nothing.'),
);

const personAnswer = v.object({
  id: v.string(),
  fullName: v.string(),
  email: v.string(),
  role: v.picklist(['none', 'reviewer', 'operator']),
  secondFactor: v.boolean(),
  createdAt: instant,
  disabledAt: v.nullable(instant),
});

const answerOfPerson = (user: User): v.InferOutput<typeof personAnswer> => ({
  id: user.publicId,
  fullName: user.fullName,
  email: user.email,
  role: user.platformRole,
  secondFactor: user.secondFactorSinceMs !== undefined,
  createdAt: instantOf(user.createdAtMs),
  disabledAt: instantOrNull(user.disabledAtMs),
});

export const operatePeople = operation({
  id: 'operate.people',
  summary: 'Find people by e-mail address or name',
  http: ['GET', '/api/operate/people'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ ...pageInput, search: searchText }),
  output: pageAnswer(personAnswer),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores } }, { search, ...input }) {
    const last = input.after === '' ? undefined : await stores.users.findByPublicId(input.after);
    const part = partAfter(input, last);
    if (part === undefined) return refuseField('after', 'malformed');
    const found = await stores.directory.people(search, part);
    return done(pageOfPart(found, input.limit, ({ publicId }) => publicId));
  },
  answer: ({ items, next }) => ({ items: items.map(answerOfPerson), next }),
});

export type PersonDetail = {
  readonly user: User;
  readonly sessions: number;
  readonly keys: number;
  readonly memberships: readonly Membership[];
  readonly vendorName?: string;
};

export const operatePerson = operation({
  id: 'operate.person',
  summary: 'See what stands behind a person',
  http: ['GET', '/api/operate/people/{person}'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ person: publicIdText }),
  output: v.object({
    person: personAnswer,
    openSessions: v.number(),
    activeKeys: v.number(),
    vendor: v.nullable(v.string()),
    workspaces: v.array(
      v.object({ id: v.string(), name: v.string(), role: v.picklist(['owner', 'admin', 'member']) }),
    ),
  }),
  subject: 'person',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores }, nowMs }, _input, user) {
    const [counts, memberships, vendor] = await Promise.all([
      stores.directory.countsOf(user.id, nowMs),
      stores.workspaces.membershipsOf(user.id),
      stores.vendors.ofUser(user.id),
    ]);
    const detail: PersonDetail = {
      user,
      ...counts,
      memberships,
      ...(vendor === undefined ? {} : { vendorName: vendor.name }),
    };
    return done(detail);
  },
  answer: ({ user, sessions, keys, memberships, vendorName }) => ({
    person: answerOfPerson(user),
    openSessions: sessions,
    activeKeys: keys,
    vendor: vendorName ?? null,
    workspaces: memberships.map(({ workspace, member }) => ({
      id: workspace.publicId,
      name: workspace.name,
      role: member.role,
    })),
  }),
});

const disabledAnswer = v.object({ id: v.string(), disabled: v.boolean() });

/** Tokens, keys and sessions of the person fail until they are let in again; nothing of theirs ends for good. */
export const disablePerson = operation({
  id: 'operate.disable-person',
  summary: 'Keep a person out: what is theirs stops working until they are let in again',
  http: ['POST', '/api/operate/people/{person}/disable'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ person: publicIdText }),
  output: disabledAnswer,
  subject: 'person',
  allow: [byOperator],
  stepUp: true,
  refusals: { yourself: 409, 'disabled-already': 409 },
  async run({ domain, asker, trace }, _input, user) {
    if (user.id === asker.user.id) return refuse('yourself');
    const disabled = await domain.stores.users.setDisabled(user.id, true, trace());
    return disabled ? done({ id: user.publicId, disabled: true }) : refuse('disabled-already');
  },
});

export const enablePerson = operation({
  id: 'operate.enable-person',
  summary: 'Let a person in again',
  http: ['POST', '/api/operate/people/{person}/enable'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ person: publicIdText }),
  output: disabledAnswer,
  subject: 'person',
  allow: [byOperator],
  stepUp: true,
  refusals: { 'not-disabled': 409 },
  async run({ domain, trace }, _input, user) {
    const enabled = await domain.stores.users.setDisabled(user.id, false, trace());
    return enabled ? done({ id: user.publicId, disabled: false }) : refuse('not-disabled');
  },
});
