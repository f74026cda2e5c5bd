// The portal over a fresh SQLite database on a real port, with people, a vendor, and a clock that tests move by hand.
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { withApi } from '../../../api/api.ts';
import { publicId } from '../../../domain/connections/grant.ts';
import type { Vendor } from '../../../domain/vendors/vendor.ts';
import type { Role, Workspace } from '../../../domain/workspaces/workspace.ts';
import { createListener } from '../../../http/listener.ts';
import { startService, type Person, type Service } from '../../../testing/service.ts';
import { createPortal, type PortalDemo } from '../index.ts';
import { openBrowser, type Browser, type Shown } from './browser.ts';

export type TestPortal = Service & {
  readonly browser: () => Browser;
  /** A browser in which this person has signed in. */
  readonly signedIn: (person: Person) => Promise<Browser>;
  readonly signIn: (browser: Browser, person: Person, returnTo?: string) => Promise<Shown>;
  readonly makeVendor: (person: Person) => Promise<Vendor>;
  readonly makeWorkspace: (person: Person, name: string, role: Role) => Promise<Workspace>;
  /** What handlers threw; a test that wants a failure takes it out. */
  readonly errors: unknown[];
};

type TestDatabase = Parameters<typeof startService>[0];

const sqliteOf = (databases: readonly TestDatabase[]): TestDatabase => {
  const database = databases.find(({ name }) => name === 'sqlite');
  if (database === undefined) throw new Error('no SQLite among the test databases');
  return database;
};

const trace = (nowMs: number) =>
  ({ verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: nowMs }) as const;

const makersOf = ({ domain }: Service): Pick<TestPortal, 'makeVendor' | 'makeWorkspace'> => ({
  async makeVendor(person) {
    const vendor: Vendor = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'ven'),
      name: 'Pipeline Sync Inc',
      contactName: 'Vera Lindqvist',
      contactEmail: 'vera@vendor.test',
      contactPhone: '+1 555 010 0123',
      createdAtMs: domain.now(),
    };
    await domain.stores.vendors.create(vendor, person.user.id, trace(domain.now()));
    return vendor;
  },
  async makeWorkspace(person, name, role) {
    const workspace: Workspace = {
      id: await domain.stores.nextId(),
      publicId: randomUUID(),
      externalId: '71002',
      name,
      createdAtMs: domain.now(),
    };
    const member = {
      id: await domain.stores.nextId(),
      workspaceId: workspace.id,
      userId: person.user.id,
      role,
      createdAtMs: domain.now(),
    };
    await domain.stores.workspaces.create(workspace, member, trace(domain.now()));
    return workspace;
  },
});

export const startPortal = async (
  databases: readonly TestDatabase[],
  demo?: PortalDemo,
  settings: object = {},
): Promise<TestPortal> => {
  const service = await startService(sqliteOf(databases), settings);
  const errors: unknown[] = [];
  const portal = createPortal({
    domain: service.domain,
    brand: { name: 'Test CRM', supportEmail: 'support@crm.test' },
    onError: (error) => errors.push(error),
    ...(demo === undefined ? {} : { demo }),
  });
  const pages = withApi({ domain: service.domain, onError: (error) => errors.push(error) }, portal);
  const server = createListener(() => ({ exact: new Map(), prefixes: [], pages }), {
    requestId: () => randomUUID(),
    clientAddress: (incoming) => {
      const given = incoming.headers['x-test-address'];
      return typeof given === 'string' ? given : '127.0.0.1';
    },
    onError: (error) => errors.push(error),
    onAnswered: () => {},
    monotonicMs: () => performance.now(),
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signIn: TestPortal['signIn'] = async (browser, person, returnTo = '/') => {
    const form = await browser.get(`/sign-in?return_to=${encodeURIComponent(returnTo)}`);
    return browser.submit(form, '/sign-in', { email: person.user.email, password: person.password });
  };
  return {
    ...service,
    ...makersOf(service),
    url,
    errors,
    browser: () => openBrowser(url),
    signIn,
    async signedIn(person) {
      const browser = openBrowser(url);
      const answer = await signIn(browser, person);
      if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
      return browser;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
      if (errors.length > 0) throw new Error('a page failed', { cause: errors[0] });
    },
  };
};
