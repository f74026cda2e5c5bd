// A device login in two steps, in one process or in two, under any clock.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { nodeIo } from '../io.ts';
import type { Io } from '../io.ts';
import { writePrivateFile } from '../store/private-file.ts';
import { fakeIo } from '../testing/fake-io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';
import { cancelDeviceLogin } from './device-cancel.ts';
import { beginDeviceLogin, finishDeviceLogin } from './device-code.ts';
import type { DeviceFinishOptions, DeviceLogin } from './device-code.ts';
import { rfc8628Dialect } from './device-dialect.ts';
import type { DeviceDialect } from './device-dialect.ts';
import { parseDeviceTicket } from './device-ticket.ts';

const loginCommand = 'test-cli login';
const proveStore = (): Promise<Result<void>> => Promise.resolve(ok(undefined));
const save = proveStore;

type Begun = DeviceLogin & {
  readonly server: FakeServer;
  readonly dialect: DeviceDialect<TokenSet>;
  readonly finish: (io: Io, more?: Partial<DeviceFinishOptions<TokenSet>>) => Promise<Result<TokenSet>>;
};

async function begin(t: TestContext, io: Io, prepare?: (server: FakeServer) => void): Promise<Begun> {
  const server = await startFakeServer();
  t.after(() => server.close());
  prepare?.(server);
  const dialect = rfc8628Dialect({ baseUrl: server.url, clientId: 'test-cli' });
  const begun = await beginDeviceLogin({ io, dialect, proveStore, loginCommand });
  assert.ok(begun.ok);
  const { ticket } = begun.value;
  return {
    ...begun.value,
    server,
    dialect,
    finish: (other, more = {}) =>
      finishDeviceLogin({ io: other, dialect, ticket, save, loginCommand, ...more }),
  };
}

test('[cli 11] a login that one process began is finished by another, from its ticket in a private file', async (t) => {
  const { server, ticket } = await begin(t, nodeIo(), (fake) => (fake.settings.intervalSeconds = 1));
  const path = join(await temporaryHome(t), 'pending', 'ticket.json');
  assert.ok((await writePrivateFile(path, JSON.stringify(ticket))).ok);
  server.decideDevice('approve');
  const edge = pathToFileURL(join(import.meta.dirname, '..', 'index.ts')).href;
  const script = `
    const kit = await import(${JSON.stringify(edge)});
    const ticket = kit.parseDeviceTicket(await kit.readPrivateFile(${JSON.stringify(path)}));
    const dialect = kit.rfc8628Dialect({ baseUrl: ${JSON.stringify(server.url)}, clientId: 'test-cli' });
    const done = await kit.finishDeviceLogin({
      io: kit.nodeIo(), dialect, ticket: ticket.value, loginCommand: 'x', save: async () => kit.ok(undefined),
    });
    console.log(done.ok ? done.value.accessToken : JSON.stringify(done.failure));`;
  const args = ['--conditions=@latchkey/source', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.ok(server.live.has(stdout.trim()), stdout);
});

test('[cli 11] finished later: denied and ended codes say so, and one that ended by our clock is still asked about', async (t) => {
  for (const [decision, kind] of [
    ['deny', 'denied'],
    ['expire', 'expired'],
  ] as const) {
    const { server, finish } = await begin(t, fakeIo());
    server.decideDevice(decision);
    const answer = await finish(fakeIo());
    assert.ok(!answer.ok && answer.failure.kind === kind);
    assert.equal(answer.failure.next, loginCommand);
  }
  const late = await begin(t, fakeIo());
  late.server.decideDevice('approve');
  assert.ok((await late.finish(fakeIo({ now: () => Date.now() + 1e9 }))).ok);
  const over = await begin(t, fakeIo());
  const answer = await over.finish(fakeIo({ now: () => Date.now() + 1e9 }));
  assert.ok(!answer.ok && answer.failure.kind === 'expired');
  assert.equal(over.server.count('/oauth/token'), 1);
});

test('a ticket that is none, or of another server, is never sent anywhere', async (t) => {
  const { server, ticket, finish } = await begin(t, fakeIo());
  const written = JSON.parse(JSON.stringify(ticket)) as Record<string, unknown>;
  const read = parseDeviceTicket(JSON.stringify(ticket));
  assert.ok(read.ok);
  assert.deepEqual(JSON.parse(JSON.stringify(read.value)), written);
  for (const text of ['', '[]', 'null', '{', ...changed(written)])
    assert.ok(!parseDeviceTicket(text).ok, text);
  const elsewhere = await finish(fakeIo(), { ticket: { ...ticket, server: 'https://other.example' } });
  assert.ok(!elsewhere.ok && elsewhere.failure.kind === 'configuration');
  assert.equal(server.count('/oauth/token'), 0);
});

function changed(ticket: Record<string, unknown>): readonly string[] {
  return [
    { version: 2 },
    { server: 'nowhere' },
    { deviceCode: '' },
    { userCode: 'A\u001b[2J' },
    { verificationUri: 'file:///etc/passwd' },
    { intervalSeconds: -1 },
    { expiresInSeconds: 0 },
    { expiresAtMs: 'soon' },
  ].map((change) => JSON.stringify({ ...ticket, ...change }));
}

test('[cli 13] the server counts no gap shorter than its interval, though the wall clock runs wild', async (t) => {
  const seconds = 0.7;
  const wild = (): number => Date.now() + (Math.random() - 0.5) * 1e10;
  let polls = 0;
  const io = nodeIo({
    now: wild,
    signal: new AbortController().signal,
    fetch: (input, init) => {
      if ((input as string).endsWith('/oauth/token') && (polls += 1) === 4) server.decideDevice('approve');
      return globalThis.fetch(input, init);
    },
  });
  const { server, deadlineMs, finish } = await begin(
    t,
    io,
    (fake) => (fake.settings.intervalSeconds = seconds),
  );
  assert.ok((await finish(io, { deadlineMs })).ok);
  assert.equal(server.pollGapsMs.length, 3);
  for (const gap of server.pollGapsMs) assert.ok(gap >= seconds * 1000, `${gap} ms`);
});

test('[cli 13] a timer that fires early is not believed: the monotonic clock decides', async (t) => {
  let clock = 0;
  const gaps: number[] = [];
  let polledAt: number | undefined;
  const early = fakeIo({
    monotonicMs: () => clock,
    sleep: (ms) => {
      clock += Math.max(1, Math.floor(ms * 0.8));
      return Promise.resolve();
    },
    fetch: (input, init) => {
      if ((input as string).endsWith('/oauth/token')) {
        if (polledAt !== undefined) gaps.push(clock - polledAt);
        polledAt = clock;
        if (gaps.length === 5) server.decideDevice('approve');
      }
      return globalThis.fetch(input, init);
    },
  });
  const { server, ticket, deadlineMs, dialect } = await begin(t, early);
  const slow = { ...ticket, intervalSeconds: 5 };
  const done = await finishDeviceLogin({ io: early, dialect, ticket: slow, deadlineMs, save, loginCommand });
  assert.ok(done.ok);
  for (const gap of gaps) assert.ok(gap >= 5000, `${gap} ms`);
});

test('[cli 13] slow_down adds five seconds, and is written down for the process that goes on', async (t) => {
  const io = fakeIo();
  const { server, ticket, deadlineMs, finish } = await begin(t, io);
  server.fault('/oauth/token', { status: 400, body: '{"error":"slow_down"}', times: 2 });
  const tickets: number[] = [];
  const done = finish(io, {
    deadlineMs,
    onSlower: (slower) => {
      if (tickets.push(slower.intervalSeconds) === 2) server.decideDevice('approve');
      return Promise.resolve();
    },
  });
  assert.ok((await done).ok);
  assert.deepEqual(tickets, [ticket.intervalSeconds + 5, ticket.intervalSeconds + 10]);
});

test('[cli 13] a Retry-After longer than our own patience is obeyed', async (t) => {
  const io = fakeIo();
  const { server, deadlineMs, finish } = await begin(t, io);
  server.fault('/oauth/token', {
    status: 429,
    body: '<h1>busy</h1>',
    headers: { 'retry-after': '120' },
    times: 1,
  });
  server.decideDevice('approve');
  assert.ok((await finish(io, { deadlineMs })).ok);
  assert.deepEqual(io.slept, [120_000]);
});

test('[cli 6] a code is taken back only where the server says that it is; nobody waits long for that', async (t) => {
  const stopped = AbortSignal.abort();
  const { server, ticket, dialect } = await begin(t, fakeIo());
  const io = { ...fakeIo(), signal: stopped };
  assert.equal(await cancelDeviceLogin({ io, dialect, ticket }), true);
  assert.equal(await cancelDeviceLogin({ io, dialect, ticket }), false);
  server.fault('/oauth/revoke', { body: '{}' });
  assert.equal(await cancelDeviceLogin({ io, dialect, ticket }), false);
  server.fault('/oauth/revoke', { delayMs: 600_000 });
  assert.equal(await cancelDeviceLogin({ io, dialect, ticket }), false);
});

test('a page of another site is never opened unasked', async (t) => {
  for (const [page, ours] of [
    ['https://api.example.com/device', true],
    ['https://example.com/device', true],
    ['https://evil.example/device', false],
    ['https://com/device', false],
    ['https://notexample.com/device', false],
    ['https://api.example.com.evil.example/', false],
    ['https://example.com:8443/device', false],
  ] as const) {
    const read = parseDeviceTicket(
      JSON.stringify({
        version: 1,
        server: 'https://api.example.com',
        deviceCode: 'x',
        userCode: 'LFT-7QX2-9KFP',
        verificationUri: page,
        intervalSeconds: 5,
        expiresInSeconds: 600,
        expiresAtMs: 0,
      }),
    );
    assert.ok(read.ok);
    assert.equal(read.value.pageIsOurs, ours, page);
  }
  const { ticket } = await begin(t, fakeIo());
  assert.ok(ticket.pageIsOurs);
});
