// Takes over a key from before: active, without end, in the name of a member. By an operator, or by a script of the owner.
import * as v from 'valibot';
import { hashSecret } from '../../secrets/record-secret.ts';
import { publicId } from '../connections/grant.ts';
import type { Caused, Domain } from '../domain.ts';
import { traceOf } from '../domain.ts';
import { done, operation, refuse, type Rule } from '../operation.ts';
import { emailText, optionalText, publicIdText } from '../text-rules.ts';
import { emailKey } from '../users/user.ts';
import type { Membership } from '../workspaces/workspace.ts';
import type { ApiKey } from './key.ts';
import { isLegacyShaped, legacyLookups } from './legacy.ts';

const LEGACY_KEY_NAME = 'Legacy Token';

export type LegacyKey = { readonly text: string; readonly name?: string };
export type ImportedLegacyKey =
  | { readonly kind: 'imported'; readonly key: ApiKey }
  /** It was imported before, for whomever. */
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-a-key' };

export const importLegacyKey = async (
  domain: Domain,
  owner: Membership,
  given: LegacyKey,
  caused: Caused,
): Promise<ImportedLegacyKey> => {
  const [lookup] = legacyLookups(domain, given.text);
  if (lookup === undefined || !isLegacyShaped(given.text, domain.settings.opaqueKeyPrefix))
    return { kind: 'not-a-key' };
  const nowMs = domain.now();
  const key: ApiKey = {
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'key'),
    userId: owner.member.userId,
    workspaceId: owner.workspace.id,
    memberId: owner.member.id,
    form: 'legacy',
    name: given.name === undefined || given.name === '' ? LEGACY_KEY_NAME : given.name,
    description: '',
    hash: hashSecret(given.text),
    nonce: domain.secrets.random(16),
    lastFour: given.text.slice(-4),
    madeBy: 'import',
    createdAtMs: nowMs,
    collectedAtMs: nowMs,
    // Nobody of ours was asked: whoever gave the key out had been.
    acknowledged: { atMs: nowMs, address: caused.address, device: caused.device },
  };
  const trace = traceOf('keys.import-legacy', caused, nowMs, { workspace: owner.workspace.publicId });
  return (await domain.stores.keys.importLegacy(key, lookup, trace))
    ? { kind: 'imported', key }
    : { kind: 'exists' };
};

const operatorsOnly: Rule<undefined> = (_domain, { user }) => user.platformRole === 'operator';

export const importLegacyKeyByOperator = operation({
  id: 'keys.import-legacy',
  summary: 'Import an API key from before',
  http: ['POST', '/api/keys/import'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    email: v.pipe(emailText, v.description('Whose key it is; a member of the workspace.')),
    workspace: publicIdText,
    key: v.pipe(v.string(), v.maxLength(2048), v.description('The key itself.')),
    name: optionalText(80),
  }),
  output: v.object({ id: v.string() }),
  subject: 'none',
  allow: [operatorsOnly],
  stepUp: true,
  refusals: { 'no-member': 404, exists: 409, 'not-a-key': 400 },
  async run({ domain, caused }, input) {
    const { stores } = domain;
    const [user, workspace] = await Promise.all([
      stores.users.findByEmailKey(emailKey(input.email)),
      stores.workspaces.findByPublicId(input.workspace),
    ]);
    const owner = user && workspace && (await stores.workspaces.findMembership(user.id, workspace.id));
    if (owner === undefined) return refuse('no-member');
    const imported = await importLegacyKey(domain, owner, { text: input.key, name: input.name }, caused);
    return imported.kind === 'imported' ? done(imported.key) : refuse(imported.kind);
  },
  answer: ({ publicId: id }) => ({ id }),
});
