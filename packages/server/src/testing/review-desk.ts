// A vendor's team, its complete app, and reviewers, for tests of the lifecycle through the operations.
import { randomUUID } from 'node:crypto';
import type { App } from '../domain/apps/app.ts';
import type { Standing } from '../domain/apps/lifecycle.ts';
import { newClientSecret } from '../domain/apps/client-secret.ts';
import { changeApp } from '../domain/apps/change.ts';
import { cancelEdit, discardEdit } from '../domain/apps/end-edit.ts';
import { publishEdit } from '../domain/apps/publish-edit.ts';
import { saveEdit, setEditPermissions } from '../domain/apps/save-edit.ts';
import { submitApp } from '../domain/apps/submit.ts';
import { submitEdit } from '../domain/apps/submit-edit.ts';
import { liftApp, suspendApp } from '../domain/apps/suspend.ts';
import { withdrawApp } from '../domain/apps/withdraw.ts';
import { publicId } from '../domain/connections/grant.ts';
import type { Domain } from '../domain/domain.ts';
import { perform, type SignedIn } from '../domain/operation.ts';
import { approve, decline } from '../domain/reviews/decide.ts';
import { standingOf } from '../domain/reviews/standing.ts';
import type { PublishWhen, Submission } from '../domain/reviews/submission.ts';
import type { PlatformRole } from '../domain/users/user.ts';
import { caused, type Person, type Service } from './service.ts';

export type Asker = SignedIn;

export const askerOf = (domain: Domain, person: Person, platformRole: PlatformRole = 'none'): Asker => ({
  user: { ...person.user, platformRole },
  session: {
    id: 1,
    kind: 'cookie',
    userId: person.user.id,
    hash: new Uint8Array(32),
    createdAtMs: domain.now(),
    authenticatedAtMs: domain.now(),
    lastSeenAtMs: domain.now(),
    endsAtMs: domain.now() + 86_400_000,
    address: '127.0.0.1',
    device: 'test',
  },
});

export const ANSWERS = {
  purpose: 'Copies leads.',
  permissionReasons: 'To read them.',
  howToTry: 'https://app.example/demo',
  recording: '',
} as const;

export type Desk = {
  readonly domain: Domain;
  readonly secretOf: (app: App) => string;
  readonly vera: Asker;
  readonly verasPerson: Person;
  readonly rory: Asker;
  readonly otherReviewer: Asker;
  readonly vendorId: number;
  /** Complete: it lacks nothing that a review needs. */
  readonly newApp: (fields?: Partial<App>) => Promise<App>;
  readonly current: (app: App) => Promise<App>;
  readonly open: (app: App) => Promise<Submission | undefined>;
  readonly standing: (app: App) => Promise<Standing>;
  readonly change: (app: App, name: string) => Promise<string>;
  readonly submit: (app: App) => Promise<string>;
  readonly withdraw: (app: App) => Promise<string>;
  readonly saveEdit: (app: App, name: string) => Promise<string>;
  readonly choosePermissions: (app: App, permissions: readonly string[]) => Promise<string>;
  readonly submitEdit: (app: App, publish?: PublishWhen, note?: string) => Promise<string>;
  readonly cancel: (app: App) => Promise<string>;
  readonly discard: (app: App) => Promise<string>;
  readonly publish: (app: App) => Promise<string>;
  readonly approve: (app: App, by?: Asker) => Promise<string>;
  readonly decline: (app: App, by?: Asker) => Promise<string>;
  readonly operate: (app: App, what: 'suspend' | 'lift') => Promise<string>;
};

type Answer = { readonly ok: boolean; readonly reason?: string };
const said = (answer: Answer): string => (answer.ok ? 'ok' : (answer.reason ?? ''));

const fieldsFor = (app: App, name: string) => ({
  name,
  website: app.website,
  description: app.description,
  redirectUris: [...app.redirectUris],
  contactName: app.contactName,
  contactEmail: app.contactEmail,
  contactPhone: app.contactPhone,
});

const trace = (domain: Domain) =>
  ({ verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() }) as const;

const makeVendor = async (domain: Domain, person: Person): Promise<number> => {
  const id = await domain.stores.nextId();
  const vendor = {
    id,
    publicId: publicId(domain, 'ven'),
    name: 'Pipeline Sync Inc',
    contactName: 'Vera',
    contactEmail: 'contact@vendor.test',
    contactPhone: '',
    createdAtMs: domain.now(),
  };
  await domain.stores.vendors.create(vendor, person.user.id, trace(domain));
  return id;
};

/** A code redeemed in Development Mode, as the checklist wants it. */
const connectOnce = async (service: Service, app: App, secret: string, person: Person): Promise<void> => {
  const code = await service.makeCode(app, person);
  const answer = await service.post('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirectUris[0] ?? '',
    client_id: app.clientId,
    client_secret: secret,
  });
  if (answer.status !== 200) throw new Error(`the flow did not run: ${answer.text}`);
};

export const openDesk = async (service: Service): Promise<Desk> => {
  const { domain } = service;
  const verasPerson = await service.makePerson();
  const vera = askerOf(domain, verasPerson);
  const rory = askerOf(domain, await service.makePerson(), 'reviewer');
  const otherReviewer = askerOf(domain, await service.makePerson(), 'reviewer');
  const olive = askerOf(domain, await service.makePerson(), 'operator');
  const vendorId = await makeVendor(domain, verasPerson);
  const by = (asker: Asker) => ({ asker, caused });
  const current: Desk['current'] = async (app) => (await domain.stores.apps.find(app.id)) ?? app;
  const open: Desk['open'] = (app) => domain.stores.reviews.openOf(app.id);
  const shown = async (app: App) => {
    const submission = await open(app);
    return {
      review: String(submission?.id ?? 0),
      version: submission?.version ?? 0,
      versionHash: submission?.versionHash ?? '',
    };
  };
  const version = async (app: App): Promise<number> => (await open(app))?.version ?? 0;
  const secrets = new Map<number, string>();
  return {
    domain,
    secretOf: (app) => secrets.get(app.id) ?? '',
    vera,
    verasPerson,
    rory,
    otherReviewer,
    vendorId,
    current,
    open,
    standing: async (app) => standingOf(await current(app), await open(app)),
    async newApp(fields = {}) {
      const { app } = await service.makeApp({ status: 'development' });
      const complete: App = {
        ...app,
        vendorId,
        publicId: randomUUID(),
        id: await domain.stores.nextId(),
        clientId: randomUUID(),
        description: 'Copies leads.',
        contactName: 'Vera',
        contactEmail: 'vera@vendor.test',
        logoHash: 'logo-1',
        ...fields,
      };
      const { row, secret } = await newClientSecret(domain, complete.id, domain.now());
      await domain.stores.apps.create(complete, row, trace(domain));
      await connectOnce(service, complete, secret, verasPerson);
      secrets.set(complete.id, secret);
      return complete;
    },
    change: async (app, name) => {
      const input = { app: app.publicId, version: (await current(app)).version, ...fieldsFor(app, name) };
      return said(await perform(domain, changeApp, by(vera), input));
    },
    submit: async (app) => {
      const input = { app: app.publicId, version: (await current(app)).version, ...ANSWERS };
      return said(await perform(domain, submitApp, by(vera), input));
    },
    withdraw: async (app) => said(await perform(domain, withdrawApp, by(vera), { app: app.publicId })),
    saveEdit: async (app, name) => {
      const input = { app: app.publicId, version: await version(app), ...fieldsFor(app, name) };
      return said(await perform(domain, saveEdit, by(vera), input));
    },
    choosePermissions: async (app, permissions) => {
      const input = { app: app.publicId, version: await version(app), permissions };
      return said(await perform(domain, setEditPermissions, by(vera), input));
    },
    submitEdit: async (app, publish = 'by-hand', note = '') => {
      const input = { app: app.publicId, version: await version(app), publish, note, acknowledged: true };
      return said(await perform(domain, submitEdit, by(vera), { ...input, ...ANSWERS }));
    },
    cancel: async (app) => said(await perform(domain, cancelEdit, by(vera), { app: app.publicId })),
    discard: async (app) => said(await perform(domain, discardEdit, by(vera), { app: app.publicId })),
    publish: async (app) => {
      const input = { app: app.publicId, version: await version(app) };
      return said(await perform(domain, publishEdit, by(vera), input));
    },
    approve: async (app, reviewer = rory) =>
      said(await perform(domain, approve, by(reviewer), await shown(app))),
    decline: async (app, reviewer = rory) => {
      const input = { ...(await shown(app)), reason: 'The redirect host is not yours.' };
      return said(await perform(domain, decline, by(reviewer), input));
    },
    operate: async (app, what) => {
      const input = { app: app.publicId, reason: 'Looked into.' };
      if (what === 'suspend') return said(await perform(domain, suspendApp, by(olive), input));
      return said(await perform(domain, liftApp, by(olive), input));
    },
  };
};
