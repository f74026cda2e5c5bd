// The kit against a server that is not ours, by its public functions alone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import {
  authorizedFetch,
  browserPkce,
  chain,
  clientCredentials,
  fileStore,
  fixedSetting,
  loginInTerminal,
  loginWithBrowser,
  signOut,
} from '../index.ts';
import type { Chain, CredentialSource, Io, Result, TokenSet } from '../index.ts';
import { fakeIo } from '../testing/fake-io.ts';
import type { FakeIo } from '../testing/fake-io.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import { visit } from './testing/person.ts';
import type { Visit } from './testing/person.ts';
import { appId, service, startForeign } from './testing/provider.ts';
import type { Foreign } from './testing/provider.ts';

const context = { io: fakeIo() };

function save(path: string, tokens: TokenSet): Promise<Result<void>> {
  return fileStore(path).write(tokens, context);
}

/** Undefined when nothing is there; what cannot be read fails the test. */
async function kept(path: string): Promise<TokenSet | undefined> {
  const found = await fileStore(path).read(context);
  assert.ok(found.ok);
  return found.value;
}

type Setup = {
  readonly server: Foreign;
  readonly cachePath: string;
  readonly io: FakeIo;
  readonly source: CredentialSource;
};

const person = { login: 'ari', password: 'any' };
const scope = 'openid offline_access';
const baseUrlOf = ({ issuer }: Foreign): string => issuer.replace(/\/$/, '');

async function setUp(t: TestContext, ...[options]: Parameters<typeof startForeign>[1][]): Promise<Setup> {
  const server = await startForeign(t, options);
  const cachePath = join(await temporaryHome(t), 'foreign-cli', 'tokens.json');
  const source = browserPkce({
    cachePath,
    baseUrl: baseUrlOf(server),
    clientId: appId,
    loginCommand: 'foreign-cli login',
  });
  return { server, cachePath, io: fakeIo(), source };
}

/** As a command-line tool would write it; the person is the test. */
async function login(setup: Setup): Promise<{ readonly result: Result<TokenSet>; readonly page: Visit }> {
  const { server, cachePath, io } = setup;
  let visited: Promise<Visit> | undefined;
  const result = await loginWithBrowser({
    io: {
      ...io,
      openBrowser: (url) => ((visited = visit(url, person)), Promise.resolve(true)),
      sleep: forEver,
    },
    baseUrl: server.issuer,
    clientId: appId,
    scope,
    loginCommand: 'foreign-cli login',
    save: (tokens) => save(cachePath, tokens),
  });
  assert.ok(visited);
  return { result, page: await visited };
}

/** Ends with its signal: a person takes as long as they take. */
const forEver: Io['sleep'] = (_, signal) =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));

const chainOf = ({ io, source }: Setup): Chain => chain([source], { io });

async function tokenOf(setup: Setup): Promise<string> {
  const answer = await chainOf(setup).resolve();
  assert.ok(answer.ok, answer.ok ? '' : answer.failure.reason);
  return answer.credential.token;
}

const shapes: readonly (readonly [string, NonNullable<Parameters<typeof startForeign>[1]>])[] = [
  ['at the root of its host', {}],
  ['with a path in its name', { path: '/tenants/north' }],
  ['whose name ends with a slash', { slash: true }],
  ['that has only OpenID Connect Discovery', { path: '/realms/north', onlyOpenId: true }],
];

for (const [name, options] of shapes) {
  test(`a foreign server ${name}: browser login, renewal with rotation, logout that revokes`, async (t) => {
    const setup = await setUp(t, options);
    const { server, cachePath, io } = setup;
    const { result, page } = await login(setup);
    assert.ok(result.ok, result.ok ? '' : result.failure.reason);
    assert.match(page.text, /Signed in\. Go back to your terminal\./);
    assert.ok(await server.knows(result.value.accessToken));
    assert.equal(await tokenOf(setup), result.value.accessToken);

    io.advance(3_590_000);
    const renewed = await tokenOf(setup);
    assert.notEqual(renewed, result.value.accessToken);
    const saved = await kept(cachePath);
    assert.equal(saved?.accessToken, renewed);
    assert.notEqual(saved.refreshToken, result.value.refreshToken, 'the server rotates');
    // A second time: where to renew was not forgotten with the first.
    io.advance(3_590_000);
    assert.notEqual(await tokenOf(setup), renewed);

    const last = await kept(cachePath);
    assert.ok(last?.refreshToken !== undefined);
    const store = fileStore(cachePath);
    const report = await signOut({ io, signIns: [{ name: 'foreign', store, client: { clientId: appId } }] });
    assert.deepEqual(
      report.tokens.map(({ token, revoked }) => [token, revoked]),
      [
        ['refresh', true],
        ['access', true],
      ],
    );
    assert.deepEqual(
      [await server.knows(last.accessToken), await server.knows(last.refreshToken)],
      [false, false],
    );
    assert.equal(await kept(cachePath), undefined);
  });
}

test('a foreign server where the person says no: denied, in the tab and here, and nothing saved', async (t) => {
  const setup = await setUp(t);
  const { server, cachePath, io } = setup;
  let visited: Promise<Visit> | undefined;
  const result = await loginWithBrowser({
    io: {
      ...io,
      sleep: forEver,
      // As [ Cancel ] on its page does.
      openBrowser: async (url) => {
        const first = await fetch(url, { redirect: 'manual' });
        const cookie = first.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; ');
        const abort = `${new URL(first.headers.get('location') ?? '', server.issuer).href}/abort`;
        const aborted = await fetch(abort, { redirect: 'manual', headers: { cookie } });
        const resumed = await fetch(aborted.headers.get('location') ?? '', {
          redirect: 'manual',
          headers: { cookie },
        });
        visited = visit(resumed.headers.get('location') ?? '', person);
        return true;
      },
    },
    baseUrl: server.issuer,
    clientId: appId,
    scope,
    loginCommand: 'foreign-cli login',
    save: (tokens) => save(cachePath, tokens),
  });
  assert.ok(!result.ok && result.failure.kind === 'denied', JSON.stringify(result));
  assert.match((await visited)?.text ?? '', /Not signed in/);
  assert.equal(await kept(cachePath), undefined);
});

test('a foreign server ends a sign-in whose refresh token was used twice: said, with the command that helps', async (t) => {
  const setup = await setUp(t);
  const { cachePath, io } = setup;
  const { result } = await login(setup);
  assert.ok(result.ok);
  io.advance(3_590_000);
  await tokenOf(setup);
  // An old copy of the file came back.
  await save(cachePath, { ...result.value, obtainedAt: 0, expiresAt: 1 });
  const answer = await chainOf(setup).resolve();
  assert.ok(!answer.ok);
  assert.deepEqual([answer.failure.kind, answer.failure.next], ['expired', 'foreign-cli login']);
});

for (const [name, options] of shapes.slice(0, 2)) {
  test(`a foreign server ${name}: device login by RFC 8628, and its renewal`, async (t) => {
    const setup = await setUp(t, options);
    const { server, cachePath, io } = setup;
    let done: Promise<Visit> | undefined;
    let sleeps = 0;
    const result = await loginInTerminal({
      io: {
        ...io,
        // The first poll comes too early; before the second the person has typed the code.
        sleep: async (ms) => {
          sleeps += 1;
          if (sleeps === 2)
            await (done ??= visit(`${baseUrlOf(server)}/device`, { ...person, user_code: codeOn(io) }));
          io.advance(ms);
        },
      },
      plan: { way: 'device', openBrowser: false, because: 'you asked for it', asked: true },
      baseUrl: server.issuer,
      clientId: appId,
      scope,
      loginCommand: 'foreign-cli login',
      proveStore: () => Promise.resolve({ ok: true, value: undefined }),
      save: (tokens) => save(cachePath, tokens),
    });
    assert.ok(result.ok, result.ok ? '' : result.failure.reason);
    assert.match((await done)?.text ?? '', /Sign-in Success|successful/i);
    assert.ok(await server.knows(result.value.accessToken));
    assert.equal(server.asked.filter((line) => line === `POST ${options.path ?? ''}/token`).length, 2);
    io.advance(3_590_000);
    const renewed = await tokenOf(setup);
    assert.ok(renewed !== result.value.accessToken && (await server.knows(renewed)));
  });
}

/** On the screen, as the person reads it. */
function codeOn(io: FakeIo): string {
  return /^ *([A-Z0-9]{4}-[A-Z0-9]{4}) *$/m.exec(io.err())?.[1] ?? assert.fail(io.err());
}

test('a foreign server: client credentials are exchanged at its own address, cached, and refused in words', async (t) => {
  const { server, cachePath, io } = await setUp(t, { path: '/tenants/north' });
  const source = (secret: string): CredentialSource =>
    clientCredentials({
      cachePath,
      baseUrl: server.issuer,
      tokenEndpoint: `${server.issuer}/token`,
      clientId: fixedSetting('--id', service.id),
      clientSecret: fixedSetting('--secret', secret),
      loginCommand: 'foreign-cli login',
    });
  const [first, second] = [
    await chain([source(service.secret)], { io }).resolve(),
    await chain([source(service.secret)], { io }).resolve(),
  ];
  assert.ok(first.ok && second.ok && first.credential.token === second.credential.token);
  assert.ok(await server.knows(first.credential.token));
  const refused = await chain([source('wrong')], { io }).resolve();
  assert.ok(!refused.ok);
  assert.deepEqual([refused.failure.kind, refused.failure.code], ['rejected', 'invalid_client']);
});

test('a foreign server: a call with the token, and one that the server refuses and that renewal mends', async (t) => {
  const setup = await setUp(t);
  const { server, cachePath, io } = setup;
  const { result } = await login(setup);
  assert.ok(result.ok);
  const call = authorizedFetch({ io, chain: chainOf(setup), baseUrl: server.issuer });
  const answer = await call('/me');
  assert.ok(answer.ok && answer.response.status === 200);
  assert.equal(((await answer.response.json()) as { readonly sub: string }).sub, 'ari');
  await save(cachePath, { ...result.value, accessToken: 'lost-its-grant' });
  const mended = await call('/me');
  assert.ok(mended.ok && mended.response.status === 200);
});
