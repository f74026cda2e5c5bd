// The credential for other programs, in their own protocols [cli 15]: transcripts as they write and read them, and real
// git.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FakeLofty } from '../testing/fake-lofty.ts';
import { withLofty } from '../testing/with-lofty.ts';
import type { Surroundings } from '../testing/with-lofty.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const inShell = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
/** As a shell reads it, wherever the checkout lies. */
const asCommand = [process.execPath, '--conditions=@latchkey/source', main].map(inShell).join(' ');

const isInstalled = (program: string): boolean => {
  try {
    execFileSync(program, ['--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

type SignedIn = Surroundings & {
  readonly token: () => Promise<string>;
  readonly expiresAt: () => Promise<number>;
};

async function signedIn(t: TestContext): Promise<SignedIn> {
  const all = await withLofty(t);
  await all.signIn();
  const cache = async (): Promise<{ accessToken: string; expiresAt: number }> =>
    JSON.parse(await readFile(join(all.home, '.config/tokens/lofty-pkce-cache.json'), 'utf8')) as {
      accessToken: string;
      expiresAt: number;
    };
  return {
    ...all,
    token: async () => (await cache()).accessToken,
    expiresAt: async () => (await cache()).expiresAt,
  };
}

const gitHost = (lofty: FakeLofty): string => `protocol=http\nhost=${new URL(lofty.url).host}\n`;

test('[cli 15] git get: user name, token and its end; a git that knows authtype gets a bearer token', async (t) => {
  const { cli, lofty, token, expiresAt } = await signedIn(t);
  const expires = `password_expiry_utc=${Math.floor((await expiresAt()) / 1000)}\n`;
  const old = await cli(['auth', 'helper', 'git', 'get'], { stdin: `${gitHost(lofty)}\n` });
  assert.deepEqual([old.code, old.stderr], [0, '']);
  assert.equal(old.stdout, `username=oauth2\npassword=${await token()}\n${expires}`);
  const named = await cli(['auth', 'helper', 'git', 'get'], { stdin: `${gitHost(lofty)}username=ari\n\n` });
  assert.match(named.stdout, /^username=ari\n/);
  const modern = await cli(['auth', 'helper', 'git', 'get'], {
    stdin: `capability[]=authtype\ncapability[]=state\n${gitHost(lofty)}wwwauth[]=Bearer\n\n`,
  });
  assert.equal(
    modern.stdout,
    `capability[]=authtype\nauthtype=Bearer\ncredential=${await token()}\nephemeral=1\n${expires}`,
  );
  const byUrl = await cli(['auth', 'helper', 'git', 'get'], { stdin: `url=${lofty.url}/x.git\n\n` });
  assert.match(byUrl.stdout, /\npassword=/);
});

test('[cli 15] git: another host, protocol or port gets nothing, and no complaint', async (t) => {
  const { cli, lofty } = await signedIn(t);
  const { host, port } = new URL(lofty.url);
  for (const asked of [
    'protocol=https\nhost=github.com',
    `protocol=https\nhost=${host}`,
    `protocol=http\nhost=127.0.0.1:${Number(port) + 1}`,
    `protocol=http\nhost=${host}.evil.example`,
    `protocol=http\nhost=evil.example#${host}`,
    'host=x',
    '',
  ]) {
    const ended = await cli(['auth', 'helper', 'git', 'get'], { stdin: `${asked}\n\n` });
    assert.deepEqual([ended.code, ended.stdout, ended.stderr], [0, '', ''], asked);
  }
});

test('[cli 15] git erase renews a token that a server refused; store and what git may invent are silent', async (t) => {
  const { cli, lofty, token } = await signedIn(t);
  const refused = await token();
  for (const action of ['store', 'capability', 'erase']) {
    const stdin = `${gitHost(lofty)}username=oauth2\npassword=${refused}\n\n`;
    const ended = await cli(['auth', 'helper', 'git', action], { stdin });
    assert.deepEqual([ended.code, ended.stdout, ended.stderr], [0, '', ''], action);
    assert.equal((await token()) === refused, action !== 'erase');
  }
});

test(
  '[cli 15] real git fills a credential by the helper',
  { skip: isInstalled('git') ? false : 'no git' },
  async (t) => {
    const { lofty, home, env, token } = await signedIn(t);
    const config = [
      '-c',
      'credential.helper=',
      '-c',
      `credential.${lofty.url}.helper=!${asCommand} auth helper git`,
    ];
    const child = promisify(execFile)('git', [...config, 'credential', 'fill'], {
      env: {
        HOME: home,
        PATH: process.env['PATH'] ?? '',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_NOSYSTEM: '1',
        ...env,
      },
    });
    child.child.stdin?.end(`url=${lofty.url}/team/repository.git\n\n`);
    const { stdout } = await child;
    assert.match(stdout, new RegExp(`^username=oauth2\npassword=${await token()}$`, 'm'));
  },
);

test('[cli 15] docker get, list, store and erase speak docker-credential-helpers', async (t) => {
  const { cli, lofty, token } = await signedIn(t);
  const docker = (action: string, stdin: string): ReturnType<typeof cli> =>
    cli(['auth', 'helper', 'docker', action], { stdin });
  const { host } = new URL(lofty.url);
  for (const server of [lofty.url, host, `${lofty.url}/v2/`]) {
    const got = await docker('get', `${server}\n`);
    assert.equal(got.code, 0, server);
    assert.deepEqual(JSON.parse(got.stdout), {
      ServerURL: server,
      Username: 'oauth2',
      Secret: await token(),
    });
  }
  const other = await docker('get', 'https://index.docker.io/v1/');
  assert.deepEqual([other.code, other.stdout], [1, 'credentials not found in native keychain\n']);
  assert.deepEqual(JSON.parse((await docker('list', '')).stdout), { [lofty.url]: 'oauth2' });
  const stored = await docker('store', JSON.stringify({ ServerURL: host, Username: 'a', Secret: 'canary' }));
  assert.equal(stored.code, 1);
  assert.match(stored.stdout, /^lofty-cli keeps no passwords; sign in with: lofty-cli auth login-browser\n$/);
  assert.equal((await docker('erase', host)).code, 0);
  assert.equal((await docker('get', host)).code, 0, 'docker logout does not end the sign-in');
});

test('[cli 15] docker, signed out: not found, with the reason beside it, and an empty list', async (t) => {
  const { cli, lofty } = await withLofty(t);
  const got = await cli(['auth', 'helper', 'docker', 'get'], { stdin: lofty.url });
  assert.deepEqual([got.code, got.stdout], [1, 'credentials not found in native keychain\n']);
  assert.match(got.stderr, /Not signed in[\s\S]*lofty-cli auth login-browser/);
  assert.equal((await cli(['auth', 'helper', 'docker', 'list'])).stdout, '{}\n');
});

test('[cli 15] kubectl: an ExecCredential of the version that was asked for', async (t) => {
  const { cli, token, expiresAt } = await signedIn(t);
  const end = `${new Date(await expiresAt()).toISOString().slice(0, 19)}Z`;
  for (const version of ['v1', 'v1beta1']) {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    const info = JSON.stringify({ kind: 'ExecCredential', apiVersion, spec: { interactive: false } });
    const { code, stdout } = await cli(['auth', 'helper', 'kubectl'], {
      env: { KUBERNETES_EXEC_INFO: info },
    });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), {
      kind: 'ExecCredential',
      apiVersion,
      spec: {},
      status: { expirationTimestamp: end, token: await token() },
    });
  }
  assert.match((await cli(['auth', 'helper', 'kubectl'])).stdout, /k8s\.io\/v1"/);
  for (const info of ['{', '{"apiVersion":"client.authentication.k8s.io/v1alpha1"}', 'null']) {
    const refused = await cli(['auth', 'helper', 'kubectl'], { env: { KUBERNETES_EXEC_INFO: info } });
    assert.deepEqual([refused.code, refused.stdout], [2, ''], info);
  }
});

test('[cli 15] aws credential_process: version 1, with the end of the token', async (t) => {
  const { cli, token, expiresAt } = await signedIn(t);
  const { code, stdout } = await cli(['auth', 'helper', 'aws']);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), {
    Version: 1,
    AccessKeyId: 'oauth2',
    SecretAccessKey: await token(),
    SessionToken: await token(),
    Expiration: new Date(await expiresAt()).toISOString(),
  });
});

test('[cli 15] every helper, signed out: nothing on stdout, the reason on stderr, exit code 3', async (t) => {
  const { cli, lofty } = await withLofty(t);
  for (const argv of [['git', 'get'], ['kubectl'], ['aws']]) {
    const { code, stdout, stderr } = await cli(['auth', 'helper', ...argv], { stdin: `${gitHost(lofty)}\n` });
    assert.deepEqual([code, stdout], [3, ''], argv.join(' '));
    assert.match(stderr, /Not signed in/);
  }
});
