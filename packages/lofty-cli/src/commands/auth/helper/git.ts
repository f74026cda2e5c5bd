/** Owns `lofty-cli auth helper git`. */
import type { Run } from '../../../command.ts';
import { exitCode } from '../../../exit-code.ts';
import { gitAnswer, isForHost, readGitRequest } from '../../../helpers/git.ts';

export const run: Run = async (context, input) => {
  const { io } = context;
  const request = readGitRequest(await io.readStdin());
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const { chain, host } = session.value;
  // What is not ours is for the next helper: no answer, and no complaint.
  if (!isForHost(request, host.baseUrl)) return exitCode.ok;
  switch (input.positionals[0]) {
    case 'get': {
      const answer = await chain.resolve();
      if (!answer.ok) return context.refuse(answer.failure);
      io.stdout.write(gitAnswer(request, answer.credential));
      return exitCode.ok;
    }
    case 'erase':
      // The server refused it: the next `get` must not answer with it again.
      if (request.secret !== undefined) await chain.resolve({ refused: request.secret });
      return exitCode.ok;
    case undefined:
    default:
      // `store`, and what later versions may add: the sign-in is saved already.
      return exitCode.ok;
  }
};
