/** Owns `lofty-cli auth helper aws`. */
import type { Run } from '../../../command.ts';
import { exitCode } from '../../../exit-code.ts';
import { awsCredential } from '../../../helpers/aws.ts';

export const run: Run = async (context) => {
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const answer = await session.value.chain.resolve();
  if (!answer.ok) return context.refuse(answer.failure);
  context.io.stdout.write(`${awsCredential(answer.credential)}\n`);
  return exitCode.ok;
};
