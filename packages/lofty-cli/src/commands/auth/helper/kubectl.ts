/** Owns `lofty-cli auth helper kubectl`. */
import type { Run } from '../../../command.ts';
import { exitCode } from '../../../exit-code.ts';
import { execCredential, execVersion } from '../../../helpers/kubectl.ts';

export const run: Run = async (context) => {
  const { io } = context;
  const version = execVersion(io.env['KUBERNETES_EXEC_INFO']);
  if (!version.ok) return context.refuse(version.failure);
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const answer = await session.value.chain.resolve();
  if (!answer.ok) return context.refuse(answer.failure);
  io.stdout.write(`${execCredential(version.value, answer.credential)}\n`);
  return exitCode.ok;
};
