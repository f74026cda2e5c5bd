// The portal over HTTP: Hono finds the route, `servePage` checks and answers, and this file writes the response.
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { IncomingMessage } from 'node:http';
import { createCookieJar } from '../../http/cookies.ts';
import type { Exchange } from '../../http/exchange.ts';
import type { Routes } from '../../http/listener.ts';
import { logoAsset, portalAsset, sentAs, type AssetAnswer } from '../assets.ts';
import { pageHeaders } from '../headers.ts';
import { apiReferenceRoutes } from './api-reference.ts';
import { consentRoutes } from './consent.ts';
import { connectionRoutes } from './connections.ts';
import { demoRoutes } from './demo.ts';
import { deviceRoutes } from './device.ts';
import { developerRoutes } from './developer.ts';
import { docsRoutes } from './docs.ts';
import { homeRoutes } from './home.ts';
import { managementKeyRoutes } from './management-keys.ts';
import { keyRoutes } from './keys.ts';
import { reviewRoutes } from './review.ts';
import { openPage } from './open-page.ts';
import { operateAppRoutes } from './operate-apps.ts';
import { operateAuditRoutes } from './operate-audit.ts';
import { operateClaimRoutes } from './operate-claim.ts';
import { operateKeyRoutes } from './operate-keys.ts';
import { operateListRoutes } from './operate-lists.ts';
import { operateRoleRoutes } from './operate-roles.ts';
import type { PageAnswer, Route, Site } from './page.ts';
import { notFound, unexpected } from './problems.ts';
import { servePage, type Served } from './serve-page.ts';
import { appTestingRoutes } from './app-testing.ts';
import { teamRoutes } from './developer-team.ts';
import { echoRoutes } from './echo.ts';
import { emailChangeRoutes } from './email-change.ts';
import { invitationRoutes } from './invitations.ts';
import { qualificationRoutes } from './qualification.ts';
import { resetRoutes } from './reset.ts';
import { profileRoutes } from './profile.ts';
import { securityRoutes } from './security.ts';
import { signInRoutes } from './sign-in.ts';
import { stepUpRoutes } from './step-up.ts';
import { workspaceRoutes } from './workspaces.ts';
import { signUpRoutes } from './sign-up.ts';

/** In the order in which they are looked up. */
export const routesOf = (site: Site): readonly Route[] => [
  ...homeRoutes,
  ...demoRoutes(site),
  ...signInRoutes,
  ...stepUpRoutes,
  ...securityRoutes,
  ...profileRoutes,
  ...workspaceRoutes,
  ...signUpRoutes,
  ...resetRoutes,
  ...emailChangeRoutes,
  ...consentRoutes,
  ...deviceRoutes,
  ...keyRoutes,
  ...connectionRoutes,
  ...developerRoutes,
  ...appTestingRoutes,
  ...echoRoutes,
  ...teamRoutes,
  ...invitationRoutes,
  // Before the reviews, whose numbers are the same kind of address.
  ...qualificationRoutes(site),
  ...managementKeyRoutes,
  ...reviewRoutes,
  // Before the guides, whose names are the same kind of address.
  ...apiReferenceRoutes,
  ...operateClaimRoutes,
  ...operateListRoutes,
  ...operateKeyRoutes,
  ...operateRoleRoutes,
  ...operateAppRoutes,
  ...operateAuditRoutes,
  ...docsRoutes(site),
];

const FLASH_SECONDS = 60;

const assetResponse = (asset: AssetAnswer, acceptEncoding?: string): Response => {
  const { headers, body } = sentAs(asset, acceptEncoding);
  return new Response(new Uint8Array(body), { status: asset.status, headers });
};

const responseOf = (
  site: Site,
  exchange: Exchange,
  answer: PageAnswer,
  cookies: readonly string[],
): Response => {
  const headers = new Headers({ 'x-request-id': exchange.requestId });
  for (const cookie of [...cookies, ...(answer.cookies ?? [])]) headers.append('set-cookie', cookie);
  if (answer.kind === 'file') {
    headers.set('content-type', answer.type);
    headers.set('content-disposition', `attachment; filename="${answer.name}"`);
    headers.set('cache-control', 'no-store');
    headers.set('x-content-type-options', 'nosniff');
    return new Response(answer.body, { status: 200, headers });
  }
  if (answer.kind === 'redirect') {
    if (answer.flash !== undefined)
      headers.append('set-cookie', site.cookies.set(site.cookies.flash, answer.flash, FLASH_SECONDS));
    headers.set('location', answer.to);
    headers.set('cache-control', 'no-store');
    headers.set('referrer-policy', 'no-referrer');
    return new Response(null, { status: 303, headers });
  }
  for (const [name, value] of Object.entries({
    ...pageHeaders(answer.pageKind, answer.calls),
    ...answer.headers,
  }))
    headers.set(name, value);
  return new Response(String(answer.html), { status: answer.status, headers });
};

/** A redirect keeps the flash for the page that it leads to. */
const cookiesWith = ({ answer, opened }: Served): readonly string[] =>
  answer.kind === 'page' ? opened.cookies : opened.cookies.filter((cookie) => !cookie.includes('-flash='));

/** No name of ours holds a NUL, and not every database takes one. */
const part = (given: string | undefined): string =>
  given === undefined || given.includes('\0') ? '' : given;

type Bindings = { readonly incoming: IncomingMessage };

/** The routes and their answers, as a fetch function of the exchange behind a request. */
const createApp = (site: Site, exchangeOf: (incoming: IncomingMessage) => Exchange) => {
  const app = new Hono<{ Bindings: Bindings }>();
  for (const route of routesOf(site)) {
    app.all(route.path, async (context) => {
      const exchange = exchangeOf(context.env.incoming);
      const served = await servePage(site, route, exchange, (name) => part(context.req.param(name)));
      return responseOf(site, exchange, served.answer, cookiesWith(served));
    });
  }
  app.get('/logos/:hash', async (context, next) => {
    const png = await site.domain.stores.logos.find(part(context.req.param('hash')));
    return png === undefined ? next() : assetResponse(logoAsset(png));
  });
  app.get('*', async (context, next) => {
    const { path, header } = exchangeOf(context.env.incoming);
    const asset = portalAsset(path) ?? site.assets?.(path);
    return asset === undefined ? next() : assetResponse(asset, header('accept-encoding'));
  });
  app.notFound(async (context) => {
    const exchange = exchangeOf(context.env.incoming);
    const opened = await openPage(site, exchange, () => '');
    return responseOf(site, exchange, notFound(opened.page), opened.cookies);
  });
  app.onError((error, context) => {
    const exchange = exchangeOf(context.env.incoming);
    site.onError(error, exchange.requestId);
    // Without looking at the person: what failed may be the very thing that finds out who it is.
    const frame = { brand: site.brand, nowMs: site.domain.now(), zone: 'UTC' };
    return responseOf(site, exchange, unexpected({ frame, exchange }), []);
  });
  return app;
};

export type PortalPorts = Omit<Site, 'cookies'>;

/** Answers every path that no machine endpoint has. */
export const createPortal = (ports: PortalPorts): Routes['pages'] => {
  const site: Site = {
    ...ports,
    cookies: createCookieJar(ports.domain.settings.issuer),
  };
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  const app = createApp(site, (incoming) => {
    const exchange = exchanges.get(incoming);
    if (exchange === undefined) throw new Error('a page was asked for without its exchange');
    return exchange;
  });
  const { hostname } = new URL(ports.domain.settings.issuer);
  const listener = getRequestListener(
    (request, env) => app.fetch(request, { incoming: env.incoming as IncomingMessage }),
    { overrideGlobalObjects: false, hostname },
  );
  return (incoming, outgoing, exchange) => {
    exchanges.set(incoming, exchange);
    void listener(incoming, outgoing);
  };
};

export type { DemoSite as PortalDemo } from './page.ts';
