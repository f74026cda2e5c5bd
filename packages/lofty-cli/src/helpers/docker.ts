/** Owns docker's credential helper protocol: a server's address in, JSON out, errors as a sentence on stdout. */
import type { Credential } from '@latchkey/auth-kit';
import { helperUser } from './user.ts';

/** The exact words by which docker knows that nothing is wrong, there is just no credential. */
export const dockerNotFound = 'credentials not found in native keychain';

/** Docker names servers with and without `https://`, and adds paths. */
export function isDockerServer(server: string, baseUrl: string): boolean {
  const own = new URL(baseUrl);
  const named = /^https?:\/\//.test(server) ? server : `${own.protocol}//${server}`;
  return URL.canParse(named) && new URL(named).origin === own.origin;
}

export function dockerAnswer(server: string, { token }: Credential): string {
  return JSON.stringify({ ServerURL: server, Username: helperUser, Secret: token });
}

export function dockerList(baseUrl: string, signedIn: boolean): string {
  return JSON.stringify(signedIn ? { [baseUrl]: helperUser } : {});
}
