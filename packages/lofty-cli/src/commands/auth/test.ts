/** Owns `lofty-cli auth test`: a real call, and the cause in words when it fails. */
import type { ApiAnswer, Chain, ChainAnswer, Failure } from '@latchkey/auth-kit';
import { authorizedFetch, clockSkewMs, symbols } from '@latchkey/auth-kit';
import { readApiError } from '../../api-errors.ts';
import type { Run } from '../../command.ts';
import type { Context, Session } from '../../context.ts';
import { paragraph } from '../../context.ts';
import type { Diagnosis, Evidence } from '../../diagnose.ts';
import { noteworthySkewMs, skewWords } from '../../clock.ts';
import { diagnoseAnswer, diagnoseFailure } from '../../diagnose.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCode } from '../../exit-code.ts';
import { identityOf, profilePath } from '../../identity.ts';
import { untilOf } from '../../identity-words.ts';
import { customerKeySetting } from '../../methods.ts';
import { savedTokens } from '../../saved-tokens.ts';
import { mask } from '../../words.ts';

export const run: Run = async (context) => {
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  // Read before the call: a sign-in that turns out to be dead is deleted by it.
  const cached = await savedTokens(context.io, context.files.pkceCache);
  const browser = cached === undefined ? undefined : { expiresAt: cached.expiresAt, until: untilOf(cached) };
  const { answer, last } = await callRecording(context, session.value);
  if (!answer.ok && answer.failure.kind === 'cancelled') return context.refuse(answer.failure);

  const blamed = answer.ok ? undefined : blame(answer.failure, last);
  const evidence: Evidence = {
    method: answer.ok ? answer.source.name : (blamed?.method ?? ''),
    clockSkewMs: await skewOf(context, session.value, answer),
    nowMs: context.io.now(),
    baseUrl: session.value.host.baseUrl,
    browser,
    customerKey: await describeKey(context),
  };
  if (answer.ok && answer.response.status === 200) return await report(context, answer, evidence);
  const diagnosis = answer.ok
    ? diagnoseAnswer(await readApiError(answer.response), evidence)
    : diagnoseFailure(blamed?.failure ?? answer.failure, evidence);
  return await reportFailure(context, diagnosis, evidence);
};

/** The chain's last answer says which method failed and why; the call's own failure names none. */
async function callRecording(
  { io }: Context,
  { chain, host }: Session,
): Promise<{ readonly answer: ApiAnswer; readonly last: ChainAnswer | undefined }> {
  let last: ChainAnswer | undefined;
  const resolve: Chain['resolve'] = async (ask) => (last = await chain.resolve(ask));
  const call = authorizedFetch({
    io,
    chain: { resolve },
    baseUrl: host.baseUrl,
  });
  const answer = await call(profilePath);
  return { answer, last };
}

function blame(
  failure: Failure,
  last: ChainAnswer | undefined,
): { readonly method: string; readonly failure: Failure } | undefined {
  if (last === undefined || last.ok) return undefined;
  const link = last.links.find((each) => each.failure !== undefined);
  if (link?.failure === undefined) return undefined;
  return { method: link.name, failure: { ...link.failure, status: failure.status } };
}

/** Without an answer yet, a call without credential asks the server for its time. */
async function skewOf({ io }: Context, { host }: Session, answer: ApiAnswer): Promise<number | undefined> {
  if (answer.clockSkewMs !== undefined || answer.ok) return answer.clockSkewMs;
  if (answer.failure.kind !== 'expired' && answer.failure.kind !== 'rejected') return undefined;
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(5000)]);
  try {
    const sentAt = io.now();
    const response = await io.fetch(host.baseUrl + profilePath, { redirect: 'manual', signal });
    await response.body?.cancel();
    return clockSkewMs(response.headers, sentAt, io.now());
  } catch {
    return undefined;
  }
}

async function describeKey({ io, files }: Context): Promise<string | undefined> {
  const key = await customerKeySetting(files).read(io);
  return key === undefined ? undefined : `${mask(key.value)} (${key.from})`;
}

async function report(
  context: Context,
  answer: Extract<ApiAnswer, { readonly ok: true }>,
  { clockSkewMs }: Evidence,
): Promise<ExitCode> {
  const { io, global } = context;
  const identity = identityOf(await answer.response.text().catch(() => ''));
  if (global.format === 'text') {
    const who = identity === undefined ? '' : ` as ${identity.name ?? identity.email ?? ''}`;
    io.stdout.write(
      `${symbols(io).done} GET ${profilePath} answered 200 in ${answer.elapsedMs} ms${who}, by ${answer.source.label}\n`,
    );
  } else {
    const { elapsedMs, source } = answer;
    await context.print(
      JSON.stringify({ ok: true, method: source.name, status: 200, elapsedMs, identity: identity ?? null }),
    );
  }
  saySkew(context, clockSkewMs);
  return exitCode.ok;
}

async function reportFailure(context: Context, diagnosis: Diagnosis, evidence: Evidence): Promise<ExitCode> {
  const { io, global, say } = context;
  const { cause, sentences, exit } = diagnosis;
  say(...paragraph(io, symbols(io).failed, sentences));
  if (cause !== 'clock-skew') saySkew(context, evidence.clockSkewMs);
  if (global.format !== 'text') {
    const method = evidence.method === '' ? null : evidence.method;
    await context.print(
      JSON.stringify({ ok: false, cause, method, message: sentences.join(' '), exitCode: exit }),
    );
  }
  return exit;
}

function saySkew({ sayNote }: Context, clockSkewMs: number | undefined): void {
  if (clockSkewMs === undefined || Math.abs(clockSkewMs) < noteworthySkewMs) return;
  sayNote(`Clock: ${skewWords(clockSkewMs)}.`);
}
