// `/settings/integrations/authorizations`: connected apps, and the customer keys that an app may not use any more.
import { isFirstParty, modeOf, type App } from '../../domain/apps/app.ts';
import { allowAgain } from '../../domain/connections/allow-again.ts';
import { disconnect } from '../../domain/connections/disconnect.ts';
import {
  listConnections,
  type ConnectedApp,
  type EndedKeyUse,
} from '../../domain/connections/list-connections.ts';
import { logoUrl } from '../../domain/logos/logo.ts';
import { perform } from '../../domain/operation.ts';
import type { Workspace } from '../../domain/workspaces/workspace.ts';
import { connectionPage, disconnectPage } from '../connections/detail.ts';
import type { EndedUse } from '../connections/ended.ts';
import { connectionListPage, type ListedConnection } from '../connections/list.ts';
import { againUrl } from './consent-url.ts';
import { normal, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { partOf } from './paged.ts';
import { notFound } from './problems.ts';
import { refusal } from './refusal.ts';

const LIST = '/settings/integrations/authorizations';

const PER_PAGE = 25;

const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });

const againAddress = (page: PersonPage, app: App): { readonly againUrl?: string } => {
  const url = againUrl(page.domain, app);
  return url === undefined ? {} : { againUrl: url };
};

const listed = (page: PersonPage, one: ConnectedApp): ListedConnection & { readonly endsAtMs?: number } => ({
  app: {
    name: one.app.name,
    ...(one.app.logoHash === undefined ? {} : { logoUrl: logoUrl(one.app.logoHash) }),
  },
  vendorName: one.vendor?.name ?? page.site.brand.name,
  workspaceName: one.workspace.name,
  permissions: one.permissions,
  connectedAtMs: one.connectedAtMs,
  ...(one.lastUsedAtMs === undefined ? {} : { lastUsedAtMs: one.lastUsedAtMs }),
  ...(one.endsAtMs === undefined ? {} : { endsAtMs: one.endsAtMs }),
  ...(one.keyName === undefined ? {} : { keyName: one.keyName }),
  detailUrl: `${LIST}/${one.publicId}`,
  disconnectUrl: `${LIST}/${one.publicId}/disconnect`,
  ...(one.needsAgain ? { needsAgain: true, ...againAddress(page, one.app) } : {}),
});

const allowFlow = (publicId: string): string => `connections.allow-again ${publicId}`;

const endedUse = (page: PersonPage, one: EndedKeyUse): EndedUse => ({
  appName: one.app.name,
  vendorName: one.vendor?.name ?? page.site.brand.name,
  workspaceName: one.workspace.name,
  keyName: one.key.name,
  endedAtMs: one.endedAtMs,
  allow: page.target(`${LIST}/${one.publicId}/allow-again`, allowFlow(one.publicId)),
  revokeKeyUrl: `/settings/integrations/api/${one.key.publicId}/revoke`,
});

/** What needs an answer is shown whatever workspace the person looks at. */
const isShown =
  (page: PersonPage) =>
  (one: { readonly workspace: Workspace; readonly needsAgain?: boolean }): boolean => {
    const current = page.frame.person?.workspaces?.current;
    return current === undefined || one.needsAgain === true || one.workspace.publicId === current.id;
  };

const list = async (page: PersonPage): Promise<PageAnswer> => {
  const { connected, ended } = await listConnections(page.domain, page.signedIn.user.id);
  // What needs an answer stands on the first page.
  const shown = connected
    .filter(isShown(page))
    .toSorted((one, other) => Number(other.needsAgain) - Number(one.needsAgain));
  const { items, paged } = partOf(page, shown, ({ publicId }) => publicId, { perPage: PER_PAGE });
  return normal(
    connectionListPage({
      ...paged,
      frame: page.frame,
      connections: items.map((one) => listed(page, one)),
      ended: ended.filter(isShown(page)).map((one) => endedUse(page, one)),
    }),
  );
};

const find = async (page: PersonPage): Promise<ConnectedApp | undefined> => {
  const { connected } = await listConnections(page.domain, page.signedIn.user.id);
  return connected.find(({ publicId }) => publicId === page.part('connection'));
};

const detail = async (page: PersonPage): Promise<PageAnswer> => {
  const one = await find(page);
  if (one === undefined) return notFound(page);
  return normal(
    connectionPage({
      frame: page.frame,
      connection: listed(page, one),
      website: isFirstParty(one.app) ? page.domain.settings.issuer : one.app.website,
      mode: modeOf(one.app),
    }),
  );
};

const askDisconnect = async (page: PersonPage): Promise<PageAnswer> => {
  const one = await find(page);
  if (one === undefined) return notFound(page);
  const { app, vendorName, workspaceName, disconnectUrl } = listed(page, one);
  return normal(
    disconnectPage({
      frame: page.frame,
      form: page.target(disconnectUrl, `connections.disconnect ${one.publicId}`),
      appName: app.name,
      workspaceName,
      vendorName,
      keepUrl: LIST,
    }),
  );
};

const doDisconnect = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, disconnect, by(page), { connection: page.part('connection') });
  if (result.ok) page.site.live?.disconnected(page.nowMs);
  return result.ok ? seeOther(LIST, 'disconnected') : refusal(page, disconnect.id, result, LIST);
};

const doAllowAgain = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, allowAgain, by(page), { connection: page.part('connection') });
  return result.ok ? seeOther(LIST, 'allowed-again') : refusal(page, allowAgain.id, result, LIST);
};

export const connectionRoutes: readonly Route[] = [
  personRoute({ path: LIST, get: list }),
  personRoute({ path: `${LIST}/:connection`, get: detail }),
  personRoute({
    path: `${LIST}/:connection/disconnect`,
    get: askDisconnect,
    post: {
      fields: [],
      flow: (page) => `connections.disconnect ${page.part('connection')}`,
      handle: doDisconnect,
    },
  }),
  personRoute({
    path: `${LIST}/:connection/allow-again`,
    post: { fields: [], flow: (page) => allowFlow(page.part('connection')), handle: doAllowAgain },
  }),
];
