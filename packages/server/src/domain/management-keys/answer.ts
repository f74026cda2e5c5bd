// A management key as the management API shows it: never its secret, nor the hash.
import * as v from 'valibot';
import { instant, instantOf, instantOrNull } from '../answers.ts';
import { managementKeyStatus, type ManagementKey } from './management-key.ts';

export const managementKeyAnswer = v.object({
  id: v.string(),
  name: v.string(),
  owner: v.picklist(['user', 'vendor']),
  status: v.picklist(['active', 'expired', 'revoked']),
  lastFour: v.string(),
  operations: v.array(v.string()),
  createdAt: instant,
  expiresAt: v.nullable(instant),
  lastUsedAt: v.nullable(instant),
});

export const answerOfManagementKey = (
  key: ManagementKey,
  nowMs: number,
): v.InferOutput<typeof managementKeyAnswer> => ({
  id: key.publicId,
  name: key.name,
  owner: key.vendorId === undefined ? 'user' : 'vendor',
  status: managementKeyStatus(key, nowMs),
  lastFour: key.lastFour,
  operations: [...key.operations],
  createdAt: instantOf(key.createdAtMs),
  expiresAt: instantOrNull(key.expiresAtMs),
  lastUsedAt: instantOrNull(key.lastUsedAtMs),
});
