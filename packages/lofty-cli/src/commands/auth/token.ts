/** Owns `lofty-cli auth token`: a token that works now, for scripts; nothing else is written to stdout. */
import type { Run } from '../../command.ts';
import { exitCode } from '../../exit-code.ts';

export const run: Run = async (context) => {
  const { io, global, print } = context;
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const answer = await session.value.chain.resolve();
  if (!answer.ok) return context.refuse(answer.failure);
  const { credential, source } = answer;
  if (global.format === 'text') {
    io.stdout.write(`${credential.token}\n`);
    return exitCode.ok;
  }
  const { token, scheme, expiresAt } = credential;
  await print(
    JSON.stringify({
      token,
      scheme,
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      method: source.name,
      host: session.value.host.baseUrl,
    }),
  );
  return exitCode.ok;
};
