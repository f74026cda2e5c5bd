/** Owns what every login does once tokens are saved: find out who signed in, remember it, say so. */
import type { Identity } from '@latchkey/auth-kit';
import { displayPath, fileStore, rememberIdentity } from '@latchkey/auth-kit';
import type { Context, Session } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import type { MethodId } from './global-options.ts';
import { askIdentity } from './identity.ts';
import { nameIdentity, workspaceOf } from './identity-words.ts';
import { savedTokens } from './saved-tokens.ts';

/** The tokens are good already; that nobody answers who they are for does not undo the login. */
export async function finishLogin(
  context: Context,
  session: Session,
  login: { readonly method: MethodId; readonly label: string; readonly cachePath: string },
): Promise<ExitCode> {
  const { io } = context;
  const identity = await askIdentity(session.call);
  const token = (await savedTokens(io, login.cachePath))?.accessToken;
  if (identity !== undefined && token !== undefined) {
    await rememberIdentity(fileStore(login.cachePath), token, identity, { io });
  }
  const who = identity === undefined ? '' : ` as ${nameIdentity(identity)}${workspaceOf(identity)}`;
  context.sayDone(`Signed in${who}, by ${login.label}`);
  context.say(`  Saved in ${displayPath(login.cachePath, io)}, readable only by you`);
  return await printSignedIn(context, login.method, identity);
}

/** Guidance went to stderr; a script that asked for data gets it on stdout. */
export async function printSignedIn(
  { global, print }: Context,
  method: MethodId,
  identity: Identity | undefined,
): Promise<ExitCode> {
  if (global.format !== 'text')
    await print(JSON.stringify({ signedIn: true, method, identity: identity ?? null }));
  return exitCode.ok;
}
