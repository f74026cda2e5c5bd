// An app as its team sees it by the management API.
import * as v from 'valibot';
import { instant, instantOf, instantOrNull } from '../answers.ts';
import type { Domain } from '../domain.ts';
import { APP_STATUSES, modeOf, type App, type AppSecret } from './app.ts';

export const appAnswer = v.object({
  id: v.string(),
  clientId: v.string(),
  kind: v.picklist(['confidential', 'public']),
  status: v.picklist(APP_STATUSES),
  statusSince: instant,
  mode: v.picklist(['development', 'production']),
  suspended: v.boolean(),
  version: v.pipe(v.number(), v.integer(), v.description('Send it back with what you change.')),
  name: v.string(),
  website: v.string(),
  description: v.string(),
  redirectUris: v.array(v.string()),
  contactName: v.string(),
  contactEmail: v.string(),
  contactPhone: v.string(),
  permissions: v.pipe(v.array(v.string()), v.description('Ids of the live permissions.')),
  createdAt: instant,
});

export const answerOfApp = async (app: App, domain: Domain): Promise<v.InferOutput<typeof appAnswer>> => ({
  id: app.publicId,
  clientId: app.clientId,
  kind: app.kind,
  status: app.status,
  statusSince: instantOf(app.statusSinceMs),
  mode: modeOf(app),
  suspended: app.suspendedAtMs !== undefined,
  version: app.version,
  name: app.name,
  website: app.website,
  description: app.description,
  redirectUris: [...app.redirectUris],
  contactName: app.contactName,
  contactEmail: app.contactEmail,
  contactPhone: app.contactPhone,
  permissions: [...((await domain.stores.permissionSets.find(app.permissionSetId))?.permissions ?? [])],
  createdAt: instantOf(app.createdAtMs),
});

/** Never the secret itself. */
export const secretAnswer = v.object({
  lastFour: v.string(),
  createdAt: instant,
  lastUsedAt: v.nullable(instant),
  lastUsedFrom: v.nullable(v.string()),
  endsAt: v.nullable(instant),
});

export const answerOfSecret = (secret: AppSecret): v.InferOutput<typeof secretAnswer> => ({
  lastFour: secret.lastFour,
  createdAt: instantOf(secret.createdAtMs),
  lastUsedAt: instantOrNull(secret.lastUsedAtMs),
  lastUsedFrom: secret.lastUsedFrom ?? null,
  endsAt: instantOrNull(secret.endsAtMs),
});
