// `/developer/apps/{id}/usage` and `/requests`: what an app's calls came to, for its team.
import type { App } from '../../domain/apps/app.ts';
import { perform } from '../../domain/operation.ts';
import { usageDays } from '../../domain/usage/days.ts';
import { usageMinutes } from '../../domain/usage/minutes.ts';
import { usageRequests } from '../../domain/usage/requests.ts';
import { appRequestsPage, requestsUrl } from '../developer/requests.ts';
import type { AppOverviewView } from '../developer/overview.ts';
import { appUsagePage, busiestMinute } from '../developer/usage.ts';
import { reasonText } from '../words/usage.ts';
import { addressOf, by, headOf, ofTeam, type AppPage } from './app-page.ts';
import { normal, vendorRoute, type PersonPage, type Route } from './page.ts';
import { notFound } from './problems.ts';
import { refusal } from './refusal.ts';
import { walkThroughRoutes } from './walk-through.ts';

const usage: AppPage = async (page, app) => {
  const input = { app: app.publicId };
  const [minutes, days] = await Promise.all([
    perform(page.domain, usageMinutes, by(page), input),
    perform(page.domain, usageDays, by(page), input),
  ]);
  if (!minutes.ok) return refusal(page, usageMinutes.id, minutes, addressOf(app));
  if (!days.ok) return refusal(page, usageDays.id, days, addressOf(app));
  return normal(
    appUsagePage({
      frame: page.frame,
      app: await headOf(page, app),
      minutes: minutes.value,
      days: days.value,
      permissions: page.domain.permissions,
    }),
  );
};

const requests: AppPage = async (page, app) => {
  const filter = page.search('show') === 'refused' ? 'refused' : 'all';
  const after = page.search('after') ?? '';
  const input = { app: app.publicId, show: filter, after, limit: 50 };
  const result = await perform(page.domain, usageRequests, by(page), input);
  if ('problems' in result) return notFound(page);
  if (!result.ok) return refusal(page, usageRequests.id, result, addressOf(app));
  const { items, next } = result.value;
  const head = await headOf(page, app);
  const firstUrl = requestsUrl(head, filter);
  return normal(
    appRequestsPage({
      frame: page.frame,
      app: head,
      filter,
      requests: items,
      ...(after === '' ? {} : { firstUrl }),
      ...(next === null ? {} : { nextUrl: `${firstUrl}${filter === 'all' ? '?' : '&'}after=${next}` }),
    }),
  );
};

/** For the app's first page: what was refused last, and how near to the limit it came. */
export const trafficOf = async (
  page: PersonPage,
  app: App,
): Promise<Pick<AppOverviewView, 'refused' | 'busiestMinute'>> => {
  const [last, minutes] = await Promise.all([
    perform(page.domain, usageRequests, by(page), { app: app.publicId, show: 'refused', limit: 5 }),
    perform(page.domain, usageMinutes, by(page), { app: app.publicId }),
  ]);
  return {
    refused: last.ok
      ? last.value.items.map(({ atMs, method, path, status, reason, requestId }) => ({
          atMs,
          endpoint: `${method} ${path}`,
          status,
          reason: reasonText(reason),
          requestId,
        }))
      : [],
    busiestMinute: minutes.ok ? busiestMinute(minutes.value) : 0,
  };
};

export const appUsageRoutes: readonly Route[] = [
  vendorRoute({ path: '/developer/apps/:app/usage', get: ofTeam(usage) }),
  vendorRoute({ path: '/developer/apps/:app/requests', get: ofTeam(requests) }),
  ...walkThroughRoutes,
];
