/** Owns the screen of a device login: where to go, what to enter there, the wait. */
import type { Result, TokenSet } from '@latchkey/auth-kit';
import { loginWithDeviceCode, proveWritable, rfc8628Dialect } from '@latchkey/auth-kit';
import type { LoginParts } from './parts.ts';
import { firstPartyApp, loginCommands } from '../methods.ts';
import { waitLine } from './wait-line.ts';

/** `why` says why there is no browser: empty, or a sentence with a space behind it. */
export async function byDeviceCode(
  { context, session, save, identify }: LoginParts,
  why: string,
): Promise<Result<TokenSet>> {
  const { io, say, files } = context;
  let stopWaiting = (): void => undefined;
  const answer = await loginWithDeviceCode<TokenSet>({
    io,
    dialect: rfc8628Dialect({ baseUrl: session.host.baseUrl, clientId: firstPartyApp }),
    proveStore: () => proveWritable(files.pkceCache),
    save: async (tokens) => {
      const identity = await identify(tokens);
      return await save(identity === undefined ? tokens : { ...tokens, identity });
    },
    onCode: (code, deadlineMs) => {
      stopWaiting();
      say(`${why}On any device open`, code.verificationUri, 'and enter', code.userCode);
      stopWaiting = waitLine(context, {
        deadlineMs,
        wide: (left) => `Waiting, ${left} left`,
        copied: code.userCode,
        copyHint: 'c copy code',
      });
    },
    loginCommand: loginCommands['browser-oauth'],
  });
  stopWaiting();
  return answer;
}
