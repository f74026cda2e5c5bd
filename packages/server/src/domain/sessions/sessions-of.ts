// A person's open sessions: named to the outside by a MAC of their id, ended one by one or all but the present one.
import * as v from 'valibot';
import { instant, instantOf, nothing } from '../answers.ts';
import type { Domain } from '../domain.ts';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { COOKIE_IDLE_MS } from './lifetimes.ts';
import type { Session } from './session.ts';

const NAME_BYTES = 15;

export const sessionName = (domain: Pick<Domain, 'secrets'>, session: Pick<Session, 'id'>): string =>
  `ses_${Buffer.from(domain.secrets.lowEntropyHash('session-name', String(session.id)))
    .subarray(0, NAME_BYTES)
    .toString('base64url')}`;

/** What is open and can do something: half sessions are nobody's yet, and long unused ones are over. */
const openSessionsOf = async (domain: Domain, userId: number): Promise<readonly Session[]> => {
  const nowMs = domain.now();
  const all = await domain.stores.sessions.listOf(userId, nowMs);
  return all.filter(
    (one) => one.kind === 'bearer' || (one.kind === 'cookie' && nowMs - one.lastSeenAtMs < COOKIE_IDLE_MS),
  );
};

export const listSessions = operation({
  id: 'sessions.list',
  summary: 'List where you are signed in',
  http: ['GET', '/api/sessions'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: v.object({
    sessions: v.array(
      v.object({
        id: v.string(),
        kind: v.picklist(['cookie', 'bearer']),
        current: v.boolean(),
        address: v.string(),
        device: v.string(),
        createdAt: instant,
        lastSeenAt: instant,
        endsAt: instant,
      }),
    ),
  }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker }) {
    const open = await openSessionsOf(domain, asker.user.id);
    return done(
      open.map((session) => ({
        session,
        name: sessionName(domain, session),
        current: session.id === asker.session.id,
      })),
    );
  },
  answer: (all) => ({
    sessions: all.map(({ session, name, current }) => ({
      id: name,
      kind: session.kind === 'bearer' ? ('bearer' as const) : ('cookie' as const),
      current,
      address: session.address,
      device: session.device,
      createdAt: instantOf(session.createdAtMs),
      lastSeenAt: instantOf(session.lastSeenAtMs),
      endsAt: instantOf(session.endsAtMs),
    })),
  }),
});

export const endOneSession = operation({
  id: 'sessions.end',
  summary: 'Sign out somewhere else',
  http: ['POST', '/api/sessions/{session}/end'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ session: publicIdText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { gone: 404 },
  async run({ domain, asker, trace }, input) {
    const open = await openSessionsOf(domain, asker.user.id);
    const session = open.find((one) => sessionName(domain, one) === input.session);
    if (session === undefined) return refuse('gone');
    await domain.stores.sessions.end(session.id, trace());
    return done(undefined);
  },
});

export const endOtherSessions = operation({
  id: 'sessions.end-others',
  summary: 'Sign out everywhere else',
  http: ['POST', '/api/sessions/end-others'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker, trace }) {
    await domain.stores.sessions.endOthers(asker.user.id, asker.session.id, trace());
    return done(undefined);
  },
});
