// One process of a race: resolves a browser sign-in once and prints what it got. Arguments: cache path, base URL.
import { browserPkce } from '../sources/browser-pkce.ts';
import { nodeIo } from '../io.ts';

const [cachePath = '', baseUrl = ''] = process.argv.slice(2);
const source = browserPkce({ cachePath, baseUrl, clientId: 'test-cli', loginCommand: 'test-cli login' });
const answer = await source.resolve({ io: nodeIo(), notice: () => undefined });
const said = answer.state === 'usable' ? answer.credential.token : JSON.stringify(answer);
process.stdout.write(`${answer.state} ${said}\n`);
