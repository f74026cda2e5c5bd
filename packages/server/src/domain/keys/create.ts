// Makes an API key: signed (Lofty's form; can be shown again after step-up) or opaque (Loomta's; shown once). Who holds it
// can do what its maker can.
import * as v from 'valibot';
import { createRecordSecret } from '../../secrets/record-secret.ts';
import { publicId } from '../connections/grant.ts';
import { mayMakeTerminalKey } from '../devices/decide.ts';
import { code } from '../field-problem.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { optionalText, publicIdText, requiredText } from '../text-rules.ts';
import { answerOfKey, keyAnswer } from './answer.ts';
import { expirationMs } from './expiration.ts';
import type { ApiKey } from './key.ts';

export const createKey = operation({
  id: 'keys.create',
  summary: 'Create an API key',
  http: ['POST', '/api/keys'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    name: requiredText(80),
    description: optionalText(500),
    /** `YYYY-MM-DD`, or empty for no end. */
    expires: v.optional(v.string(), ''),
    workspace: v.optional(publicIdText, ''),
    form: v.optional(v.picklist(['signed', 'opaque'], code('kind-missing')), 'signed'),
    acknowledged: v.literal('yes', code('not-acknowledged')),
  }),
  output: v.object({ key: keyAnswer, secret: v.string() }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { limit: 409, 'role-too-low': 403 },
  async run({ domain, asker, caused, nowMs, trace }, input) {
    const { user } = asker;
    const expiresAtMs = input.expires === '' ? undefined : expirationMs(input.expires, user.timeZone);
    if (input.expires !== '' && expiresAtMs === undefined) return refuseField('expires', 'date-malformed');
    if (expiresAtMs !== undefined && expiresAtMs <= nowMs)
      return refuseField('expires', 'date-not-in-future');
    const memberships = await domain.stores.workspaces.membershipsOf(user.id);
    const membership = memberships.find(({ workspace }) => workspace.publicId === input.workspace);
    if (membership === undefined) return refuseField('workspace', 'workspace-missing');
    if (input.form === 'opaque' && !mayMakeTerminalKey(domain, membership)) return refuse('role-too-low');
    const id = await domain.stores.nextId();
    const opaque =
      input.form === 'opaque'
        ? createRecordSecret(domain.settings.opaqueKeyPrefix, id, domain.secrets.random)
        : undefined;
    const unnamed = {
      id,
      publicId: publicId(domain, 'key'),
      userId: user.id,
      workspaceId: membership.workspace.id,
      memberId: membership.member.id,
      form: input.form,
      ...(opaque === undefined ? {} : { hash: opaque.hash }),
      name: input.name,
      description: input.description,
      nonce: domain.secrets.random(16),
      lastFour: '',
      madeBy: 'page',
      createdAtMs: nowMs,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
      collectedAtMs: nowMs,
      acknowledged: { atMs: nowMs, address: caused.address, device: caused.device },
    } satisfies ApiKey;
    const text = opaque?.secret ?? domain.secrets.keyJws.derive(unnamed);
    const key: ApiKey = { ...unnamed, lastFour: text.slice(-4) };
    const created = await domain.stores.keys.create(
      key,
      domain.settings.keysPerMember,
      trace({ workspace: membership.workspace.publicId }),
    );
    return created === 'created' ? done({ key, text, membership }) : refuse('limit');
  },
  answer: async ({ key, text }, domain) => ({ key: await answerOfKey(key, domain), secret: text }),
});
