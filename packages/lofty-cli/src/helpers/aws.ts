/** Owns the JSON of AWS `credential_process`. An API that takes our token sees it as the session token. */
import type { Credential } from '@latchkey/auth-kit';
import { helperUser } from './user.ts';

export function awsCredential({ token, expiresAt }: Credential): string {
  return JSON.stringify({
    Version: 1,
    AccessKeyId: helperUser,
    SecretAccessKey: token,
    SessionToken: token,
    ...(expiresAt === undefined ? {} : { Expiration: new Date(expiresAt).toISOString() }),
  });
}
