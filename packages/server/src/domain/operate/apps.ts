// Apps of every vendor, and first-party ones, as operators see them; and how many requests one of them may send.
import * as v from 'valibot';
import { pageAnswer, pageInput } from '../answers.ts';
import { answerOfApp, appAnswer } from '../apps/answer.ts';
import { APP_STATUSES } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { tellContact } from '../reviews/letters.ts';
import { publicIdText } from '../text-rules.ts';
import type { ListedApp } from './directory-store.ts';
import { pageOfPart, partAfter } from './pages.ts';
import { searchText } from './people.ts';
import { byOperator } from './rules.ts';

const MAX_LIMIT_PER_MINUTE = 1_000_000;

const operatedAnswer = v.object({
  ...appAnswer.entries,
  vendor: v.nullable(v.string()),
  connections: v.number(),
  limitPerMinute: v.pipe(v.nullable(v.number()), v.description('Null: the limit of its mode.')),
});

const answerOfOperated = async (
  { app, vendorName, connectionCount }: ListedApp,
  domain: Domain,
): Promise<v.InferOutput<typeof operatedAnswer>> => ({
  ...(await answerOfApp(app, domain)),
  vendor: vendorName ?? null,
  connections: connectionCount,
  limitPerMinute: app.rateLimitPerMinute ?? null,
});

export const operateApps = operation({
  id: 'operate.apps',
  summary: 'Find apps by name, client id or vendor',
  http: ['GET', '/api/operate/apps'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    ...pageInput,
    search: searchText,
    status: v.optional(v.picklist(['all', ...APP_STATUSES, 'suspended']), 'all'),
  }),
  output: pageAnswer(operatedAnswer),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores } }, { search, status, ...input }) {
    const last = input.after === '' ? undefined : await stores.apps.findByPublicId(input.after);
    const part = partAfter(input, last);
    if (part === undefined) return refuseField('after', 'malformed');
    const found = await stores.directory.apps(search, status, part);
    return done(pageOfPart(found, input.limit, ({ app }) => app.publicId));
  },
  answer: async ({ items, next }, domain) => ({
    items: await Promise.all(items.map((item) => answerOfOperated(item, domain))),
    next,
  }),
});

export const operateApp = operation({
  id: 'operate.app',
  summary: 'See where an app stands',
  http: ['GET', '/api/operate/apps/{app}'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  output: operatedAnswer,
  subject: 'app',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores } }, _input, app) {
    const [connectionCount, vendor] = await Promise.all([
      stores.connections.countActive(app.id),
      app.vendorId === undefined ? undefined : stores.vendors.find(app.vendorId),
    ]);
    const listed: ListedApp = {
      app,
      connectionCount,
      ...(vendor === undefined ? {} : { vendorName: vendor.name }),
    };
    return done(listed);
  },
  answer: answerOfOperated,
});

export const setAppLimit = operation({
  id: 'operate.set-app-limit',
  summary: 'Set how many requests a minute an app may send',
  http: ['POST', '/api/operate/apps/{app}/limit'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    app: publicIdText,
    version: v.pipe(v.number(), v.safeInteger()),
    limitPerMinute: v.pipe(
      v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIMIT_PER_MINUTE))),
      v.description('Null: the limit of its mode.'),
    ),
  }),
  output: v.object({ app: v.string(), limitPerMinute: v.nullable(v.number()), version: v.number() }),
  subject: 'app',
  allow: [byOperator],
  stepUp: true,
  refusals: { changed: 409 },
  async run({ domain, trace }, { version, limitPerMinute }, app) {
    const { rateLimitPerMinute, ...rest } = app;
    const next = {
      ...rest,
      version: version + 1,
      ...(limitPerMinute === null ? {} : { rateLimitPerMinute: limitPerMinute }),
    };
    const detail = {
      before: rateLimitPerMinute ?? 'of its mode',
      after: limitPerMinute ?? 'of its mode',
    };
    if (app.version !== version) return refuse('changed');
    const mails =
      limitPerMinute === (rateLimitPerMinute ?? null) ? [] : await tellContact(domain, next, 'limit-changed');
    const replaced = await domain.stores.apps.replace(next, version, trace(detail, mails));
    return replaced ? done({ app: app.publicId, limitPerMinute, version: next.version }) : refuse('changed');
  },
});
