// Judges access tokens and API keys: MAC or hash, expiry, then whether anything in the chain ended since (protocol.md 2, 8).
import { timingSafeEqual } from 'node:crypto';
import type { Domain } from '../domain.ts';
import { keyStatus, type KeyForm } from '../keys/key.ts';
import { findLegacyKeyId } from '../keys/legacy.ts';
import { hashSecret, namedIdOf, recordIdOf } from '../../secrets/record-secret.ts';
import { openAccessToken, type AccessToken } from '../tokens/access-token.ts';
import type { Access, AccessRefusal, AccessResult, Caller } from './access.ts';
import type { AppEntry, KeyEntry, Person } from './memory.ts';

const refuse = (kind: AccessRefusal['kind']): AccessResult => ({ ok: false, refusal: { kind } });
const BAD = refuse('bad-credential');

const callerOf = (
  token: AccessToken,
  entry: AppEntry,
  person: Person,
  permissions: ReadonlySet<string>,
  keyPublicId: string | undefined,
): AccessResult => {
  if (entry.app.deletedAtMs !== undefined || entry.app.epoch !== token.epoch) return BAD;
  if (entry.app.suspendedAtMs !== undefined) return refuse('app-suspended');
  const caller: Caller = {
    userId: token.userId,
    userExternalId: person.userExternalId,
    workspaceId: token.workspaceId,
    workspaceExternalId: person.workspaceExternalId,
    app: entry.app,
    connectionId: token.connectionId,
    permissions,
    ...(keyPublicId === undefined ? {} : { keyPublicId, keyId: token.keyId }),
  };
  return { ok: true, caller };
};

const keyCaller = ({ key, user, membership }: KeyEntry, nowMs: number): AccessResult => {
  if (membership === undefined || membership.member.id !== key.memberId) return BAD;
  if (user.disabledAtMs !== undefined || keyStatus(key, nowMs) !== 'active') return BAD;
  return {
    ok: true,
    caller: {
      userId: user.id,
      userExternalId: user.externalId,
      workspaceId: membership.workspace.id,
      workspaceExternalId: membership.workspace.externalId,
      keyId: key.id,
      keyPublicId: key.publicId,
      permissions: 'all',
    },
  };
};

/** The key that a text stands for, by its shape alone; a signed one names the master key that it was made with. */
type KeyClaim = { readonly keyId: number; readonly masterId?: number };

const claimOfKey = (
  domain: Pick<Domain, 'secrets' | 'settings'>,
  text: string,
  forms: ReadonlySet<KeyForm>,
): KeyClaim | undefined => {
  if (forms.has('opaque')) {
    const keyId = recordIdOf(domain.settings.opaqueKeyPrefix, text);
    if (keyId !== undefined) return { keyId };
  }
  return forms.has('signed') ? domain.secrets.keyJws.claimedId(text) : undefined;
};

/** Whether the text is the key of this row. A signed key is derived once and then remembered by its hash. */
const isKeyText = (
  domain: Pick<Domain, 'secrets'>,
  text: string,
  claim: KeyClaim,
  entry: KeyEntry,
): boolean => {
  const given = hashSecret(text);
  if (claim.masterId === undefined) {
    return entry.key.hash !== undefined && timingSafeEqual(given, entry.key.hash);
  }
  if (entry.key.form !== 'signed') return false;
  if (entry.textHash !== undefined && timingSafeEqual(given, entry.textHash)) return true;
  if (!domain.secrets.keyJws.matches(text, entry.key, claim.masterId)) return false;
  entry.textHash = given;
  return true;
};

/** A key from before has no id in it: one indexed read says whose it could be. */
const legacyEntry = async (
  domain: Pick<Domain, 'secrets' | 'settings' | 'memory' | 'stores'>,
  text: string,
): Promise<KeyEntry | undefined> => {
  const keyId = await findLegacyKeyId(domain, text);
  const entry = keyId === undefined ? undefined : await domain.memory.key(keyId);
  if (keyId === undefined || entry?.key.form !== 'legacy') return undefined;
  return isKeyText(domain, text, { keyId }, entry) ? entry : undefined;
};

/**
 * The entry whose key the text is. What is remembered is judged by its hash alone; only a text whose checksum is right
 * makes us read the database.
 */
export const keyEntryOf = (
  domain: Pick<Domain, 'secrets' | 'settings' | 'memory' | 'stores'>,
  text: string,
  forms: ReadonlySet<KeyForm>,
): KeyEntry | undefined | Promise<KeyEntry | undefined> => {
  const named = forms.has('opaque') ? namedIdOf(domain.settings.opaqueKeyPrefix, text) : undefined;
  const remembered = named === undefined ? undefined : domain.memory.peekKey(named);
  if (named !== undefined && remembered !== undefined)
    return isKeyText(domain, text, { keyId: named }, remembered) ? remembered : undefined;
  const claim = claimOfKey(domain, text, forms);
  if (claim === undefined) return forms.has('legacy') ? legacyEntry(domain, text) : undefined;
  const matching = (entry: KeyEntry | undefined): KeyEntry | undefined =>
    entry !== undefined && isKeyText(domain, text, claim, entry) ? entry : undefined;
  const known = domain.memory.peekKey(claim.keyId);
  return known === undefined ? domain.memory.key(claim.keyId).then(matching) : matching(known);
};

export const createAccess = (domain: Domain): Access => {
  const { memory, secrets, now } = domain;
  const slowToken = async (token: AccessToken): Promise<AccessResult> => {
    const entry = await memory.appById(token.appId);
    const person = await memory.person(token.memberId, token.userId, token.workspaceId);
    const key = token.keyId === 0 ? undefined : await memory.key(token.keyId);
    if (entry === undefined || person === undefined) return BAD;
    const permissions = await memory.effectivePermissions(token.permissionSetId, entry.app.permissionSetId);
    // The chain may have ended while we read.
    const ended = memory.recent.ended(token);
    if (ended !== undefined) return ended === 'ended' ? BAD : refuse('app-suspended');
    return callerOf(token, entry, person, permissions, key?.key.publicId);
  };
  return {
    checkAccessToken(text) {
      const token = openAccessToken(secrets.accessSeal, text);
      if (token === undefined || now() >= token.expiresAtSeconds * 1000) return BAD;
      const ended = memory.recent.ended(token);
      if (ended !== undefined) return ended === 'ended' ? BAD : refuse('app-suspended');
      const entry = memory.peekApp(token.appId);
      const person = memory.peekPerson(token.memberId);
      const key = token.keyId === 0 ? undefined : memory.peekKey(token.keyId);
      if (entry === undefined || person === undefined || (token.keyId !== 0 && key === undefined)) {
        return slowToken(token);
      }
      const permissions = memory.peekEffective(token.permissionSetId, entry.app.permissionSetId);
      if (permissions === undefined) return slowToken(token);
      return callerOf(token, entry, person, permissions, key?.key.publicId);
    },
    checkApiKey(text, forms) {
      const found = keyEntryOf(domain, text, forms);
      const judge = (entry: KeyEntry | undefined): AccessResult =>
        entry === undefined ? BAD : keyCaller(entry, now());
      return found instanceof Promise ? found.then(judge) : judge(found);
    },
  };
};
