// A command-line tool for tests, as any author would write it: one login in the terminal at hand. Arguments: the
// server, and optionally the way.
import { join } from 'node:path';
import {
  cancelledWords,
  displayPath,
  fileStore,
  gatherEvidence,
  loginInTerminal,
  nodeIo,
  planLogin,
  symbols,
} from '../index.ts';
import type { Failure, LoginWay } from '../index.ts';

const [baseUrl = '', way] = process.argv.slice(2);
const io = nodeIo();
const cachePath = join(io.homedir(), '.config', 'test-cli', 'tokens.json');
const store = fileStore(cachePath);
const result = await loginInTerminal({
  io,
  plan: planLogin(await gatherEvidence(io), { way: way as LoginWay | undefined }),
  baseUrl,
  clientId: 'test-cli',
  pasteRedirectUri: `${baseUrl}/oauth/code`,
  loginCommand: 'test-cli login',
  proveStore: () => store.proveWritable({ io }),
  save: (tokens) => store.write(tokens, { io }),
});
process.stderr.write(
  result.ok
    ? `${symbols(io).done} Signed in, saved in ${displayPath(cachePath, io)}\n`
    : `${words(result.failure)}\n`,
);
process.exitCode = result.ok ? 0 : result.failure.kind === 'cancelled' ? 130 : 1;

function words(failure: Failure): string {
  return failure.kind === 'cancelled' ? cancelledWords(failure) : `${symbols(io).failed} ${failure.reason}`;
}
