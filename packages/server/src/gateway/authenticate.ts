// Step 1 of the gateway: whose credential is this? Synchronous when Access needs to read nothing.
import type { Access, AccessResult, Caller } from '../domain/access/access.ts';
import type { KeyForm } from '../domain/keys/key.ts';
import type { DialectName } from '../domain/permissions/permission.ts';
import { readCredential, type CredentialSettings, type DOUBLED } from './credential.ts';
import type { RefusalReason } from './refusals.ts';

/** An API key in any form where Lofty's scheme is spoken; Loomta knows opaque ones only. */
const FORMS: Readonly<Record<DialectName, ReadonlySet<KeyForm>>> = {
  lofty: new Set(['opaque', 'signed', 'legacy']),
  loomta: new Set(['opaque']),
};

export type Authenticated = Caller | RefusalReason;

const toAuthenticated = (result: AccessResult): Authenticated =>
  result.ok ? result.caller : result.refusal.kind;

export const authenticate = (
  authorization: string | undefined | typeof DOUBLED,
  query: string | undefined,
  dialect: DialectName,
  access: Access,
  settings: CredentialSettings,
): Authenticated | Promise<Authenticated> => {
  const credential = readCredential(authorization, query, dialect, settings);
  if (typeof credential === 'string') return credential;
  const result =
    credential.kind === 'access-token'
      ? access.checkAccessToken(credential.text)
      : access.checkApiKey(credential.text, FORMS[dialect]);
  return result instanceof Promise ? result.then(toAuthenticated) : toAuthenticated(result);
};
