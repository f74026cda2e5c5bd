/** Owns the first and last lines of a login screen: where one signs in, and as whom one is signed in now. */
import type { TokenSet } from '@latchkey/auth-kit';
import { displayPath, isNarrow } from '@latchkey/auth-kit';
import type { Context } from '../context.ts';
import type { Host } from '../host.ts';
import { countPermissions, nameIdentity, untilOf, workspaceOf } from '../identity-words.ts';
import { day } from '../words.ts';

export function sayHost({ io, say }: Context, host: Host): void {
  if (isNarrow(io)) say(`Signing in to ${new URL(host.baseUrl).host}`, '');
  else say(`Signing in to ${host.baseUrl}${host.from === undefined ? '' : ` (set by ${host.from})`}`);
}

export function saySignedIn(context: Context, tokens: TokenSet): void {
  const { io, files, say, sayDone } = context;
  const identity = tokens.identity ?? {};
  const known = identity.name !== undefined || identity.email !== undefined;
  const permissions = countPermissions(tokens.scope);
  const narrow = isNarrow(io);
  say('');
  if (narrow) {
    sayDone(known ? `Signed in as ${identity.email ?? identity.name ?? ''}` : 'Signed in');
    const facts = [identity.workspace, permissions].filter((fact) => fact !== undefined);
    if (facts.length > 0) say(`  ${facts.join(', ')}`);
  } else {
    sayDone(known ? `Signed in as ${nameIdentity(identity)}${workspaceOf(identity)}` : 'Signed in');
    const until = untilOf(tokens);
    const facts = [
      permissions,
      until === undefined ? undefined : `until ${day(until)} or until you disconnect it`,
    ];
    const line = facts.filter((fact) => fact !== undefined).join(', ');
    if (line !== '') say(`  ${line.slice(0, 1).toUpperCase()}${line.slice(1)}`);
    say(`  Saved in ${displayPath(files.pkceCache, io)}, readable only by you`);
  }
  say('Next: lofty-cli leads list --limit 3');
}
