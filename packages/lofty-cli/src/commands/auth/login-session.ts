/** Owns `lofty-cli auth login-session`: a session id exchanged at a Token URL. */
import {
  envSetting,
  exchangeTokenUrl,
  fileStore,
  proveWritable,
  tokenUrlRenewal,
  withLock,
} from '@latchkey/auth-kit';
import { secureUrl, shortText } from '../../checks.ts';
import type { CommandInput, Run } from '../../command.ts';
import { single } from '../../command.ts';
import type { Context } from '../../context.ts';
import { readSecret } from '../../secret-input.ts';
import { finishLogin } from '../../sign-in.ts';

export const run: Run = async (context, input) => {
  const { io, files } = context;
  const cachePath = files.sessionCache;
  const session = context.session({ method: 'token-url' });
  if (!session.ok) return context.refuse(session.failure);
  const asked = await readInput(context, input);
  if ('problem' in asked) {
    const next = 'set LOFTY_TOKEN_URL and LOFTY_SESSION_ID, or give --tokenurl URL --sessionid -';
    return context.refuse({ kind: 'configuration', reason: asked.problem, next });
  }
  const { tokenUrl, sessionId, byFlag } = asked;
  const writable = await proveWritable(cachePath);
  if (!writable.ok) return context.refuse(writable.failure);
  const { baseUrl } = session.value.host;
  const saved = await withLock(cachePath, io, async () => {
    const tokens = await exchangeTokenUrl({ io, tokenUrl, sessionId, baseUrl });
    if (!tokens.ok) return tokens;
    const { bindings, renewal } = tokenUrlRenewal(tokenUrl, sessionId);
    // What the environment holds is not copied to disk; what came by flag must be, to renew later.
    const kept = { ...tokens.value, bindings, ...(byFlag ? { renewal } : {}) };
    return await fileStore(cachePath).write(kept, { io });
  });
  if (!saved.ok) {
    const { failure } = saved;
    if (failure.kind !== 'rejected') return context.refuse(failure);
    const reason = `the Token URL does not accept this session id (${failure.reason})`;
    return context.refuse({
      ...failure,
      reason,
      next: 'get a new session id, then lofty-cli auth login-session',
    });
  }
  return await finishLogin(context, session.value, { method: 'token-url', label: 'Token URL', cachePath });
};

type Input = { readonly tokenUrl: string; readonly sessionId: string; readonly byFlag: boolean };

async function readInput(
  context: Context,
  input: CommandInput,
): Promise<Input | { readonly problem: string }> {
  const { io } = context;
  const urlFlag = single(input, 'tokenurl');
  const idFlag = single(input, 'sessionid');
  const tokenUrl = urlFlag ?? (await envSetting('LOFTY_TOKEN_URL').read(io))?.value;
  if (tokenUrl === undefined) return { problem: 'no Token URL was given' };
  const wrong = secureUrl(tokenUrl);
  if (wrong !== undefined) return { problem: `LOFTY_TOKEN_URL ${wrong}` };
  const given = idFlag === undefined ? undefined : await readSecret(context, idFlag, 'The session id');
  if (given?.ok === false) return { problem: given.failure.reason };
  const sessionId = given?.value ?? (await envSetting('LOFTY_SESSION_ID').read(io))?.value;
  if (sessionId === undefined) return { problem: 'no session id was given' };
  const bad = sessionId.includes('\uFFFD') ? 'is not valid UTF-8' : shortText(4096)(sessionId);
  if (bad !== undefined) return { problem: `the session id ${bad}` };
  return { tokenUrl, sessionId, byFlag: urlFlag !== undefined || idFlag !== undefined };
}
