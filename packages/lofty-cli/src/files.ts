/** Owns where credentials lie on disk: exactly the paths that the documents name, and a folder beside them per profile. */
import { join } from 'node:path';
import { defaultProfile, forProfile } from '@latchkey/auth-kit';

export type Files = {
  readonly customerKey: string;
  readonly sessionCache: string;
  readonly pkceCache: string;
  readonly oauthCache: string;
  /** A login by code that another command may finish. */
  readonly pendingLogin: string;
};

export function credentialFiles(home: string, profile: string = defaultProfile): Files {
  const own = (...path: readonly string[]): string => forProfile(join(home, '.config', ...path), profile);
  return {
    customerKey: own('lofty-cli', 'customer-key'),
    sessionCache: own('tokens', 'lofty-session-cache.json'),
    pkceCache: own('tokens', 'lofty-pkce-cache.json'),
    oauthCache: own('tokens', 'lofty-oauth-cache.json'),
    pendingLogin: own('lofty-cli', 'pending-login.json'),
  };
}

export function profilesFile(home: string): string {
  return join(home, '.config', 'lofty-cli', 'profiles.json');
}
