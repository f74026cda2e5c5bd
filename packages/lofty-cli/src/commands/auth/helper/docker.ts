/** Owns `lofty-cli auth helper docker`. */
import type { Run } from '../../../command.ts';
import { exitCode } from '../../../exit-code.ts';
import { dockerAnswer, dockerList, dockerNotFound, isDockerServer } from '../../../helpers/docker.ts';

export const run: Run = async (context, input) => {
  const { io } = context;
  const [action] = input.positionals;
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const { chain, host } = session.value;
  if (action === 'list') {
    const { inUse } = await chain.explain({ offline: true });
    io.stdout.write(`${dockerList(host.baseUrl, inUse !== undefined)}\n`);
    return exitCode.ok;
  }
  const server = (await io.readStdin()).trim();
  switch (action) {
    case 'get': {
      const answer = isDockerServer(server, host.baseUrl) ? await chain.resolve() : undefined;
      if (answer?.ok !== true) {
        if (answer !== undefined) context.refuse(answer.failure);
        io.stdout.write(`${dockerNotFound}\n`);
        return exitCode.failure;
      }
      io.stdout.write(`${dockerAnswer(server, answer.credential)}\n`);
      return exitCode.ok;
    }
    case 'store':
      io.stdout.write('lofty-cli keeps no passwords; sign in with: lofty-cli auth login-browser\n');
      return exitCode.failure;
    case undefined:
    default:
      // `erase`: the sign-in is used by more than docker.
      context.say('The sign-in is kept. To end it: lofty-cli auth logout');
      return exitCode.ok;
  }
};
