// `/operate/apps`: every vendor's apps; the limit of one, its suspension and the end of that.
import { modeOf, REQUESTS_PER_MINUTE, type App } from '../../domain/apps/app.ts';
import { liftApp, suspendApp } from '../../domain/apps/suspend.ts';
import { operateApp, operateApps, setAppLimit } from '../../domain/operate/apps.ts';
import type { ListedApp } from '../../domain/operate/directory-store.ts';
import { perform } from '../../domain/operation.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { appsUrl, limitWords, operateAppPage, operateAppsPage, type ShownApp } from '../operate/apps.ts';
import { operateStepPage, type StepView } from '../operate/step.ts';
import { operateWords } from '../words/operate.ts';
import { by } from './app-page.ts';
import { auditOf, part } from './operate-lists.ts';
import { normal, operatorRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { pagedBy } from './paged.ts';
import { refusal } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const texts = operateWords.apps;
type Filter = keyof typeof texts.filters;
const FILTERS = Object.keys(texts.filters) as Filter[];

const limitOf = (page: PersonPage, app: App): number =>
  app.rateLimitPerMinute ?? (page.site.requestsPerMinute ?? REQUESTS_PER_MINUTE)[modeOf(app)];

const shown = (page: PersonPage, { app, vendorName, connectionCount }: ListedApp): ShownApp => ({
  url: `${appsUrl}/${app.publicId}`,
  publicId: app.publicId,
  clientId: app.clientId,
  name: app.name,
  status: app.suspendedAtMs === undefined ? app.status : 'suspended',
  statusSinceMs: app.suspendedAtMs ?? app.statusSinceMs,
  connections: connectionCount,
  limitPerMinute: limitOf(page, app),
  ownLimit: app.rateLimitPerMinute !== undefined,
  createdAtMs: app.createdAtMs,
  ...(vendorName === undefined ? {} : { vendorName }),
});

const list = async (page: PersonPage): Promise<PageAnswer> => {
  const filter = FILTERS.find((one) => one === page.search('status')) ?? 'all';
  const result = await perform(page.domain, operateApps, by(page), { ...part(page), status: filter });
  if (!result.ok) return refusal(page, 'operate.apps', result, appsUrl);
  return normal(
    operateAppsPage({
      frame: page.frame,
      search: part(page).search,
      filter,
      apps: result.value.items.map((one) => shown(page, one)),
      ...pagedBy(page, result.value.next),
    }),
  );
};

const withApp =
  (show: (page: PersonPage, app: ListedApp) => PageAnswer) =>
  async (page: PersonPage): Promise<PageAnswer> => {
    const result = await perform(page.domain, operateApp, by(page), { app: page.part('app') });
    return result.ok ? show(page, result.value) : refusal(page, 'operate.app', result, appsUrl);
  };

const detail = withApp((page, listed) => {
  const { app } = listed;
  const url = `${appsUrl}/${app.publicId}`;
  return normal(
    operateAppPage({
      frame: page.frame,
      app: shown(page, listed),
      contactName: app.contactName,
      contactEmail: app.contactEmail,
      auditUrl: auditOf(app.publicId),
      limitUrl: `${url}/limit`,
      stepUrl: `${url}/${app.suspendedAtMs === undefined ? 'suspend' : 'lift'}`,
    }),
  );
});

type StepName = 'suspend' | 'lift' | 'limit';
const steps = {
  suspend: { title: texts.suspendTitle, text: texts.suspendText, action: texts.suspend, dangerous: true },
  lift: { title: texts.liftTitle, text: texts.liftText, action: texts.lift, dangerous: false },
  limit: { title: texts.limitTitle, text: texts.limitText, action: texts.limit, dangerous: false },
} as const;

const flowOf = (page: PersonPage, step: StepName, version: string): string =>
  `apps.${step} ${page.part('app')} ${version}`;
const backUrl = (page: PersonPage): string => `${appsUrl}/${page.part('app')}`;

const showStep = (
  page: PersonPage,
  step: StepName,
  given: { readonly name: string; readonly version: string; readonly asks: NonNullable<StepView['asks']> },
  status = 200,
): PageAnswer =>
  normal(
    operateStepPage({
      ...steps[step],
      frame: page.frame,
      form: page.target(page.path, flowOf(page, step, given.version), { version: given.version }),
      current: appsUrl,
      subjectName: given.name,
      backUrl: backUrl(page),
      asks: given.asks,
    }),
    status,
  );

const askedBy = (
  page: PersonPage,
  step: StepName,
  app: App | undefined,
  value: string,
  error?: string,
): NonNullable<StepView['asks']> => ({
  what: step === 'limit' ? 'limit' : 'reason',
  value,
  ...(step === 'limit' && app !== undefined
    ? { hint: texts.inForce(limitWords(limitOf(page, app), app.rateLimitPerMinute !== undefined)) }
    : {}),
  ...(error === undefined ? {} : { error }),
});

const again = async (
  page: PersonPage,
  step: StepName,
  form: PageForm,
  error: string,
): Promise<PageAnswer> => {
  const app = await page.domain.stores.apps.findByPublicId(page.part('app'));
  const asks = askedBy(page, step, app, form.get(step === 'limit' ? 'limit' : 'reason') ?? '', error);
  return showStep(page, step, { name: app?.name ?? '', version: form.get('version') ?? '', asks }, 400);
};

const postReason =
  (step: 'suspend' | 'lift') =>
  async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
    const input = { app: page.part('app'), reason: form.get('reason') ?? '' };
    const result =
      step === 'suspend'
        ? await perform(page.domain, suspendApp, by(page), input)
        : await perform(page.domain, liftApp, by(page), input);
    if (result.ok) return seeOther(backUrl(page), step === 'suspend' ? 'app-suspended' : 'app-lifted');
    if (!('problems' in result)) return refusal(page, `apps.${step}`, result, backUrl(page));
    const missing = result.problems.some(({ code }) => code === 'reason-missing');
    return again(page, step, form, missing ? texts.reasonMissing : texts.reasonLong);
  };

const postLimit = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const typed = (form.get('limit') ?? '').trim();
  const limitPerMinute = typed === '' ? null : Number(/^\d{1,9}$/.test(typed) ? typed : Number.NaN);
  const input = { app: page.part('app'), version: Number(form.get('version')), limitPerMinute };
  const result = await perform(page.domain, setAppLimit, by(page), input);
  if (result.ok) return seeOther(backUrl(page), 'limit-set');
  if (!('problems' in result)) return refusal(page, 'operate.set-app-limit', result, backUrl(page));
  return again(page, 'limit', form, texts.limitWrong);
};

const stepRoute = (step: StepName): Route =>
  operatorRoute({
    path: `${appsUrl}/:app/${step}`,
    get: withApp((page, { app }) => {
      if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page);
      const value = step === 'limit' ? String(app.rateLimitPerMinute ?? '') : '';
      const version = String(app.version);
      return showStep(page, step, { name: app.name, version, asks: askedBy(page, step, app, value) });
    }),
    post: {
      fields: [step === 'limit' ? 'limit' : 'reason', 'version'],
      flow: (page, form) => flowOf(page, step, form.get('version') ?? ''),
      handle: step === 'limit' ? postLimit : postReason(step),
    },
  });

export const operateAppRoutes: readonly Route[] = [
  operatorRoute({ path: appsUrl, get: list }),
  operatorRoute({ path: `${appsUrl}/:app`, get: detail }),
  stepRoute('suspend'),
  stepRoute('lift'),
  stepRoute('limit'),
];
