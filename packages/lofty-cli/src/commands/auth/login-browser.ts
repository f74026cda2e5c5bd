/** Owns `lofty-cli auth login-browser`: what is saved, and what the person is told at the end. */
import type { Failure, Identity, TokenSet } from '@latchkey/auth-kit';
import {
  cancelledWords,
  gatherEvidence,
  loginInTerminal,
  planLogin,
  proveWritable,
  symbols,
  writeTokenCache,
} from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import type { Context, Session } from '../../context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCodeOf } from '../../failures.ts';
import { identityOf, profilePath } from '../../identity.ts';
import { sayHost, saySignedIn } from '../../login-screens/outcome.ts';
import { firstPartyApp, loginCommands } from '../../methods.ts';
import { printSignedIn } from '../../sign-in.ts';

/** Documents 002 and 003: a refresh token ends 180 days after it was first issued. */
const renewableMs = 180 * 86_400_000;

export const run: Run = async (context, input) => {
  const session = context.session({ method: 'browser-oauth' });
  if (!session.ok) return context.refuse(session.failure);
  const { pkceCache } = context.files;
  const writable = await proveWritable(pkceCache);
  if (!writable.ok) return context.refuse(writable.failure);

  const { host } = session.value;
  const { io } = context;
  sayHost(context, host);
  let saved: TokenSet | undefined;
  const answer = await loginInTerminal({
    io,
    plan: planLogin(await gatherEvidence(io), { noBrowser: input.switches.has('no-browser'), wait: true }),
    baseUrl: host.baseUrl,
    clientId: firstPartyApp,
    pasteRedirectUri: `${host.baseUrl}/oauth/code`,
    loginCommand: loginCommands['browser-oauth'],
    proveStore: () => proveWritable(pkceCache),
    save: async (tokens) => {
      // Kept through renewals, which make a new `obtainedAt`: status tells until when this sign-in can last.
      const until = new Date(tokens.obtainedAt + renewableMs).toISOString();
      saved = tokens.refreshToken === undefined ? tokens : { ...tokens, renewal: { until } };
      return await writeTokenCache(pkceCache, saved);
    },
    identify: (tokens) => identify(context, session.value, tokens),
  });
  if (!answer.ok) return refuseLogin(context, answer.failure);
  const tokens = saved ?? answer.value;
  saySignedIn(context, tokens);
  return await printSignedIn(context, 'browser-oauth', tokens.identity);
};

/** Asked with the new tokens themselves: they are not saved yet. */
async function identify({ io }: Context, { host }: Session, tokens: TokenSet): Promise<Identity | undefined> {
  const limit = AbortSignal.any([io.signal, AbortSignal.timeout(10_000)]);
  try {
    const response = await io.fetch(host.baseUrl + profilePath, {
      headers: { accept: 'application/json', authorization: `Bearer ${tokens.accessToken}` },
      redirect: 'manual',
      signal: limit,
    });
    return response.status === 200 ? identityOf(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

function refuseLogin(context: Context, failure: Failure): ExitCode {
  const { io, say } = context;
  if (failure.kind === 'cancelled') {
    say(cancelledWords(failure));
  } else if (failure.kind === 'denied') {
    say(`${symbols(io).failed} Not authorized: Cancel was pressed in the browser. Nothing was saved.`);
  } else {
    const next = failure.next ?? loginCommands['browser-oauth'];
    return context.refuse({ ...failure, reason: `${failure.reason}. Nothing was saved`, next });
  }
  return exitCodeOf(failure);
}
