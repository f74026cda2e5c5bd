/** Owns `lofty-cli auth logout`: as documented it only deletes what this computer holds, and says so; --revoke does more. */
import { readTokenCache, revoke } from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import type { Context } from '../../context.ts';
import { exitCode } from '../../exit-code.ts';
import { exitCodeOf } from '../../failures.ts';
import { firstPartyApp } from '../../methods.ts';
import type { RemoveWords } from '../../remove-saved.ts';
import { removeSaved } from '../../remove-saved.ts';

export const run: Run = async (context, input) => {
  const { sessionCache, pkceCache, oauthCache, customerKey } = context.files;
  const asked = input.switches.has('revoke') ? await revokeBrowserSignIn(context) : undefined;
  const removed = await removeSaved(context, [sessionCache, pkceCache, oauthCache, customerKey], {
    nothing: 'Nothing was saved on this computer.',
    variables: ['LOFTY_SESSION_ID', 'LOFTY_CLIENT_SECRET', 'LOFTY_CUSTOMER_KEY', 'LOFTY_ACCESS_TOKEN'],
    ...afterwards(asked),
  });
  return removed === exitCode.ok && asked?.is === 'failed' ? asked.exit : removed;
};

type Revocation =
  | { readonly is: 'revoked' }
  | { readonly is: 'nothing' }
  | { readonly is: 'failed'; readonly reason: string; readonly exit: ReturnType<typeof exitCodeOf> };

/** The browser sign-in is the only one that this program may end: the others belong to their owner's app or system. */
async function revokeBrowserSignIn({ io, files }: Context): Promise<Revocation> {
  const tokens = await readTokenCache(files.pkceCache);
  if (tokens === undefined) return { is: 'nothing' };
  // At the server that issued it, wherever LOFTY_BASE_URL points now.
  const answer = await revoke({
    io,
    baseUrl: tokens.issuer,
    clientId: firstPartyApp,
    token: tokens.refreshToken ?? tokens.accessToken,
  });
  if (answer.ok) return { is: 'revoked' };
  return { is: 'failed', reason: answer.failure.reason, exit: exitCodeOf(answer.failure) };
}

function afterwards(asked: Revocation | undefined): Pick<RemoveWords, 'afterwards' | 'revoked'> {
  const byHand = [
    'disconnect lofty-cli under Settings > Integrations,',
    'or revoke the key you used.',
  ] as const;
  switch (asked?.is) {
    case 'revoked':
      return { revoked: true, afterwards: ['The browser sign-in was revoked at the server too.'] };
    case 'failed':
      return {
        revoked: false,
        afterwards: [
          `It could not be revoked at the server: ${asked.reason}.`,
          `To end access there, ${byHand[0]}`,
          byHand[1],
        ],
      };
    case 'nothing':
      return { revoked: false, afterwards: ['There was no browser sign-in to revoke at the server.'] };
    case undefined:
      return {
        revoked: false,
        afterwards: [
          'Only on this computer: nothing was revoked at the server. To end access there,',
          ...byHand,
          'A browser sign-in is also revoked by: lofty-cli auth logout --revoke',
        ],
      };
  }
}
