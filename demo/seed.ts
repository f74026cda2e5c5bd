// Puts the invented people, workspaces, apps and keys into a fresh data folder, through the same ports as the service.
import { randomUUID } from 'node:crypto';
import {
  createRecordSecret,
  emailKey,
  publicId,
  SECRET_PREFIX,
  type ApiKey,
  type App,
  type Domain,
  type PlatformRole,
  type User,
  type Workspace,
} from '@latchkey/server';
import { drawLogo } from './logo.ts';
import { inventPassword } from './passwords.ts';
import {
  demoApps,
  demoPeople,
  demoVendors,
  demoWorkspaces,
  type DemoApp,
  type DemoPerson,
} from './people.ts';
import { runFlow, sendToReview } from './seed-road.ts';

export type SeededPerson = { readonly user: User; readonly password: string; readonly person: DemoPerson };
export type SeededApp = { readonly app: App; readonly clientSecret?: string };
export type SeededKey = { readonly key: ApiKey; readonly email: string; readonly opaque?: string };
export type Seeded = {
  readonly people: readonly SeededPerson[];
  readonly apps: readonly SeededApp[];
  readonly keys: readonly SeededKey[];
};

const trace = (domain: Domain, verb: string) =>
  ({ verb, actor: { kind: 'system' }, requestId: 'demo', atMs: domain.now() }) as const;

const PLATFORM_ROLES: Partial<Record<DemoPerson['role'], PlatformRole>> = {
  reviewer: 'reviewer',
  operator: 'operator',
};

const seedPerson = async (domain: Domain, person: DemoPerson): Promise<SeededPerson> => {
  const password = inventPassword();
  const user: User = {
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'usr'),
    externalId: person.externalId,
    email: person.email,
    fullName: person.name,
    passwordHash: await domain.secrets.passwords.hash(password),
    platformRole: PLATFORM_ROLES[person.role] ?? 'none',
    timeZone: person.timeZone,
    createdAtMs: domain.now(),
  };
  await domain.stores.users.create(user, trace(domain, 'users.create'));
  return { user, password, person };
};

const userOf = (people: readonly SeededPerson[], email: string): User => {
  const found = people.find(({ user }) => emailKey(user.email) === emailKey(email));
  if (found === undefined) throw new Error(`the demo names ${email}, who is not among its people`);
  return found.user;
};

const seedWorkspaces = async (domain: Domain, people: readonly SeededPerson[]): Promise<void> => {
  for (const wanted of demoWorkspaces) {
    const nowMs = domain.now();
    const workspace: Workspace = {
      id: await domain.stores.nextId(),
      publicId: randomUUID(),
      externalId: wanted.externalId,
      name: wanted.name,
      createdAtMs: nowMs,
    };
    const members = await Promise.all(
      wanted.members.map(async ({ email, role }) => ({
        id: await domain.stores.nextId(),
        workspaceId: workspace.id,
        userId: userOf(people, email).id,
        role,
        createdAtMs: nowMs,
      })),
    );
    const owner = members.find(({ role }) => role === 'owner');
    if (owner === undefined) throw new Error(`${wanted.name} has no owner`);
    await domain.stores.workspaces.create(workspace, owner, trace(domain, 'workspaces.create'));
    for (const member of members) {
      if (member !== owner)
        await domain.stores.workspaces.addMember(member, trace(domain, 'workspaces.add-member'));
    }
  }
};

/** In front of somebody's own API the demo's permission ids do not exist: then the app gets what only reads. */
const permissionsFor = (domain: Domain, wanted: DemoApp): readonly string[] => {
  const known = new Set(domain.permissions.map(({ id }) => id));
  if (wanted.permissions.every((id) => known.has(id))) return wanted.permissions;
  return domain.permissions.filter(({ sensitivity }) => sensitivity === 'reads').map(({ id }) => id);
};

const seedApp = async (
  domain: Domain,
  wanted: DemoApp,
  vendorId: number,
  contact: { readonly contactName: string; readonly contactEmail: string; readonly contactPhone: string },
): Promise<SeededApp> => {
  const nowMs = domain.now();
  const logo = await domain.makeLogo(drawLogo(wanted.logo));
  if (!logo.ok) throw new Error(`the logo of ${wanted.name} is refused: ${logo.problem}`);
  await domain.stores.logos.put(logo.hash, logo.png, nowMs);
  const app: App = {
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'app'),
    clientId: publicId(domain, 'cli'),
    vendorId,
    kind: wanted.kind,
    status: wanted.mode,
    statusSinceMs: nowMs,
    deviceGrant: false,
    userCodePrefix: '',
    epoch: 1,
    version: 1,
    permissionSetId: await domain.stores.permissionSets.intern(permissionsFor(domain, wanted)),
    name: wanted.name,
    website: wanted.website,
    description: wanted.description,
    redirectUris: wanted.redirectUris,
    ...contact,
    logoHash: logo.hash,
    createdAtMs: nowMs,
  };
  if (wanted.kind === 'public') {
    await domain.stores.apps.create(app, undefined, trace(domain, 'apps.register'));
    return { app };
  }
  const id = await domain.stores.nextId();
  const { secret, hash, lastFour } = createRecordSecret(
    SECRET_PREFIX.clientSecret,
    id,
    domain.secrets.random,
  );
  const row = { id, appId: app.id, hash, lastFour, createdAtMs: nowMs };
  await domain.stores.apps.create(app, row, trace(domain, 'apps.register'));
  return { app, clientSecret: secret };
};

/** An API of somebody's own may have nothing that only reads: then there is nothing to review. */
const takeOnItsRoad = async (
  domain: Domain,
  app: App,
  { review }: DemoApp,
  people: { readonly vendor: User; readonly reviewer: User },
): Promise<void> => {
  await runFlow(domain, app, people.vendor);
  const set = await domain.stores.permissionSets.find(app.permissionSetId);
  if (review !== undefined && set !== undefined && set.permissions.length > 0)
    await sendToReview(domain, app, review, people);
};

const seedVendors = async (
  domain: Domain,
  people: readonly SeededPerson[],
): Promise<readonly SeededApp[]> => {
  const seeded: SeededApp[] = [];
  for (const wanted of demoVendors) {
    const { contactName, contactEmail, contactPhone } = wanted;
    const contact = { contactName, contactEmail, contactPhone };
    const vendor = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'ven'),
      name: wanted.name,
      ...contact,
      createdAtMs: domain.now(),
    };
    const [first, ...others] = wanted.members.map((email) => userOf(people, email));
    if (first === undefined) throw new Error(`${wanted.name} has no team`);
    await domain.stores.vendors.create(vendor, first.id, trace(domain, 'vendors.create'));
    for (const user of others)
      await domain.stores.vendors.addToTeam(vendor.id, user.id, trace(domain, 'vendors.add'));
    const reviewer = people.find(({ person }) => person.role === 'reviewer')?.user;
    if (reviewer === undefined) throw new Error('the demo has no reviewer');
    for (const app of demoApps.filter(({ vendor: name }) => name === wanted.name)) {
      const made = await seedApp(domain, app, vendor.id, contact);
      seeded.push(made);
      if (app.mode === 'development') await takeOnItsRoad(domain, made.app, app, { vendor: first, reviewer });
      for (const email of app.testers) {
        const tester = userOf(people, email);
        await domain.stores.apps.addTester(
          made.app.id,
          tester.id,
          domain.settings.testersPerApp,
          trace(domain, 'apps.add-tester'),
        );
      }
    }
  }
  return seeded;
};

/** In the person's first workspace, by name. */
const seedKey = async (
  domain: Domain,
  people: readonly SeededPerson[],
  email: string,
  form: ApiKey['form'],
  workspaceName: string,
): Promise<SeededKey> => {
  const user = userOf(people, email);
  const memberships = await domain.stores.workspaces.membershipsOf(user.id);
  const membership = memberships.find(({ workspace }) => workspace.name === workspaceName);
  if (membership === undefined) throw new Error(`${email} is not in ${workspaceName}`);
  const nowMs = domain.now();
  const id = await domain.stores.nextId();
  const opaque =
    form === 'opaque'
      ? createRecordSecret(domain.settings.opaqueKeyPrefix, id, domain.secrets.random)
      : undefined;
  const key: ApiKey = {
    id,
    publicId: publicId(domain, 'key'),
    userId: user.id,
    workspaceId: membership.workspace.id,
    memberId: membership.member.id,
    form,
    name: form === 'signed' ? 'Demo script' : 'Demo terminal',
    description: 'Made with the demo data',
    nonce: domain.secrets.random(16),
    lastFour: '',
    madeBy: 'page',
    createdAtMs: nowMs,
    collectedAtMs: nowMs,
    acknowledged: { atMs: nowMs, address: '127.0.0.1', device: 'demo start' },
    ...(opaque === undefined ? {} : { hash: opaque.hash }),
  };
  const lastFour = opaque?.lastFour ?? domain.secrets.keyJws.derive(key).slice(-4);
  const row = { ...key, lastFour };
  await domain.stores.keys.create(row, domain.settings.keysPerMember, trace(domain, 'keys.create'));
  return { key: row, email, ...(opaque === undefined ? {} : { opaque: opaque.secret }) };
};

export const seedDemo = async (domain: Domain): Promise<Seeded> => {
  const people: SeededPerson[] = [];
  for (const person of demoPeople) people.push(await seedPerson(domain, person));
  await seedWorkspaces(domain, people);
  const apps = await seedVendors(domain, people);
  const keys = [
    await seedKey(domain, people, 'ari@demo.test', 'signed', 'Northside Realty'),
    await seedKey(domain, people, 'ari@demo.test', 'opaque', 'Northside Realty'),
    await seedKey(domain, people, 'vera@demo.test', 'signed', "Vera's sandbox"),
    await seedKey(domain, people, 'sam@demo.test', 'signed', 'Fernway Estates'),
  ];
  return { people, apps, keys };
};
