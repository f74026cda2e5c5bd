// People of the road to production over HTTP: a vendor with a complete app, a reviewer, somebody who connects.
import { randomUUID } from 'node:crypto';
import type { App } from '../../../domain/apps/app.ts';
import { newClientSecret } from '../../../domain/apps/client-secret.ts';
import { publicId } from '../../../domain/connections/grant.ts';
import type { Submission } from '../../../domain/reviews/submission.ts';
import type { PlatformRole } from '../../../domain/users/user.ts';
import type { Person } from '../../../testing/service.ts';
import type { Browser } from './browser.ts';
import { formsOf } from './browser.ts';
import type { TestPortal } from './portal.ts';

/** No picture is ever asked for it. */
const LOGO = 'a'.repeat(64);

const trace = (portal: TestPortal) =>
  ({ verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: portal.domain.now() }) as const;

export const makePlatformPerson = async (portal: TestPortal, platformRole: PlatformRole): Promise<Person> => {
  const person = await portal.makePerson();
  const user = {
    ...person.user,
    id: await portal.domain.stores.nextId(),
    publicId: publicId(portal.domain, 'usr'),
    email: `${randomUUID()}@crm.test`,
    fullName: 'Rory Blake',
    platformRole,
  };
  await portal.domain.stores.users.create(user, trace(portal));
  return { ...person, user };
};

export type LiveApp = { readonly app: App; readonly secret: string };

/** It lacks nothing that a review needs: the flow was run by `tester`, who must be allowed to. */
export const makeCompleteApp = async (
  portal: TestPortal,
  vendorId: number,
  tester: Person,
  fields: Partial<App> = {},
): Promise<LiveApp> => {
  const { domain } = portal;
  const { app: plain } = await portal.makeApp({ status: 'development' });
  const app: App = {
    ...plain,
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'app'),
    clientId: publicId(domain, 'cli'),
    vendorId,
    description: 'Copies leads.',
    contactName: 'Vera Lindqvist',
    contactEmail: 'vera@vendor.test',
    logoHash: LOGO,
    ...fields,
  };
  await domain.stores.logos.put(LOGO, new Uint8Array([1]), domain.now());
  const { row, secret } = await newClientSecret(domain, app.id, domain.now());
  await domain.stores.apps.create(app, row, trace(portal));
  await connect(portal, { app, secret }, tester);
  return { app, secret };
};

/** Presses Authorize and redeems the code; the access token. */
export const connect = async (
  portal: TestPortal,
  { app, secret }: LiveApp,
  person: Person,
): Promise<string> => {
  const current = (await portal.domain.stores.apps.find(app.id)) ?? app;
  const answer = await portal.post('/oauth/token', {
    grant_type: 'authorization_code',
    code: await portal.makeCode(current, person),
    redirect_uri: app.redirectUris[0] ?? '',
    client_id: app.clientId,
    client_secret: secret,
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return String(answer.body['access_token']);
};

export const openOf = async (portal: TestPortal, app: App): Promise<Submission> => {
  const open = await portal.domain.stores.reviews.openOf(app.id);
  if (open === undefined) throw new Error('the app has no open submission');
  return open;
};

export const hasForm = (body: string, action: string): boolean =>
  formsOf(body).some((form) => form.action === action);

/** Posts the form of a page again with lists, which `submit` has no words for. */
export const submitWithList = async (
  browser: Browser,
  shown: { readonly body: string },
  action: string,
  fields: readonly (readonly [string, string])[],
) => {
  const hidden = formsOf(shown.body).find((form) => form.action === action)?.hidden ?? {};
  const body = new URLSearchParams([
    ...Object.entries(hidden),
    ...fields.map(([name, value]) => [name, value]),
  ]).toString();
  return browser.send('POST', action, body, { 'content-type': 'application/x-www-form-urlencoded' });
};
