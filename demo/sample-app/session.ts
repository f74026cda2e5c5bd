// Who uses this browser: a cookie of this host with a random id, everything else in memory here.
import { timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../lossless-json.ts';
import type { Sent } from './send.ts';

export type Tokens = {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly endsAtMs: number;
};

export type Notice = { readonly kind: 'info' | 'bad'; readonly title: string; readonly text: string };

export type Session = {
  /** Proves that a form was on our page: other sites cannot read it. */
  readonly formToken: string;
  /** Connections that were begun and not finished, by `state`; each with its PKCE verifier. */
  readonly pending: Map<string, { readonly verifier: string; readonly atMs: number }>;
  tokens: Tokens | undefined;
  leads: readonly JsonObject[];
  /** Newest first. */
  sent: readonly Sent[];
  notice: Notice | undefined;
  usedAtMs: number;
};

const COOKIE = 'pipeline_sync_session';
const SESSIONS_MAX = 200;
const IDLE_MS = 12 * 3_600_000;

export type Sessions = {
  readonly find: (cookieHeader: string | undefined) => Session | undefined;
  /** A new id for a session, fresh or known: the cookie to set. Any earlier id stops working. */
  readonly admit: (session: Session) => string;
  readonly create: () => Session;
};

const idIn = (cookieHeader: string | undefined): string | undefined =>
  cookieHeader
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1];

export const createSessions = (now: () => number, random: () => string): Sessions => {
  const byId = new Map<string, Session>();
  return {
    find: (cookieHeader) => {
      const session = byId.get(idIn(cookieHeader) ?? '');
      if (session === undefined || now() - session.usedAtMs > IDLE_MS) return undefined;
      session.usedAtMs = now();
      return session;
    },
    create: () => ({
      formToken: random(),
      pending: new Map(),
      tokens: undefined,
      leads: [],
      sent: [],
      notice: undefined,
      usedAtMs: now(),
    }),
    admit: (session) => {
      for (const [id, known] of byId) if (known === session) byId.delete(id);
      const [oldest] = [...byId].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
      if (byId.size >= SESSIONS_MAX && oldest !== undefined) byId.delete(oldest[0]);
      const id = random();
      byId.set(id, session);
      // No Secure and no __Host-: this is plain http on loopback, where Safari drops such cookies.
      return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`;
    },
  };
};

export const isFormToken = (session: Session, given: string): boolean => {
  const [own, other] = [Buffer.from(session.formToken), Buffer.from(given)];
  return own.length === other.length && timingSafeEqual(own, other);
};
