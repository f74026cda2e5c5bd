// Makes a management key for chosen operations. Its secret is shown now and never again.
import * as v from 'valibot';
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { publicId } from '../connections/grant.ts';
import { code } from '../field-problem.ts';
import { expirationMs } from '../keys/expiration.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { requiredText } from '../text-rules.ts';
import { answerOfManagementKey, managementKeyAnswer } from './answer.ts';
import type { ManagementKey } from './management-key.ts';

/** Live ones, per person who makes them. */
const MANAGEMENT_KEYS_PER_PERSON = 20;

export const createManagementKey = operation({
  id: 'management-keys.create',
  summary: 'Create a management key',
  http: ['POST', '/api/management-keys'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    name: requiredText(80),
    operations: v.pipe(
      v.array(v.pipe(v.string(), v.maxLength(100))),
      v.minLength(1, code('choice-missing')),
      v.maxLength(200, code('choice-missing')),
      v.description('Ids of the operations that the key is good for.'),
    ),
    owner: v.pipe(
      v.optional(v.picklist(['user', 'vendor'], code('choice-missing')), 'user'),
      v.description('`vendor`: your whole team sees the key and can revoke it.'),
    ),
    expires: v.pipe(
      v.optional(v.pipe(v.string(), v.maxLength(10)), ''),
      v.description('A day such as `2030-01-31`, in your time zone. Left out: no end.'),
    ),
  }),
  output: v.object({ managementKey: managementKeyAnswer, secret: v.string() }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { limit: 409, 'no-vendor': 409 },
  async run({ domain, asker, nowMs, trace }, { name, operations, owner, expires }) {
    if (operations.some((id) => !domain.managementOperations.has(id)))
      return refuseField('operations', 'unknown-operation');
    const expiresAtMs = expires === '' ? undefined : expirationMs(expires, asker.user.timeZone);
    if (expires !== '' && expiresAtMs === undefined) return refuseField('expires', 'date-malformed');
    if (expiresAtMs !== undefined && expiresAtMs <= nowMs)
      return refuseField('expires', 'date-not-in-future');
    const vendor = owner === 'vendor' ? await domain.stores.vendors.ofUser(asker.user.id) : undefined;
    if (owner === 'vendor' && vendor === undefined) return refuse('no-vendor');
    const id = await domain.stores.nextId();
    const made = createRecordSecret(SECRET_PREFIX.managementKey, id, domain.secrets.random);
    const managementKey: ManagementKey = {
      id,
      publicId: publicId(domain, 'mk'),
      userId: asker.user.id,
      ...(vendor === undefined ? {} : { vendorId: vendor.id }),
      name,
      hash: made.hash,
      lastFour: made.lastFour,
      operations: [...new Set(operations)],
      createdAtMs: nowMs,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    };
    const created = await domain.stores.managementKeys.create(
      managementKey,
      MANAGEMENT_KEYS_PER_PERSON,
      trace({ operations: managementKey.operations.length }),
    );
    if (created === 'created') return done({ managementKey, secret: made.secret });
    return refuse(created === 'limit' ? 'limit' : 'no-vendor');
  },
  answer: ({ managementKey, secret }, domain) => ({
    managementKey: answerOfManagementKey(managementKey, domain.now()),
    secret,
  }),
});
