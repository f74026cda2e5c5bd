// No secret ever escapes (cli.md A.10): the real tools, as processes, through every login, renewal, failure and logout;
// then each secret that was in play is searched in everything that was left behind.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { noProc, openMachine } from './canary.ts';
import type { Machine, RunOptions } from './canary.ts';
import { databaseEvidence, findLeaks } from './canary-search.ts';
import type { Evidence } from './canary-search.ts';
import { chooseWorkspace, heading, press, signIn } from './visitor.ts';
import { openWorld } from './world.ts';

const logged: string[] = [];
const world = await openWorld({ log: (line) => void logged.push(line) });
const { file } = world;

const bundle = (name: string): string =>
  fileURLToPath(new URL(`../packages/${name}/dist/main.js`, import.meta.url));
const [lofty, loomta] = [bundle('lofty-cli'), bundle('loomta-cli')];

const hour = 3_600_000;
const agent = world.person('agent');
const app =
  file.apps.find(({ clientSecret }) => clientSecret !== undefined) ?? assert.fail('an app with a secret');
const customerKey =
  file.customerKeys.find(({ email }) => email === agent.email)?.key ?? assert.fail('a customer key');

/** What a vendor's developer has in the shell, whatever command they run. */
const loftyEnv = {
  LOFTY_BASE_URL: world.issuer,
  LOFTY_CLIENT_ID: app.clientId,
  LOFTY_CLIENT_SECRET: app.clientSecret ?? '',
};
const loomtaEnv = { LOOMTA_API_URL: world.issuer };
const session = { LOFTY_TOKEN_URL: file.tokenServiceUrl, LOFTY_SESSION_ID: file.sessionId };

/** Of all machines: what the server must not know either. */
const allSecrets = new Set<string>();

const machineWith = async (...known: readonly string[]): Promise<Machine> => {
  const machine = await openMachine();
  for (const secret of [app.clientSecret ?? '', file.sessionId, ...known]) machine.secrets.add(secret);
  return machine;
};

const judge = async (machine: Machine, least: number): Promise<void> => {
  await machine.lookAtFiles();
  for (const secret of machine.secrets) allSecrets.add(secret);
  assert.ok(machine.secrets.size >= least, `only ${machine.secrets.size} secrets were in play`);
  assert.deepEqual(findLeaks(machine.evidence, machine.secrets), []);
  const wrongModes = [...machine.credentialFiles].filter(([, fault]) => fault !== undefined);
  assert.deepEqual(wrongModes, []);
};

const readers = [
  ['auth', 'status'],
  ['auth', 'status', '--json', '--verbose'],
  ['auth', 'status', '--offline'],
  ['auth', 'test', '--verbose'],
  ['auth', 'show'],
  ['auth', 'profiles'],
  ['me', 'get', '--verbose'],
  ['leads', 'list', '--limit', '1', '--json', '--verbose'],
];

const helpers = ['git', 'docker', 'kubectl', 'aws'];

/** Everything that can be asked of a sign-in, and what other programs ask of it. */
const useAll = async (machine: Machine, env: RunOptions['env']): Promise<void> => {
  for (const words of readers) {
    const { code, stderr } = await machine.run([lofty, ...words], { env });
    assert.ok(code === 0 || words[1] === 'show', `${words.join(' ')}: ${code} ${stderr}`);
  }
  await machine.run([lofty, 'auth', 'token', '--verbose'], { env, printsSecrets: true });
  const { host, protocol } = new URL(world.issuer);
  const asked = { git: `protocol=${protocol.replace(':', '')}\nhost=${host}\n\n`, docker: world.issuer };
  for (const name of helpers) {
    const words = [lofty, 'auth', 'helper', name, ...(name in asked ? ['get'] : []), '--verbose'];
    const stdin = name === 'git' ? asked.git : name === 'docker' ? asked.docker : '';
    const { code, stdout, stderr } = await machine.run(words, { env, stdin, printsSecrets: true });
    assert.equal(code, 0, `${name}: ${stderr}`);
    assert.ok(stdout.length > 20, `${name} answers with the credential`);
  }
};

/** git itself, asking as for a push. */
const askGit = async (machine: Machine, env: RunOptions['env']): Promise<void> => {
  const { host, protocol } = new URL(world.issuer);
  const helper = `credential.helper=!"${process.execPath}" "${lofty}" auth helper git`;
  const { code, stdout, stderr } = await machine.run(['git', '-c', helper, 'credential', 'fill'], {
    env: { ...env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' },
    stdin: `protocol=${protocol.replace(':', '')}\nhost=${host}\n\n`,
    printsSecrets: true,
  });
  assert.equal(code, 0, stderr);
  const password = /^password=(.+)$/m.exec(stdout)?.[1] ?? '';
  assert.ok(machine.secrets.has(password), 'git got the token that is in use');
};

const approve = async (address: string, code: string | undefined): Promise<void> => {
  const page = await world.newPage();
  await page.goto(address);
  await signIn(page, agent);
  if (code !== undefined) {
    await page.getByLabel('Code from your terminal').fill(code);
    await press(page, 'Continue');
    assert.equal(await heading(page), 'Is this code in your terminal?');
  }
  await chooseWorkspace(page, 'Northside Realty');
  await press(page, 'Authorize');
  const end = code === undefined ? 'Signed in. Go back to your terminal.' : 'Approved.';
  await page.getByText(end).first().waitFor();
  await page.context().close();
};

test(
  "[cli 10] [cli 15] [security 31] lofty-cli by browser, and git by lofty-cli: nothing escapes, with a vendor's secrets in the environment",
  { skip: noProc },
  async () => {
    const machine = await machineWith();
    const env = loftyEnv;
    const login = machine.start([lofty, 'auth', 'login-browser', '--verbose'], { env });
    await approve(await login.tells(/^(http:\/\/127\.0\.0\.1:\S+)$/m), undefined);
    const ended = await login.ended;
    assert.equal(ended.code, 0, ended.stderr);
    await useAll(machine, env);
    await askGit(machine, { LOFTY_BASE_URL: world.issuer });
    world.pass(2 * hour);
    const renewed = await machine.run([lofty, 'me', 'get', '--verbose'], { env });
    assert.match(renewed.stderr, /> POST \S+\/oauth\/token/, 'it was renewed');
    const out = await machine.run([lofty, 'auth', 'logout', '--revoke', '--verbose'], { env });
    assert.match(out.stderr, /> POST \S+\/oauth\/revoke/, 'it was revoked');
    // Two pairs of tokens, a code and its verifier, and what was known before.
    await judge(machine, 8);
    assert.deepEqual([...machine.credentialFiles.keys()], ['.config/tokens/lofty-pkce-cache.json']);
    assert.ok(
      machine.evidence.some(({ place }) => place.startsWith('file programs/seen-')),
      'a browser was opened',
    );
  },
);

test('[cli 10] [security 31] lofty-cli by a code, waited for or finished by another process: nothing escapes', async () => {
  const machine = await machineWith();
  const env = { LOFTY_BASE_URL: world.issuer };
  const login = machine.start([lofty, 'auth', 'login-browser', '--no-browser', '--verbose'], { env });
  const address = await login.tells(/^(http:\/\/\S+\/device)$/m);
  await approve(address, await login.tells(/^(LFT-\S+)$/m));
  assert.equal((await login.ended).code, 0);
  await machine.run([lofty, 'auth', 'logout', '--all', '--verbose'], { env });

  const begun = await machine.run([lofty, 'auth', 'login-browser', '--no-wait', '--verbose'], { env });
  assert.equal(begun.code, 0, begun.stderr);
  assert.ok(machine.credentialFiles.has('.config/lofty-cli/pending-login.json'));
  const { user_code: code } = JSON.parse(begun.stdout) as { readonly user_code: string };
  await approve(address, code);
  const finished = await machine.run([lofty, 'auth', 'login-browser', '--resume', '--verbose'], { env });
  assert.equal(finished.code, 0, finished.stderr);
  await useAll(machine, env);
  await machine.run([lofty, 'auth', 'logout', '--revoke'], { env });
  await judge(machine, 8);
});

test('[cli 10] [security 31] lofty-cli by client credentials, Token URL and direct token: nothing escapes', async () => {
  const machine = await machineWith(customerKey);
  const env = loftyEnv;
  assert.equal(
    (await machine.run([lofty, 'auth', 'set', '-', '--verbose'], { env, stdin: customerKey })).code,
    0,
  );
  assert.equal((await machine.run([lofty, 'auth', 'login', '--verbose'], { env })).code, 0);
  await useAll(machine, env);
  await machine.run([lofty, 'auth', 'show', '--raw'], { env, printsSecrets: true });
  const { stdout: token } = await machine.run([lofty, 'auth', 'token'], { env, printsSecrets: true });
  const saved = await readFile(join(machine.home, '.config/tokens/lofty-oauth-cache.json'), 'utf8');
  assert.doesNotMatch(saved, new RegExp(RegExp.escape(app.clientSecret ?? '')));
  assert.ok(!saved.includes(customerKey));
  await machine.run([lofty, 'auth', 'remove', '--verbose'], { env });
  await machine.run([lofty, 'auth', 'logout', '--all'], { env });

  await useAll(machine, { LOFTY_BASE_URL: world.issuer, LOFTY_ACCESS_TOKEN: token.trim() });

  const byVariable = { ...env, ...session };
  assert.equal(
    (await machine.run([lofty, 'auth', 'login-session', '--verbose'], { env: byVariable })).code,
    0,
  );
  const tokens = await readFile(join(machine.home, '.config/tokens/lofty-session-cache.json'), 'utf8');
  assert.ok(!tokens.includes(file.sessionId), 'a session id of the environment is not copied to disk');
  const typed = ['--tokenurl', file.tokenServiceUrl, '--sessionid', '-'];
  const bySession = await machine.run([lofty, 'auth', 'login-session', ...typed, '--verbose'], {
    env,
    stdin: file.sessionId,
  });
  assert.equal(bySession.code, 0, bySession.stderr);
  await useAll(machine, env);
  await machine.run([lofty, 'auth', 'logout', '--revoke', '--all', '--verbose'], { env });
  await judge(machine, 5);
});

/** As good as real by their form, so that no pattern is what hides them. */
const wrong = {
  clientSecret: 'canary-wrong-client-secret-5d1f',
  customerKey: 'canary-wrong-customer-key-91ab',
  sessionId: 'canary-wrong-session-id-77c0',
  accessToken: 'canary-wrong-access-token-20de',
  refreshToken: 'canary-wrong-refresh-token-6e3a',
  proxyPassword: 'canary-proxy-password-1b9c',
  apiKey: 'canary-wrong-api-key-c4c4',
};

test('[cli 10] [security 31] lofty-cli with wrong secrets, no network and mistakes: no message repeats a secret', async () => {
  const machine = await machineWith(...Object.values(wrong));
  const base = { LOFTY_BASE_URL: world.issuer, LOFTY_CLIENT_ID: app.clientId };
  const direct = { LOFTY_ACCESS_TOKEN: wrong.accessToken, LOFTY_REFRESH_TOKEN: wrong.refreshToken };
  const session = { LOFTY_TOKEN_URL: file.tokenServiceUrl, LOFTY_SESSION_ID: wrong.sessionId };
  const nobody = 'http://127.0.0.1:1';
  const proxied = `http://me:${wrong.proxyPassword}@127.0.0.1:1`;
  const fail = async (words: readonly string[], options: RunOptions): Promise<void> => {
    const { code } = await machine.run([lofty, ...words], options);
    assert.ok(code !== 0 && code !== null, words.join(' '));
  };
  const verbose = '--verbose';
  await machine.run([lofty, 'auth', 'set', '-'], { env: base, stdin: wrong.customerKey });
  await fail(['auth', 'login', verbose], { env: { ...base, LOFTY_CLIENT_SECRET: wrong.clientSecret } });
  await fail(['auth', 'login', verbose], { env: { ...loftyEnv } });
  await fail(['auth', 'test', verbose], { env: { ...loftyEnv } });
  await fail(['auth', 'login-session', verbose], { env: { ...base, ...session } });
  await fail(['me', 'get', verbose], { env: { ...base, ...direct } });
  await fail(['auth', 'test', '--json', verbose], { env: { ...base, ...direct } });
  await fail(['me', 'get', verbose], { env: { ...base, ...direct, LOFTY_BASE_URL: nobody } });
  await fail(['auth', 'login', verbose], { env: { ...loftyEnv, LOFTY_BASE_URL: nobody } });
  await fail(['me', 'get', verbose], {
    env: { ...base, ...direct, LOFTY_BASE_URL: 'https://api.canary.test', HTTPS_PROXY: proxied },
  });
  await fail(['me', 'get', verbose], {
    env: { ...base, ...direct, LOFTY_BASE_URL: `https://me:${wrong.proxyPassword}@api.canary.test` },
  });
  await fail(['auth', 'login-session', verbose], {
    env: { ...base, ...session, LOFTY_TOKEN_URL: 'http://x.test' },
  });
  await machine.run([lofty, 'auth', 'status', '--json'], { env: { ...base, ...direct, ...session } });
  for (const words of [
    ['--help'],
    ['auth', 'login', '--help'],
    ['--version'],
    ['auth', 'helper', 'git', 'store'],
  ]) {
    await machine.run([lofty, ...words], {
      env: { ...base, ...direct },
      stdin: `password=${wrong.accessToken}\n`,
    });
  }
  for (const shell of ['bash', 'zsh', 'fish']) {
    await machine.run([lofty, 'completion', shell], { env: { ...base, ...direct } });
  }
  await machine.run([lofty, 'auth', 'logout', '--revoke', '--all', verbose], { env: { ...base, ...direct } });
  await judge(machine, 9);
});

test('[cli 10] [security 31] loomta: login, use, wrong keys, hand-over and logout: nothing escapes', async () => {
  const machine = await machineWith(wrong.apiKey, wrong.proxyPassword);
  const env = { ...loomtaEnv, DEBUG: '1' };
  const login = machine.start([loomta, 'auth:login'], { env });
  const code = await login.tells(/^(LMT-\S+)$/m);
  await approve(`${world.issuer}/cli-auth`, code);
  const ended = await login.ended;
  assert.equal(ended.code, 0, ended.stderr);
  for (const words of [['auth:status'], ['platforms:list'], ['--help'], ['--version']]) {
    assert.equal((await machine.run([loomta, ...words], { env })).code, 0, words.join(' '));
  }
  const saved = JSON.parse(await readFile(join(machine.home, '.loomta/credentials.json'), 'utf8')) as object;
  const key = Object.values(saved).find(
    (value: unknown) => typeof value === 'string' && machine.secrets.has(value),
  );
  assert.equal(typeof key, 'string', 'the key is known to the search');

  const begun = await machine.run([loomta, 'auth:login', '--no-wait'], { env });
  assert.equal(begun.code, 0, begun.stderr);
  const { user_code: second } = JSON.parse(begun.stdout) as { readonly user_code: string };
  await approve(`${world.issuer}/cli-auth`, second);
  assert.equal((await machine.run([loomta, 'auth:login', '--resume'], { env })).code, 0);

  const given = await machine.run([loomta, 'auth:login', '--api-key', '-'], { env, stdin: String(key) });
  assert.equal(given.code, 0, given.stderr);
  const refused = await machine.run([loomta, 'auth:login', '--api-key', '-'], { env, stdin: wrong.apiKey });
  assert.equal(refused.code, 1);
  for (const more of [
    { LOOMTA_API_KEY: wrong.apiKey },
    { LOOMTA_API_KEY: wrong.apiKey, LOOMTA_API_URL: 'http://127.0.0.1:1' },
    { LOOMTA_API_URL: `https://me:${wrong.proxyPassword}@api.canary.test` },
  ]) {
    assert.equal((await machine.run([loomta, 'platforms:list'], { env: { ...env, ...more } })).code, 1);
  }
  assert.equal((await machine.run([loomta, 'auth:logout'], { env })).code, 0);
  // Two device codes, two keys.
  await judge(machine, 6);
});

test('[security 31] neither the log of the server nor its database holds a secret that it was shown', async () => {
  assert.ok(logged.length > 50, 'the server wrote its log');
  assert.ok(allSecrets.size > 20);
  const log: Evidence = { place: 'log', bytes: Buffer.from(logged.join('')) };
  const database = await databaseEvidence(world.dataFolder);
  assert.ok(
    database.some(({ bytes }) => bytes.includes(agent.email)),
    'this is the database',
  );
  assert.deepEqual(
    findLeaks([log, ...database], new Set([...allSecrets, ...file.people.map(({ password }) => password)])),
    [],
  );
});
