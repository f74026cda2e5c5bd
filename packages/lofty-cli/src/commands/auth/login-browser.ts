/** Owns `lofty-cli auth login-browser`: which way to sign in here, and what the person sees meanwhile. */
import type { Failure, Identity, Result, TokenSet } from '@latchkey/auth-kit';
import { browserEvidence, proveWritable, symbols, writeTokenCache } from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import type { Context, Session } from '../../context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCodeOf } from '../../failures.ts';
import { identityOf, profilePath } from '../../identity.ts';
import { byBrowser } from '../../login-screens/by-browser.ts';
import { byDeviceCode } from '../../login-screens/by-device-code.ts';
import { sayHost, saySignedIn } from '../../login-screens/outcome.ts';
import type { LoginParts } from '../../login-screens/parts.ts';
import { loginCommands } from '../../methods.ts';
import { printSignedIn } from '../../sign-in.ts';

/** Documents 002 and 003: a refresh token ends 180 days after it was first issued. */
const renewableMs = 180 * 86_400_000;

export const run: Run = async (context, input) => {
  const session = context.session({ method: 'browser-oauth' });
  if (!session.ok) return context.refuse(session.failure);
  const { pkceCache } = context.files;
  const writable = await proveWritable(pkceCache);
  if (!writable.ok) return context.refuse(writable.failure);

  sayHost(context, session.value.host);
  let saved: TokenSet | undefined;
  const parts: LoginParts = {
    context,
    session: session.value,
    save: async (tokens) => {
      // Kept through renewals, which make a new `obtainedAt`: status tells until when this sign-in can last.
      const until = new Date(tokens.obtainedAt + renewableMs).toISOString();
      saved = tokens.refreshToken === undefined ? tokens : { ...tokens, renewal: { until } };
      return await writeTokenCache(pkceCache, saved);
    },
    identify: (tokens) => identify(context, session.value, tokens),
  };
  const answer = await signIn(parts, input.switches.has('no-browser'));
  if (!answer.ok) return refuseLogin(context, answer.failure);
  const tokens = saved ?? answer.value;
  saySignedIn(context, tokens);
  return await printSignedIn(context, 'browser-oauth', tokens.identity);
};

async function signIn(parts: LoginParts, noBrowser: boolean): Promise<Result<TokenSet>> {
  // The kit's other evidence (CI, no display) speaks against opening a browser, not against this machine's loopback.
  const { because } = browserEvidence(parts.context.io);
  const elsewhere = because === 'over SSH' || because === 'in a development container';
  if (!noBrowser && !elsewhere) {
    const answer = await byBrowser(parts, { openBrowser: true });
    return answer === 'code instead' ? await byDeviceCode(parts, '') : answer;
  }
  const where = elsewhere ? because.slice(0, 1).toUpperCase() + because.slice(1) : '';
  const why = elsewhere ? `${where}, so no browser is opened here. ` : 'No browser is opened here. ';
  const answer = await byDeviceCode(parts, why);
  if (answer.ok || !offersNoDeviceGrant(answer.failure)) return answer;
  const fallback = await byBrowser(parts, { openBrowser: false });
  return fallback === 'code instead' ? answer : fallback;
}

function offersNoDeviceGrant(failure: Failure): boolean {
  return (
    failure.status === 404 ||
    failure.code === 'unauthorized_client' ||
    failure.code === 'unsupported_grant_type'
  );
}

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
    say('Cancelled. Nothing was saved.');
  } else if (failure.kind === 'denied') {
    say(`${symbols(io).failed} Not authorized: Cancel was pressed in the browser. Nothing was saved.`);
  } else {
    const next = failure.next ?? loginCommands['browser-oauth'];
    return context.refuse({ ...failure, reason: `${failure.reason}. Nothing was saved`, next });
  }
  return exitCodeOf(failure);
}
