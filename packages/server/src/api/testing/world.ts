// The people of the access matrix and what is theirs. Every thing that an operation is about is made anew for each
// request, so that no answer depends on the one before.
import { randomUUID } from 'node:crypto';
import type { App } from '../../domain/apps/app.ts';
import { publicId } from '../../domain/connections/grant.ts';
import { perform, type SignedIn } from '../../domain/operation.ts';
import { openSession } from '../../testing/session.ts';
import type { PlatformRole, User } from '../../domain/users/user.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import type { Member, Role, Workspace } from '../../domain/workspaces/workspace.ts';
import type { TestPortal } from '../../portal/routes/testing/portal.ts';
import { openDesk, type Desk } from '../../testing/review-desk.ts';
import { caused, type Person } from '../../testing/service.ts';
import { apiOperations } from '../table.ts';

/** In the order of the table's columns. */
export const PERSONAS = [
  'nobody',
  'user',
  'otherUser',
  'otherOwner',
  'vendor',
  'otherVendor',
  'reviewer',
  'operator',
] as const;
export type Persona = (typeof PERSONAS)[number];

export type World = {
  readonly portal: TestPortal;
  readonly desk: Desk;
  readonly people: Readonly<Record<Exclude<Persona, 'nobody'>, Person>>;
  readonly newUser: (fields?: Partial<User>) => Promise<User>;
  readonly newVendor: (first: User) => Promise<Vendor>;
  /** Of `user`, with `otherUser` as a plain member. */
  readonly newWorkspace: () => Promise<{ readonly workspace: Workspace; readonly member: Member }>;
  /** What a request needs to have happened before; fails loudly. */
  readonly done: (by: Person, id: string, input: object) => Promise<unknown>;
  readonly suspended: (app: App) => Promise<App>;
  readonly freshEmail: () => string;
};

const traceOf = (portal: TestPortal) =>
  ({
    verb: 'test.make',
    actor: { kind: 'system' },
    requestId: 'test',
    atMs: portal.domain.now(),
  }) as const;

const makersOf = (portal: TestPortal, like: User) => {
  const { domain } = portal;
  const newUser = async (fields: Partial<User> = {}): Promise<User> => {
    const user: User = {
      ...like,
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'usr'),
      email: `${randomUUID()}@crm.test`,
      createdAtMs: domain.now(),
      ...fields,
    };
    await domain.stores.users.create(user, traceOf(portal));
    return user;
  };
  const newVendor = async (first: User): Promise<Vendor> => {
    const vendor: Vendor = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'ven'),
      name: 'Another Vendor',
      contactName: 'Otto',
      contactEmail: 'otto@vendor.test',
      contactPhone: '',
      createdAtMs: domain.now(),
    };
    await domain.stores.vendors.create(vendor, first.id, traceOf(portal));
    return vendor;
  };
  const newMember = async (workspace: Workspace, user: User, role: Role): Promise<Member> => ({
    id: await domain.stores.nextId(),
    workspaceId: workspace.id,
    userId: user.id,
    role,
    createdAtMs: domain.now(),
  });
  const workspaceOf = async (owner: User) => {
    const workspace: Workspace = {
      id: await domain.stores.nextId(),
      publicId: randomUUID(),
      externalId: '71009',
      name: 'Harbor Homes',
      createdAtMs: domain.now(),
    };
    const member = await newMember(workspace, owner, 'owner');
    await domain.stores.workspaces.create(workspace, member, traceOf(portal));
    return { workspace, member };
  };
  const newPerson = async (platformRole: PlatformRole = 'none'): Promise<Person> => {
    const user = await newUser({ platformRole });
    return { user, ...(await workspaceOf(user)), password: 'correct horse battery' };
  };
  return { newUser, newVendor, newMember, workspaceOf, newPerson };
};

export const makeWorld = async (portal: TestPortal): Promise<World> => {
  const { domain } = portal;
  const desk = await openDesk(portal);
  const make = makersOf(portal, desk.verasPerson.user);
  const people: World['people'] = {
    user: await make.newPerson(),
    otherUser: await make.newPerson(),
    otherOwner: await make.newPerson(),
    vendor: desk.verasPerson,
    otherVendor: await make.newPerson(),
    reviewer: await make.newPerson('reviewer'),
    operator: await make.newPerson('operator'),
  };
  await make.newVendor(people.otherVendor.user);
  const byId = new Map(apiOperations.map((op) => [op.id, op]));
  const signedIn = async ({ user }: Person): Promise<SignedIn> => ({
    user,
    session: (await openSession(domain, 'cookie', { user })).session,
  });
  return {
    portal,
    desk,
    people,
    newUser: make.newUser,
    newVendor: make.newVendor,
    async newWorkspace() {
      const made = await make.workspaceOf(people.user.user);
      const second = await make.newMember(made.workspace, people.otherUser.user, 'member');
      await domain.stores.workspaces.addMember(second, traceOf(portal));
      return made;
    },
    async done(by, id, input) {
      const op = byId.get(id);
      if (op === undefined) throw new Error(`no operation ${id}`);
      const result = await perform(domain, op, { asker: await signedIn(by), caused }, input);
      if (!result.ok) throw new Error(`${id} refused: ${JSON.stringify(result)}`);
      return result.value;
    },
    async suspended(app) {
      const next = { ...app, suspendedAtMs: domain.now(), version: app.version + 1 };
      await domain.stores.apps.replace(next, app.version, traceOf(portal));
      return next;
    },
    freshEmail: () => `${randomUUID()}@new.test`,
  };
};
