// One good request for every operation: what it is about is made first, `user`'s or `vendor`'s. Typed by the table, so
// that an operation without one fails the type check.
import { pngOf } from '../../testing/pictures.ts';
import { connectedOf } from './connected.ts';
import type { OperationId } from '../../domain/operations.ts';
import type { App } from '../../domain/apps/app.ts';
import { publicId } from '../../domain/connections/grant.ts';
import { newRecoveryCodes } from '../../domain/factors/recovery-codes.ts';
import { openSession } from '../../testing/session.ts';
import { sessionName } from '../../domain/sessions/sessions-of.ts';
import { ANSWERS } from '../../testing/review-desk.ts';
import type { World } from './world.ts';

export type Input = Readonly<Record<string, unknown>>;
type Make = (world: World) => Input | Promise<Input>;

const PASSWORD = 'plums ripen on tuesdays 71';
const nothing: Make = () => ({});

const fields = {
  name: 'Renamed Sync',
  website: 'https://app.example',
  description: 'Copies leads.',
  redirectUris: ['https://app.example/callback'],
  contactName: 'Vera',
  contactEmail: 'vera@vendor.test',
  contactPhone: '',
};

/** About an app of `vendor` in some state. */
const about =
  (
    state: (world: World) => Promise<App>,
    rest: (world: World, app: App) => Input | Promise<Input> = nothing,
  ): Make =>
  async (world) => {
    const app = await state(world);
    return { app: app.publicId, ...(await rest(world, app)) };
  };
const fresh = ({ desk }: World) => desk.newApp();
const live = ({ desk }: World) => desk.newApp({ status: 'production' });
const submitted = async (world: World) => {
  const app = await fresh(world);
  await world.desk.submit(app);
  return world.desk.current(app);
};
const edited = async (world: World) => {
  const app = await live(world);
  await world.desk.saveEdit(app, 'Renamed Sync');
  return app;
};
const editSubmitted = async (world: World) => {
  const app = await edited(world);
  await world.desk.submitEdit(app);
  return app;
};
const editDeclined = async (world: World) => {
  const app = await editSubmitted(world);
  await world.desk.decline(app);
  return app;
};
const editApproved = async (world: World) => {
  const app = await editSubmitted(world);
  await world.desk.approve(app);
  return app;
};
const suspended = async (world: World) => world.suspended(await fresh(world));

const version = (_world: World, app: App) => ({ version: app.version });
const editVersion = async ({ desk }: World, app: App) => ({ version: (await desk.open(app))?.version ?? 0 });

const review: Make = async (world) => {
  const app = await submitted(world);
  return { review: String((await world.desk.open(app))?.id) };
};
const decision: Make = async (world) => {
  const app = await submitted(world);
  const open = await world.desk.open(app);
  return { review: String(open?.id), version: open?.version, versionHash: open?.versionHash };
};

const newKey: Make = async (world) => {
  const { workspace, member } = await world.newWorkspace();
  const { key } = await world.portal.makeKey({ ...world.people.user, workspace, member }, 'signed');
  return { key: key.publicId };
};

const workspace: Make = async (world) => ({ workspace: (await world.newWorkspace()).workspace.publicId });
const ofOther: Make = async (world) => ({
  ...(await workspace(world)),
  user: world.people.otherUser.user.publicId,
});

const invited =
  (id: string, given: (world: World) => Promise<Input> | Input): Make =>
  async (world) => {
    const input = { ...(await given(world)), email: world.freshEmail() };
    const by = 'workspace' in input ? world.people.user : world.people.vendor;
    await world.done(by, id, input);
    return input;
  };

const waitingQualification: Make = async ({ newUser, newVendor, portal }) => {
  const person = await newUser();
  const vendor = await newVendor(person);
  const form = {
    companyName: 'Inc',
    companyWebsite: 'https://inc.example',
    privacyUrl: 'https://inc.example/privacy',
    assessorName: 'Ada',
    assessorTitle: 'CTO',
    email: 'ada@inc.example',
    phone: '+1 555 010 0123',
  };
  const trace = {
    verb: 'test',
    actor: { kind: 'system' },
    requestId: 'test',
    atMs: portal.domain.now(),
  } as const;
  const standing = { status: 'under-review', version: 1, submittedBy: person.id, submittedAtMs: 1 } as const;
  await portal.domain.stores.qualifications.submit({ ...form, ...standing, vendorId: vendor.id }, trace);
  return { vendor: vendor.publicId, version: 1, decision: 'qualified' };
};

/** Nobody's of the table: with a second factor its people could not be signed in by a password alone. */
const somebodysPasskey: Make = async ({ newUser, portal: { domain } }) => {
  const user = await newUser();
  const passkey = {
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'pk'),
    userId: user.id,
    credentialId: publicId(domain, 'credential'),
    publicKey: new Uint8Array(77),
    counter: 0,
    transports: ['internal'],
    name: 'Laptop',
    createdAtMs: domain.now(),
  };
  const challenge = { hash: domain.secrets.random(32), expiresAtMs: domain.now() + 1 };
  const { codes } = await newRecoveryCodes(domain, user.id);
  const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() } as const;
  await domain.stores.factors.addPasskey(passkey, challenge, 10, codes, undefined, trace);
  return { passkey: passkey.publicId };
};

const sessions = {
  'sessions.sign-in': ({ people: { user } }) => ({ email: user.user.email, password: user.password }),
  'sessions.sign-out': nothing,
  'sessions.step-up': ({ people: { user } }) => ({ password: user.password }),
  'sessions.second-step': () => ({ half: 'lk_sh_x', code: '123456' }),
  'sessions.second-step-with-passkey': () => ({ half: 'lk_sh_x', credential: '{}' }),
  'sessions.sign-in-with-passkey': () => ({ binding: 'browser-1', credential: '{}' }),
  'sessions.step-up-with-passkey': () => ({ credential: '{}' }),
  'sessions.list': nothing,
  'sessions.end': async ({ portal: { domain }, people: { user } }) => {
    const { session } = await openSession(domain, 'cookie', user);
    return { session: sessionName(domain, session) };
  },
  'sessions.end-others': nothing,
  'factors.list': nothing,
  'factors.start-totp': nothing,
  'factors.confirm-totp': () => ({ setup: 'x', code: '123456' }),
  'factors.remove-totp': nothing,
  'factors.start-passkey': nothing,
  'factors.add-passkey': () => ({ name: 'Laptop', credential: '{}' }),
  'factors.remove-passkey': somebodysPasskey,
  'factors.renew-recovery-codes': nothing,
} satisfies Partial<Record<OperationId, Make>>;

const people = {
  'users.me': nothing,
  'users.update-profile': () => ({ fullName: 'Ari Mendes', timeZone: 'Europe/Lisbon' }),
  'users.change-password': () => ({ password: PASSWORD }),
  'users.sign-up': ({ freshEmail }) => ({
    fullName: 'Nora Novak',
    organization: 'Novak Inc',
    email: freshEmail(),
    phone: '+1 555 010 0123',
    password: PASSWORD,
    browser: 'a-browser-of-its-own',
  }),
  'users.resend-sign-up-code': () => ({ flow: 'lk_flow_x', browser: 'a-browser-of-its-own' }),
  'users.verify-sign-up': () => ({ flow: 'lk_flow_x', browser: 'a-browser-of-its-own', code: '123456' }),
  'users.ask-reset': ({ freshEmail }) => ({ email: freshEmail() }),
  'users.reset-password': () => ({ link: 'lk_reset_x', password: PASSWORD }),
  'users.ask-email-change': ({ freshEmail }) => ({ email: freshEmail() }),
  'users.change-email': () => ({ flow: 'lk_flow_x', code: '123456' }),
  'invitations.accept': () => ({ link: 'lk_invite_x' }),
  'invitations.accept-as-newcomer': () => ({ link: 'lk_invite_x', fullName: 'Nora', password: PASSWORD }),
  'workspaces.list': nothing,
  'workspaces.create': () => ({ name: 'Second office' }),
  'workspaces.rename': async (world) => ({ ...(await workspace(world)), name: 'Renamed' }),
  'workspaces.members': workspace,
  'workspaces.invitations': workspace,
  'workspaces.invite': async (world) => ({ ...(await workspace(world)), email: world.freshEmail() }),
  'workspaces.withdraw-invitation': invited('workspaces.invite', workspace),
  'workspaces.change-role': async (world) => ({ ...(await ofOther(world)), role: 'admin' }),
  'workspaces.remove-member': ofOther,
  'workspaces.leave': workspace,
  'permissions.list': nothing,
  'connections.list': nothing,
  'connections.disconnect': async (world) => ({ connection: await connectedOf(world) }),
  'connections.allow-again': async (world) => ({ connection: await connectedOf(world) }),
  'keys.list': nothing,
  'keys.create': async (world) => ({ ...(await workspace(world)), name: 'CI', acknowledged: 'yes' }),
  'keys.revoke': newKey,
  'keys.reveal': newKey,
  'keys.import-legacy': ({ people: { user }, freshEmail }) => ({
    email: user.user.email,
    workspace: user.workspace.publicId,
    key: `old-key-${freshEmail()}`.replaceAll(/[@.]/g, '-'),
    name: 'Old',
  }),
  'management-keys.list': nothing,
  'management-keys.create': () => ({ name: 'Deploy', operations: ['apps.list'] }),
  'management-keys.revoke': async (world) => {
    const input = { name: 'Deploy', operations: ['apps.list'], owner: 'vendor' };
    const made = await world.done(world.people.vendor, 'management-keys.create', input);
    const { managementKey } = made as {
      readonly managementKey: { readonly publicId: string; readonly id: number };
    };
    return { managementKey: managementKey.publicId };
  },
} satisfies Partial<Record<OperationId, Make>>;

const apps = {
  'apps.list': nothing,
  'apps.get': about(fresh),
  'apps.submission': about(editSubmitted),
  'apps.history': about(submitted),
  'apps.add-logo': () => ({ picture: pngOf(16, 16).toString('base64') }),
  'apps.register': () => ({ ...fields, kind: 'confidential' }),
  'apps.set-permissions': about(fresh, (_world, { version }) => ({ version, permissions: ['leads.list'] })),
  'apps.roll-secret': about(fresh, () => ({ oldEnds: 'now' })),
  'apps.delete': about(fresh, (_world, { name }) => ({ name })),
  'apps.change': about(fresh, (_world, { version }) => ({ ...fields, version })),
  'apps.submit': about(fresh, (world, app) => ({ ...ANSWERS, ...version(world, app) })),
  'apps.withdraw': about(submitted),
  'apps.save-edit': about(live, () => ({ ...fields, version: 0 })),
  'apps.set-edit-permissions': about(live, () => ({ version: 0, permissions: ['leads.list'] })),
  'apps.submit-edit': about(edited, async (world, app) => ({
    ...ANSWERS,
    ...(await editVersion(world, app)),
    publish: 'by-hand',
    acknowledged: true,
  })),
  'apps.cancel-edit': about(editSubmitted),
  'apps.discard-edit': about(editDeclined),
  'apps.publish-edit': about(editApproved, editVersion),
  'apps.suspend': about(fresh, () => ({ reason: 'Sends spam.' })),
  'apps.lift': about(suspended, () => ({ reason: 'Mended.' })),
  'apps.list-testers': about(fresh),
  'apps.invite-tester': about(fresh, ({ freshEmail }) => ({ email: freshEmail() })),
  'apps.withdraw-tester-invitation': invited('apps.invite-tester', about(fresh)),
  'apps.remove-tester': about(fresh, async (world, app) => {
    const tester = await world.newUser();
    const { domain } = world.portal;
    const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() } as const;
    await domain.stores.apps.addTester(app.id, tester.id, 10, trace);
    return { user: tester.publicId };
  }),
  'apps.offer-transfer': about(fresh, ({ freshEmail }) => ({ email: freshEmail() })),
  'apps.withdraw-transfer': async (world) => {
    const { app } = await invited('apps.offer-transfer', about(fresh))(world);
    return { app };
  },
  'usage.minutes': about(fresh),
  'usage.days': about(fresh),
  'usage.requests': about(fresh),
  'vendors.change-profile': () => ({ name: 'Pipeline Sync', contactEmail: 'vera@vendor.test' }),
  'vendors.list-team': nothing,
  'vendors.invite': ({ freshEmail }) => ({ email: freshEmail() }),
  'vendors.withdraw-invitation': invited('vendors.invite', nothing),
  'vendors.remove-member': async ({ newUser, portal, desk }) => {
    const colleague = await newUser();
    const trace = {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: portal.domain.now(),
    } as const;
    await portal.domain.stores.vendors.addToTeam(desk.vendorId, colleague.id, trace);
    return { user: colleague.publicId };
  },
  'vendors.submit-qualification': () => ({
    companyName: 'Inc',
    companyWebsite: 'https://inc.example',
    privacyUrl: 'https://inc.example/privacy',
    assessorName: 'Ada',
    assessorTitle: 'CTO',
    email: 'ada@inc.example',
    phone: '+1 555 010 0123',
  }),
} satisfies Partial<Record<OperationId, Make>>;

const platform = {
  'reviews.list': nothing,
  'reviews.get': review,
  'reviews.take': review,
  'reviews.note': async (world) => ({ ...(await review(world)), text: 'Looks fine.' }),
  'reviews.approve': decision,
  'reviews.decline': async (world) => ({ ...(await decision(world)), reason: 'The address is not yours.' }),
  'vendors.decide-qualification': waitingQualification,
  'audit.list': nothing,
  'audit.export': nothing,
  'operate.people': nothing,
  'operate.person': ({ people: { user } }) => ({ person: user.user.publicId }),
  'operate.disable-person': async ({ newUser }) => ({ person: (await newUser()).publicId }),
  'operate.enable-person': async ({ newUser, portal: { domain } }) => ({
    person: (await newUser({ disabledAtMs: domain.now() })).publicId,
  }),
  'operate.set-role': async ({ newUser }) => ({ person: (await newUser()).publicId, role: 'reviewer' }),
  'operate.workspaces': nothing,
  'operate.workspace': workspace,
  'operate.apps': nothing,
  'operate.app': about(fresh),
  'operate.set-app-limit': about(fresh, (world, app) => ({ ...version(world, app), limitPerMinute: 700 })),
  'operate.mails': nothing,
  'operate.retry-mail': () => ({ mail: '1' }),
  'operate.permissions': nothing,
  'operate.claim': ({ freshEmail }) => ({
    link: 'lk_claim_x',
    fullName: 'Olive',
    email: freshEmail(),
    password: PASSWORD,
  }),
} satisfies Partial<Record<OperationId, Make>>;

export const INPUTS = { ...sessions, ...people, ...apps, ...platform } satisfies Readonly<
  Record<OperationId, Make>
>;
