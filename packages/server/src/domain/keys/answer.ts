// An API key as its owner sees it in lists; never the key itself.
import * as v from 'valibot';
import { instant, instantOf, instantOrNull } from '../answers.ts';
import type { Domain } from '../domain.ts';
import { keyStatus, type ApiKey } from './key.ts';

export const keyAnswer = v.object({
  id: v.string(),
  name: v.string(),
  description: v.string(),
  form: v.picklist(['signed', 'opaque', 'legacy']),
  status: v.picklist(['active', 'expired', 'revoked', 'awaiting-collection']),
  lastFour: v.string(),
  madeBy: v.string(),
  workspace: v.object({ id: v.string(), name: v.string() }),
  createdAt: instant,
  expiresAt: v.nullable(instant),
  lastUsedAt: v.nullable(instant),
});

export const answerOfKey = async (key: ApiKey, domain: Domain): Promise<v.InferOutput<typeof keyAnswer>> => {
  const workspace = await domain.stores.workspaces.find(key.workspaceId);
  return {
    id: key.publicId,
    name: key.name,
    description: key.description,
    form: key.form,
    status: keyStatus(key, domain.now()),
    lastFour: key.lastFour,
    madeBy: key.madeBy,
    workspace: { id: workspace?.publicId ?? '', name: workspace?.name ?? '' },
    createdAt: instantOf(key.createdAtMs),
    expiresAt: instantOrNull(key.expiresAtMs),
    lastUsedAt: instantOrNull(key.lastUsedAtMs),
  };
};
