// Sessions of people who need no page to sign in: what their right password would open.
import type { Domain } from '../domain/domain.ts';
import { newSession, signInTrace, type OpenedSession } from '../domain/sessions/open-session.ts';
import { caused, type Person } from './service.ts';

/** The user is read anew: a session is opened for the password that holds now, and never past a second factor. */
export const openSession = async (
  domain: Domain,
  kind: 'cookie' | 'bearer',
  { user: { id } }: { readonly user: Pick<Person['user'], 'id'> },
): Promise<OpenedSession> => {
  const opened = await newSession(domain, kind, id, caused);
  const hash = (await domain.stores.users.find(id))?.passwordHash ?? '';
  const trace = signInTrace(domain, opened.session, caused, 'password');
  if (!(await domain.stores.sessions.openByPassword(opened.session, hash, trace)))
    throw new Error(`user ${id} owes a second step`);
  return opened;
};
