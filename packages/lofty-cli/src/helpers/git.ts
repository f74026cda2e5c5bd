/** Owns git's credential protocol (gitcredentials(7), git-credential(1)): lines of `name=value`. */
import type { Credential } from '@latchkey/auth-kit';
import { helperUser } from './user.ts';

export type GitRequest = {
  readonly protocol: string;
  readonly host: string;
  readonly username: string | undefined;
  /** The secret that git gives back with `store` and `erase`. */
  readonly secret: string | undefined;
  readonly capabilities: readonly string[];
};

export function readGitRequest(text: string): GitRequest {
  const one = new Map<string, string>();
  const capabilities: string[] = [];
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at <= 0) continue;
    const name = line.slice(0, at);
    const value = line.slice(at + 1).replace(/\r$/, '');
    if (name === 'capability[]') capabilities.push(value);
    // The whole address at once; other attributes may follow and win.
    else if (name === 'url' && URL.canParse(value)) {
      one.set('protocol', new URL(value).protocol.slice(0, -1)).set('host', new URL(value).host);
    } else one.set(name, value);
  }
  return {
    protocol: one.get('protocol') ?? '',
    host: one.get('host') ?? '',
    username: one.get('username'),
    secret: one.get('password') ?? one.get('credential'),
    capabilities,
  };
}

/** A token goes to its own server only, and never by another protocol. */
export function isForHost({ protocol, host }: GitRequest, baseUrl: string): boolean {
  const asked = `${protocol}://${host}`;
  return URL.canParse(asked) && new URL(asked).origin === new URL(baseUrl).origin;
}

/** A new git (2.46) takes a bearer token as it is; an older one gets it as a password. */
export function gitAnswer(request: GitRequest, { token, expiresAt }: Credential): string {
  const bearer = request.capabilities.includes('authtype');
  const lines = bearer
    ? ['capability[]=authtype', 'authtype=Bearer', `credential=${token}`, 'ephemeral=1']
    : [`username=${request.username ?? helperUser}`, `password=${token}`];
  // Rounded down: better asked for again a second early than refused.
  if (expiresAt !== undefined) lines.push(`password_expiry_utc=${Math.floor(expiresAt / 1000)}`);
  return `${lines.join('\n')}\n`;
}
