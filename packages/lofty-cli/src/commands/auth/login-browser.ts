/** Owns `lofty-cli auth login-browser`: what is saved, and what the person is told at the end. */
import type { Failure, HandOverOptions, Identity, Result, TokenSet } from '@latchkey/auth-kit';
import {
  beginHandOver,
  cancelledWords,
  fileStore,
  gatherEvidence,
  loginInTerminal,
  ok,
  planLogin,
  proveWritable,
  resumeHandOver,
  rfc8628Dialect,
  symbols,
} from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import type { Context, Session } from '../../context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCode } from '../../exit-code.ts';
import { exitCodeOf } from '../../failures.ts';
import type { Host } from '../../host.ts';
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
  const proveStore = (): Promise<Result<void>> => proveWritable(pkceCache);
  const writable = await proveStore();
  if (!writable.ok) return context.refuse(writable.failure);

  let saved: TokenSet | undefined;
  const save = async (tokens: TokenSet): Promise<Result<void>> => {
    // Kept through renewals, which make a new `obtainedAt`: status tells until when this sign-in can last.
    const until = new Date(tokens.obtainedAt + renewableMs).toISOString();
    saved = tokens.refreshToken === undefined ? tokens : { ...tokens, renewal: { until } };
    return await fileStore(pkceCache).write(saved, context);
  };
  const login: Login = {
    context,
    host: session.value.host,
    proveStore,
    save,
    identify: (tokens) => identify(context, session.value, tokens),
    switches: input.switches,
  };
  const ended = input.switches.has('resume') ? await resume(login) : await begin(login);
  if (typeof ended === 'number') return ended;
  if (!ended.ok) return refuseLogin(context, ended.failure);
  const tokens = saved ?? ended.value;
  saySignedIn(context, tokens);
  return await printSignedIn(context, 'browser-oauth', tokens.identity);
};

type Login = {
  readonly context: Context;
  readonly host: Host;
  readonly proveStore: () => Promise<Result<void>>;
  readonly save: (tokens: TokenSet) => Promise<Result<void>>;
  readonly identify: (tokens: TokenSet) => Promise<Identity | undefined>;
  readonly switches: ReadonlySet<string>;
};

async function begin(login: Login): Promise<Result<TokenSet> | ExitCode> {
  const { context, host, switches, identify, proveStore, save } = login;
  const { io } = context;
  const noBrowser = switches.has('no-browser');
  // Who says how to reach the person waits for the person, as the documents have it.
  const wait = switches.has('wait') || noBrowser || (io.env['BROWSER'] ?? '') !== '';
  const way = switches.has('no-wait') ? 'hand-over' : undefined;
  const plan = planLogin(await gatherEvidence(io), { way, noBrowser, wait });
  if (plan.way === 'hand-over') {
    const begun = await beginHandOver({ ...handOver(login), proveStore });
    if (!begun.ok) return begun;
    io.stdout.write(`${begun.value}\n`);
    return exitCode.ok;
  }
  sayHost(context, host);
  return await loginInTerminal({
    io,
    plan,
    baseUrl: host.baseUrl,
    clientId: firstPartyApp,
    pasteRedirectUri: `${host.baseUrl}/oauth/code`,
    loginCommand: loginCommands['browser-oauth'],
    proveStore,
    save,
    identify,
  });
}

async function resume(login: Login): Promise<Result<TokenSet> | ExitCode> {
  const { context, identify, save, switches } = login;
  const resumed = await resumeHandOver({
    ...handOver(login),
    wait: !switches.has('no-wait'),
    save: async (tokens) => {
      const identity = await identify(tokens);
      return await save(identity === undefined ? tokens : { ...tokens, identity });
    },
  });
  switch (resumed.is) {
    case 'done':
      return ok(resumed.credential);
    case 'pending':
      context.io.stdout.write(`${resumed.line}\n`);
      return exitCode.notSignedIn;
    case 'failed':
      return { ok: false, failure: resumed.failure };
  }
}

function handOver({ context, host }: Login): HandOverOptions<TokenSet> {
  const { io, files, profile } = context;
  const named = profile.by === 'option' ? ` --profile ${profile.name}` : '';
  return {
    io,
    dialect: rfc8628Dialect({ baseUrl: host.baseUrl, clientId: firstPartyApp }),
    path: files.pendingLogin,
    loginCommand: loginCommands['browser-oauth'],
    resumeCommand: `${loginCommands['browser-oauth']} --resume${named}`,
  };
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
    say(cancelledWords(failure));
  } else if (failure.kind === 'denied') {
    say(`${symbols(io).failed} Not authorized: Cancel was pressed in the browser. Nothing was saved.`);
  } else {
    const next = failure.next ?? loginCommands['browser-oauth'];
    return context.refuse({ ...failure, reason: `${failure.reason}. Nothing was saved`, next });
  }
  return exitCodeOf(failure);
}
