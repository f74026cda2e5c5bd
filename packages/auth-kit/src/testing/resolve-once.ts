// One process of a race: says that it is ready, waits for a line, resolves a browser sign-in once and prints what it got.
// Arguments: cache path, base URL. The sign-in is in that file, or in the keychain when KEYCHAIN is set.
import { once } from 'node:events';
import { browserPkce } from '../sources/browser-pkce.ts';
import { nodeIo } from '../io.ts';
import { keychainStore } from '../store/keychain-store.ts';

const [cachePath = '', baseUrl = ''] = process.argv.slice(2);
const account = process.env['KEYCHAIN'];
const keeping =
  account === undefined
    ? { cachePath }
    : { store: keychainStore({ service: 'test-cli', account, timeoutMs: 60_000 }) };
const source = browserPkce({ ...keeping, baseUrl, clientId: 'test-cli', loginCommand: 'test-cli login' });
const io = nodeIo();
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();
const answer = await source.resolve({ io, notice: () => undefined });
const said = answer.state === 'usable' ? answer.credential.token : JSON.stringify(answer);
process.stdout.write(`${answer.state} ${said}\n`);
