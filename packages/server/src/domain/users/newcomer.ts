// A person who comes to exist by a proof: their row, their session and, where it was asked for, a sandbox workspace, so
// that they can try apps without anybody's real data.
import { publicId } from '../connections/grant.ts';
import type { Caused, Domain } from '../domain.ts';
import type { Newcomer } from '../proofs/proof.ts';
import { newSession } from '../sessions/open-session.ts';
import { newUuid } from '../workspaces/uuid.ts';
import type { Workspace } from '../workspaces/workspace.ts';
import type { User } from './user.ts';

/** Never the id of anybody in the API owner's data: those are digits, or names that the owner gave. */
const sandboxId = (domain: Pick<Domain, 'secrets'>): string =>
  `sandbox-${Buffer.from(domain.secrets.random(12)).toString('hex')}`;

export type NewPerson = {
  readonly email: string;
  readonly fullName: string;
  readonly passwordHash: string;
  readonly timeZone: string;
};

const newUser = async (domain: Domain, person: NewPerson): Promise<User> => ({
  id: await domain.stores.nextId(),
  publicId: publicId(domain, 'usr'),
  externalId: sandboxId(domain),
  ...person,
  platformRole: 'none',
  createdAtMs: domain.now(),
});

export const newSandbox = async (
  domain: Domain,
  user: User,
  name: string,
): Promise<NonNullable<Newcomer['workspace']>> => {
  const createdAtMs = domain.now();
  const workspace: Workspace = {
    id: await domain.stores.nextId(),
    publicId: newUuid(domain.secrets.random),
    externalId: sandboxId(domain),
    name,
    createdAtMs,
  };
  const id = await domain.stores.nextId();
  return {
    workspace,
    owner: { id, workspaceId: workspace.id, userId: user.id, role: 'owner', createdAtMs },
  };
};

export type MadeNewcomer = { readonly newcomer: Newcomer; readonly secret: string };

/** The session's id is new: whatever the browser had before opens nothing [security 15]. */
export const newcomerFor = async (
  domain: Domain,
  person: NewPerson,
  caused: Caused,
  sandboxName: string | undefined,
): Promise<MadeNewcomer> => {
  const user = await newUser(domain, person);
  const { session, secret } = await newSession(domain, 'cookie', user.id, caused);
  const newcomer: Newcomer = {
    user,
    session,
    ...(sandboxName === undefined ? {} : { workspace: await newSandbox(domain, user, sandboxName) }),
  };
  return { newcomer, secret };
};
