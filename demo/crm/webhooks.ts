// Webhook subscriptions: recorded as documented. This demo delivers nothing, so it never calls an address it was given.
import type { JsonObject } from '../lossless-json.ts';
import { invalid, isRefusal, missing, ok, refuse, tooLong, type Refusal } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { idFrom } from './query.ts';
import type { Webhook, Workspace } from './records.ts';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 5000;
const SUBSCRIPTIONS_MAX = 50;
const URL_MAX = 2000;

const webhookFields = (webhook: Webhook, { teamId }: Workspace): JsonObject => ({
  subscribeId: webhook.subscribeId,
  teamId,
  listId: webhook.listId,
  callbackUrl: webhook.callbackUrl,
  vendorId: webhook.vendorId === '' ? null : webhook.vendorId,
  limit: webhook.limit,
});

const wholeNumber = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) ? value : -1;

const callbackUrlOf = (value: unknown): string | Refusal => {
  if (value === undefined || value === null) return missing('callbackUrl is required.');
  if (typeof value !== 'string') return invalid('callbackUrl must be text.');
  if (value.length > URL_MAX) return tooLong(`callbackUrl is longer than ${URL_MAX} characters.`);
  const url = URL.parse(value);
  if (url?.protocol !== 'https:') return invalid('callbackUrl must be an https address.');
  return url.username === '' && url.password === ''
    ? url.href
    : invalid('callbackUrl must not hold a name or password.');
};

const limitOf = (value: unknown): number | Refusal => {
  if (value === undefined) return LIMIT_DEFAULT;
  const limit = wholeNumber(value);
  if (limit > LIMIT_MAX) return refuse(400, 'LIMIT_PARAM_OVERSIZE', `limit must be at most ${LIMIT_MAX}.`);
  return limit >= 1
    ? limit
    : refuse(400, 'LIMIT_NOT_VALID', `limit must be a whole number from 1 to ${LIMIT_MAX}.`);
};

const listIdOf = (value: unknown): number | Refusal => {
  if (value === undefined || value === null) return missing('listId is required.');
  const listId = wholeNumber(value);
  return listId >= 1 && listId <= 12 ? listId : invalid('listId must be a whole number from 1 to 12.');
};

/** An app sees and ends its own subscriptions only. */
const ownWebhooks = ({ workspace, app }: Call): readonly Webhook[] =>
  [...workspace.webhooks.values()].filter(({ vendorId }) => vendorId === app);

export const createWebhook: Endpoint = (call) => {
  const { body, workspace, store, app } = call;
  const listId = listIdOf(body['listId']);
  if (isRefusal(listId)) return listId;
  const callbackUrl = callbackUrlOf(body['callbackUrl']);
  if (isRefusal(callbackUrl)) return callbackUrl;
  const limit = limitOf(body['limit']);
  if (isRefusal(limit)) return limit;
  if (ownWebhooks(call).length >= SUBSCRIPTIONS_MAX) {
    return refuse(
      400,
      'LIMIT_PARAM_OVERSIZE',
      `At most ${SUBSCRIPTIONS_MAX} subscriptions; delete one first.`,
    );
  }
  const webhook: Webhook = { subscribeId: store.nextId(), listId, callbackUrl, limit, vendorId: app };
  workspace.webhooks.set(webhook.subscribeId, webhook);
  store.keep(workspace);
  return ok(webhookFields(webhook, workspace));
};

export const listWebhooks: Endpoint = (call) =>
  ok({ webhooks: ownWebhooks(call).map((webhook) => webhookFields(webhook, call.workspace)) });

export const deleteWebhook: Endpoint = (call) => {
  const subscribeId = idFrom(call.id, 'subscribeId');
  if (isRefusal(subscribeId)) return subscribeId;
  if (!ownWebhooks(call).some((webhook) => webhook.subscribeId === subscribeId)) {
    return refuse(404, 'SUBSCRIBE_NOT_EXIST', 'This subscription does not exist, or is not yours.');
  }
  call.workspace.webhooks.delete(subscribeId);
  return ok({ subscribeId });
};
