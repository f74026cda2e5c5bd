import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chain } from './chain.ts';
import type { CredentialSource, Resolution } from './credential.ts';
import { directToken } from './sources/direct-token.ts';
import { fakeIo } from './testing/fake-io.ts';

type Asked = { readonly names: string[] };

function source(name: string, answer: Resolution | (() => Resolution), asked?: Asked): CredentialSource {
  return {
    name,
    label: name.toUpperCase(),
    resolve: () => {
      asked?.names.push(name);
      return Promise.resolve(typeof answer === 'function' ? answer() : answer);
    },
  };
}

const notSet: Resolution = { state: 'not-configured', missing: ['A', 'B'] };
const usable = (token: string): Resolution => ({
  state: 'usable',
  credential: {
    token,
    scheme: 'Bearer',
    origin: `~/${token}`,
    renews: false,
    identity: { email: 'ari@demo.test' },
  },
});
const down: Resolution = {
  state: 'failed',
  failure: { kind: 'network', reason: 'cannot reach https://x (connection refused)', next: 'check it' },
};

test('[cli 7] the first source that yields a token wins, and nothing below it is asked', async () => {
  const asked: Asked = { names: [] };
  const notices: string[] = [];
  const links = [
    source('one', notSet, asked),
    source('two', usable('t2'), asked),
    source('three', usable('t3'), asked),
  ];
  const answer = await chain(links, { io: fakeIo(), notice: (line) => notices.push(line) }).resolve();
  assert.ok(answer.ok);
  assert.deepEqual([answer.source.name, answer.credential.token], ['two', 't2']);
  assert.deepEqual(asked.names, ['one', 'two']);
  assert.deepEqual(notices, []);
});

test('[cli 7] a configured source that fails is fallen through with one line: which, why, and who is used instead', async () => {
  const asked: Asked = { names: [] };
  const notices: string[] = [];
  const io = fakeIo();
  const kit = chain([source('one', down, asked), source('two', usable('t2'))], {
    io,
    notice: (line) => notices.push(line),
  });
  assert.ok((await kit.resolve()).ok);
  assert.ok((await kit.resolve()).ok);
  assert.deepEqual(notices, [
    'ONE failed: cannot reach https://x (connection refused). Using TWO as ari@demo.test instead.',
  ]);
  assert.deepEqual(asked.names, ['one'], 'a failed source costs one time-out a command');
  io.advance(60_000);
  assert.ok((await kit.resolve()).ok);
  assert.deepEqual(
    asked.names,
    ['one', 'one'],
    'an outage that is over is noticed by a program that runs on',
  );
});

test('[cli 7] a set token that is not used is said once', async () => {
  const notices: string[] = [];
  const io = fakeIo({ env: { LOFTY_ACCESS_TOKEN: 'canary' } });
  const direct = directToken({ variable: 'LOFTY_ACCESS_TOKEN' });
  const kit = chain([source('one', usable('t1')), direct], { io, notice: (line) => notices.push(line) });
  await kit.resolve();
  await kit.resolve();
  assert.deepEqual(notices, ['LOFTY_ACCESS_TOKEN is set but not used: ONE as ari@demo.test comes first.']);
});

test('when nothing is configured the failure says where to start; when something failed, what', async () => {
  const none = await chain([source('one', notSet)], { io: fakeIo(), startWith: 'cli login' }).resolve();
  assert.ok(!none.ok);
  assert.deepEqual([none.failure.kind, none.failure.next], ['not-signed-in', 'cli login']);
  const failed = await chain([source('one', down), source('two', notSet)], { io: fakeIo() }).resolve();
  assert.ok(!failed.ok);
  assert.deepEqual(
    [failed.failure.kind, failed.failure.reason],
    ['network', 'ONE failed: cannot reach https://x (connection refused)'],
  );
});

test('[cli 7] a pinned source is the only one: no falling through, and an unknown name lists the known', async () => {
  const asked: Asked = { names: [] };
  const links = [source('one', usable('t1'), asked), source('two', down, asked)];
  const pinned = await chain(links, { io: fakeIo(), pin: 'two' }).resolve();
  assert.ok(!pinned.ok && pinned.failure.kind === 'network');
  assert.deepEqual(asked.names, ['two']);
  const unknown = await chain(links, { io: fakeIo(), pin: 'tow' }).resolve();
  assert.ok(!unknown.ok && unknown.failure.kind === 'configuration');
  assert.match(unknown.failure.next ?? '', /one, two/);
});

test('Ctrl-C in a source ends the chain instead of using another identity', async () => {
  const asked: Asked = { names: [] };
  const stopped: Resolution = { state: 'failed', failure: { kind: 'cancelled', reason: 'cancelled' } };
  const answer = await chain([source('one', stopped), source('two', usable('t2'), asked)], {
    io: fakeIo(),
  }).resolve();
  assert.ok(!answer.ok && answer.failure.kind === 'cancelled');
  assert.deepEqual(asked.names, []);
});

test('[cli 7] explain shows every link: not set, failed, in use, usable, shadowed', async () => {
  const io = fakeIo({ env: { TOKEN: 'canary' } });
  const quiet: (boolean | undefined)[] = [];
  const lower: CredentialSource = {
    name: 'lower',
    label: 'LOWER',
    resolve: ({ offline }) => {
      quiet.push(offline);
      return Promise.resolve(usable('t4'));
    },
  };
  const links = [
    source('one', notSet),
    source('two', down),
    source('three', usable('t3')),
    lower,
    directToken({ variable: 'TOKEN' }),
  ];
  const { links: shown, inUse } = await chain(links, { io }).explain();
  assert.deepEqual(
    shown.map(({ name, state, reason }) => [name, state, reason]),
    [
      ['one', 'not set', 'A, B missing'],
      ['two', 'failed', 'cannot reach https://x (connection refused)'],
      ['three', 'in use', '~/t3'],
      ['lower', 'usable', '~/t4'],
      ['direct-token', 'shadowed', 'TOKEN is set; method 3 wins'],
    ],
  );
  assert.equal(inUse?.name, 'three');
  assert.deepEqual(quiet, [true], 'links below the winner make no call');
  assert.doesNotMatch(JSON.stringify(shown.map(({ reason }) => reason)), /canary/);
});

test('[cli 7] explain with a pin marks the others and never asks them', async () => {
  const asked: Asked = { names: [] };
  const { links, inUse } = await chain([source('one', usable('t1'), asked), source('two', usable('t2'))], {
    io: fakeIo(),
    pin: 'two',
  }).explain();
  assert.deepEqual(
    links.map(({ state }) => state),
    ['not pinned', 'in use'],
  );
  assert.equal(inUse?.name, 'two');
  assert.deepEqual(asked.names, []);
});

test('a direct token is used as it is; a JWT past its end, or one that was refused, is not', async () => {
  const io = fakeIo({ env: { TOKEN: ' opaque-token ' } });
  const context = { io, notice: (): void => undefined };
  const direct = directToken({ variable: 'TOKEN' });
  const answer = await direct.resolve(context);
  assert.ok(answer.state === 'usable' && answer.credential.token === 'opaque-token');
  assert.equal((await direct.resolve({ ...context, refused: 'opaque-token' })).state, 'failed');
  const ended = Buffer.from(JSON.stringify({ exp: Math.floor(io.now() / 1000) - 3600 })).toString(
    'base64url',
  );
  const jwt = { ...io, env: { TOKEN: `eyJhbGciOiJub25lIn0.${ended}.x` } };
  assert.equal((await direct.resolve({ ...context, io: jwt })).state, 'failed');
  const near = Buffer.from(JSON.stringify({ exp: Math.floor(io.now() / 1000) - 600 })).toString('base64url');
  const skewed = { ...io, env: { TOKEN: `eyJhbGciOiJub25lIn0.${near}.x` } };
  const tried = await direct.resolve({ ...context, io: skewed });
  assert.equal(tried.state, 'usable', '[cli 13] a clock ten minutes fast does not end a token');
  const broken = { ...io, env: { TOKEN: 'two words' } };
  const refused = await direct.resolve({ ...context, io: broken });
  assert.ok(refused.state === 'failed' && refused.failure.kind === 'configuration');
});
