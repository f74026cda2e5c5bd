import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fail, ok } from '../failure.ts';
import { fakeIo } from '../testing/fake-io.ts';
import type { FakeIo } from '../testing/fake-io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { loginWithDeviceCode } from './device-code.ts';
import type { DeviceLoginOptions } from './device-code.ts';
import { apiKeyDialect, rfc8628Dialect } from './device-dialect.ts';

type Scripted = readonly (readonly [status: number, body: unknown])[];

async function setUp(t: TestContext): Promise<FakeServer> {
  const server = await startFakeServer();
  t.after(() => server.close());
  return server;
}

const startAnswer = {
  device_code: 'dc',
  user_code: 'LMT-7QX2-9KFP',
  verification_uri: 'https://loomta.com/cli-auth',
  interval: 5,
  expires_in: 600,
};

/** Answers in order, the last one for ever; a body that is no object goes out as it is. */
function scripted(io: FakeIo, answers: Scripted): FakeIo & { readonly polls: () => number } {
  let calls = 0;
  const fetch = (): Promise<Response> => {
    const [status, body] = answers[Math.min(calls, answers.length - 1)] ?? [500, ''];
    calls += 1;
    return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
  };
  return { ...io, fetch, polls: () => calls - 1 };
}

const options = (
  io: FakeIo,
  baseUrl: string,
  more: Partial<DeviceLoginOptions<string>> = {},
): DeviceLoginOptions<string> => ({
  io,
  dialect: apiKeyDialect({ baseUrl }),
  proveStore: () => Promise.resolve(ok(undefined)),
  save: () => Promise.resolve(ok(undefined)),
  onCode: () => undefined,
  loginCommand: 'loomta auth:login',
  ...more,
});

const pending = [400, { error: 'authorization_pending' }] as const;
const approved = [200, { status: 'approved', api_key: 'loomta_sk_canary' }] as const;

test('the documented requests go out, and the key that comes once is saved before success', async (t) => {
  const server = await setUp(t);
  const saved: string[] = [];
  const answer = await loginWithDeviceCode(
    options(fakeIo(), server.url, {
      onCode: () => server.decideDevice('approve'),
      save: (key) => Promise.resolve(ok(void saved.push(key))),
    }),
  );
  assert.ok(answer.ok);
  assert.deepEqual(saved, [answer.value]);
  const [start, poll] = server.seen;
  assert.deepEqual(
    [start?.path, start?.body, start?.headers['content-type']],
    ['/auth/device/start', '{}', 'application/json'],
  );
  assert.equal(poll?.path, '/auth/device/token');
  assert.deepEqual(Object.keys(JSON.parse(poll?.body ?? '') as object), ['device_code']);
});

test('standard RFC 8628 goes out as forms and ends in tokens', async (t) => {
  const server = await setUp(t);
  const answer = await loginWithDeviceCode({
    ...options(fakeIo(), server.url),
    dialect: rfc8628Dialect({ baseUrl: server.url, clientId: 'lofty-cli' }),
    save: () => Promise.resolve(ok(undefined)),
    onCode: ({ userCode }) => {
      assert.equal(userCode, 'LFT-7QX2-9KFP');
      server.decideDevice('approve');
    },
  });
  assert.ok(answer.ok && server.live.has(answer.value.accessToken));
  assert.equal(server.seen[0]?.body, 'client_id=lofty-cli');
  assert.match(
    server.seen[1]?.body ?? '',
    /^grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=/,
  );
});

test('[cli 13] it polls at the interval, and five seconds slower after each slow_down, for good', async () => {
  const slow = [400, { error: 'slow_down' }] as const;
  const io = scripted(fakeIo(), [[200, startAnswer], pending, slow, pending, slow, pending, approved]);
  assert.ok((await loginWithDeviceCode(options(io, 'https://api.example.com'))).ok);
  assert.deepEqual(
    io.slept.map((ms) => ms / 1000),
    [5, 5, 10, 10, 15, 15],
  );
});

test('[cli 13] outages and proxy pages during polling are survived with growing waits; Retry-After is obeyed', async () => {
  const io = scripted(fakeIo(), [
    [200, startAnswer],
    [502, '<html>bad gateway</html>'],
    [400, '<html>blocked</html>'],
    [200, 'not json'],
    pending,
    approved,
  ]);
  assert.ok((await loginWithDeviceCode(options(io, 'https://api.example.com'))).ok);
  assert.deepEqual(
    io.slept.map((ms) => ms / 1000),
    [5, 10, 20, 40, 5],
  );
});

test('[cli 13] the code ends by the monotonic clock, though the wall clock jumps', async () => {
  const io = scripted(fakeIo({ now: () => Date.now() + Math.random() * 1e9 }), [[200, startAnswer], pending]);
  const answer = await loginWithDeviceCode(options(io, 'https://api.example.com'));
  assert.ok(!answer.ok);
  assert.deepEqual([answer.failure.kind, answer.failure.code], ['expired', 'expired_token']);
  assert.match(answer.failure.reason, /expired after 10 minutes/);
  assert.equal(io.monotonicMs(), 600_000);
  assert.equal(io.polls(), 120);
});

test('the server may end it too: expired_token, access_denied, and what it says otherwise', async () => {
  for (const [body, kind] of [
    [{ error: 'expired_token' }, 'expired'],
    [{ error: 'access_denied' }, 'denied'],
    [{ error: 'invalid_grant' }, 'rejected'],
  ] as const) {
    const io = scripted(fakeIo(), [[200, startAnswer], pending, [400, body]]);
    const answer = await loginWithDeviceCode(options(io, 'https://api.example.com'));
    assert.ok(!answer.ok);
    assert.deepEqual([answer.failure.kind, answer.failure.next], [kind, 'loomta auth:login']);
  }
});

test('access_denied names its three causes on the dialect that has three', async () => {
  const io = scripted(fakeIo(), [
    [200, startAnswer],
    [400, { error: 'access_denied' }],
  ]);
  const answer = await loginWithDeviceCode(options(io, 'https://api.example.com'));
  assert.ok(!answer.ok);
  assert.match(answer.failure.reason, /denied, not a valid code, or its key was already collected/);
});

test('a store that cannot be written is found before a code is asked for', async (t) => {
  const server = await setUp(t);
  const proveStore = (): Promise<ReturnType<typeof fail>> => Promise.resolve(fail('storage', 'no'));
  const answer = await loginWithDeviceCode(options(fakeIo(), server.url, { proveStore }));
  assert.ok(!answer.ok && answer.failure.kind === 'storage');
  assert.equal(server.seen.length, 0);
});

test('a failed save after the key came is never a success', async () => {
  const io = scripted(fakeIo(), [[200, startAnswer], approved]);
  const save = (): Promise<ReturnType<typeof fail>> => Promise.resolve(fail('storage', 'the disk is full'));
  const answer = await loginWithDeviceCode(options(io, 'https://api.example.com', { save }));
  assert.ok(!answer.ok && answer.failure.reason === 'the disk is full');
});

test('a start answer that would mislead is refused: foreign schemes, plain http, control characters, odd numbers', async () => {
  for (const change of [
    { verification_uri: 'javascript:alert(1)' },
    { verification_uri: 'file:///etc/passwd' },
    { verification_uri: 'http://loomta.com/cli-auth' },
    { verification_uri: 'https://loomta.com/ --new-window' },
    { user_code: 'A\u001b[2J' },
    { user_code: '' },
    { device_code: undefined },
    { expires_in: 0 },
    { expires_in: '600' },
    { interval: -1 },
  ]) {
    const io = scripted(fakeIo(), [[200, { ...startAnswer, ...change }], approved]);
    const answer = await loginWithDeviceCode(options(io, 'https://api.example.com'));
    assert.ok(!answer.ok && answer.failure.kind === 'server', JSON.stringify(change));
    assert.equal(io.polls(), 0);
  }
});

test('an unsafe complete address is dropped, the plain one is kept', async () => {
  const io = scripted(fakeIo(), [
    [200, { ...startAnswer, verification_uri_complete: 'http://evil.example/' }],
    approved,
  ]);
  const shown: unknown[] = [];
  await loginWithDeviceCode(
    options(io, 'https://api.example.com', {
      onCode: (code) => void shown.push(code.verificationUriComplete),
    }),
  );
  assert.deepEqual(shown, [undefined]);
});

test('Ctrl-C between polls ends the login at once', async () => {
  const io = scripted(fakeIo(), [[200, startAnswer], pending]);
  const answer = await loginWithDeviceCode(
    options(io, 'https://api.example.com', { onCode: () => io.interrupt() }),
  );
  assert.ok(!answer.ok && answer.failure.kind === 'cancelled');
  assert.equal(io.polls(), 0);
});

test('plain http to another machine is refused before anything is sent', async () => {
  const io = scripted(fakeIo(), [[200, startAnswer]]);
  const answer = await loginWithDeviceCode(options(io, 'http://api.example.com'));
  assert.ok(!answer.ok && answer.failure.kind === 'insecure');
  assert.equal(io.polls(), -1);
});
