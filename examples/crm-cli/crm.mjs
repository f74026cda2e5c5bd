#!/usr/bin/env node
// A whole command-line tool on auth-kit: login, status, logout and one call of the API. Plain JavaScript, Node 20 or newer.
import * as kit from '@latchkey/auth-kit';

const io = kit.nodeIo();
const baseUrl = process.env.CRM_URL ?? 'http://localhost:4000';
const clientId = 'lofty-cli'; // Yours: an app without a secret, from the owner of the API.
const loginCommand = 'crm login';
const say = (line) => console.error(line);
const here = { io, notice: say };
const store = kit.fileStore(`${io.homedir()}/.config/crm/tokens.json`);
const sources = [kit.browserPkce({ baseUrl, clientId, store, loginCommand })];
const chain = kit.chain(sources, { ...here, startWith: loginCommand });

const fail = ({ reason, next }) => {
  say(next === undefined ? reason : `${reason}\nNext: ${next}`);
  return 1;
};

const commands = {
  login: async () => {
    const plan = kit.planLogin(await kit.gatherEvidence(io), { wait: true });
    const pasteRedirectUri = `${baseUrl}/oauth/code`;
    const proveStore = () => store.proveWritable(here);
    const save = (tokens) => store.write(tokens, here);
    const app = { baseUrl, clientId, pasteRedirectUri, loginCommand };
    const login = await kit.loginInTerminal({ io, plan, ...app, proveStore, save });
    if (!login.ok) return fail(login.failure);
    say('Signed in.');
    return 0;
  },
  status: async () => {
    const { links, failure } = await chain.explain();
    for (const { label, state, reason } of links) console.log(`${label}: ${state}, ${reason}`);
    return failure === undefined ? 0 : fail(failure);
  },
  logout: async () => {
    const signIns = [{ name: 'crm', store, client: { clientId } }];
    const { tokens } = await kit.signOut({ ...here, signIns });
    for (const { token, revoked, reason } of tokens)
      say(`The ${token} token is ${revoked ? 'revoked' : `not revoked: ${reason}`}.`);
    say('Signed out.');
    return 0;
  },
  me: async () => {
    const call = kit.authorizedFetch({ io, chain, baseUrl });
    const answer = await call('/v1.0/me');
    if (!answer.ok) return fail(answer.failure);
    console.log(await answer.response.text());
    return answer.response.ok ? 0 : 1;
  },
};

const usage = () => fail({ reason: 'crm login | status | me | logout' });
process.exit(await (commands[process.argv[2]] ?? usage)());
