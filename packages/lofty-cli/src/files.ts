/** Owns where credentials lie on disk: exactly the paths that the documents name. */
import { join } from 'node:path';

export type Files = {
  readonly customerKey: string;
  readonly sessionCache: string;
  readonly pkceCache: string;
  readonly oauthCache: string;
};

export function credentialFiles(home: string): Files {
  const config = join(home, '.config');
  return {
    customerKey: join(config, 'lofty-cli', 'customer-key'),
    sessionCache: join(config, 'tokens', 'lofty-session-cache.json'),
    pkceCache: join(config, 'tokens', 'lofty-pkce-cache.json'),
    oauthCache: join(config, 'tokens', 'lofty-oauth-cache.json'),
  };
}
