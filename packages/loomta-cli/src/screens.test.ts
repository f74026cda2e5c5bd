// The screens of ux.md section 5, symbol by symbol, with a terminal that a test plays.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fakeIo } from '../../auth-kit/src/testing/fake-io.ts';
import type { FakeIo } from '../../auth-kit/src/testing/fake-io.ts';
import { run } from './run.ts';

type Reply = readonly [path: string, status: number, body: unknown];
type Terminal = FakeIo & { readonly screen: () => string; readonly home: string };

const start: Reply = [
  '/auth/device/start',
  200,
  {
    device_code: 'lk_dc_canary',
    user_code: 'LMT-7QX2-9KFP',
    verification_uri: 'https://loomta.com/cli-auth',
    verification_uri_complete: 'https://loomta.com/cli-auth?code=LMT-7QX2-9KFP',
    interval: 5,
    expires_in: 600,
  },
];
const approved: Reply = [
  '/auth/device/token',
  200,
  { status: 'approved', api_key: 'loomta_sk_canarycanarycanary4f2a' },
];
const refused = (error: string): Reply => ['/auth/device/token', 400, { error }];
const platforms: Reply = ['/public/v1/platforms', 200, { platforms: [{}, {}] }];

/** A person's terminal: the answers come in this order, the keys are pressed as soon as somebody listens. */
async function terminal(t: TestContext, columns: number, replies: Reply[], keys = ''): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'loomta-screen-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  let text = '';
  const io = fakeIo({
    env: { LANG: 'C.UTF-8', NO_COLOR: '1', DISPLAY: ':0' },
    homedir: () => home,
    stderr: { write: (more) => void (text += more), isTTY: true, columns: () => columns },
    stdinIsTTY: true,
    keys: (onKey) => {
      setImmediate(() => [...keys].forEach((key) => onKey(key)));
      return () => undefined;
    },
    fetch: (input) => {
      const [path, status, body] = replies.shift() ?? ['none', 500, ''];
      assert.equal(new URL(input as string).pathname, path);
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    },
  });
  return { ...io, home, screen: () => visible(text) };
}

/** What stays on the screen: rewritten lines are gone. */
function visible(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\r\u001b[2K').at(-1) ?? '')
    .join('\n');
}

test('80 columns: code first, page opened, key saved', async (t) => {
  const io = await terminal(t, 80, [start, refused('authorization_pending'), approved, platforms]);
  assert.equal(await run(['auth:login'], io), 0);
  assert.equal(
    io.screen(),
    [
      'Signing in to https://api.loomta.com',
      '',
      'LMT-7QX2-9KFP',
      '',
      'Opened https://loomta.com/cli-auth?code=LMT-7QX2-9KFP',
      'Check that the page shows this code, then choose a workspace.',
      '✓ Signed in with key loomta_sk_…4f2a, saved in ~/.loomta/credentials.json',
      '',
    ].join('\n'),
  );
  assert.equal(io.out(), '{"status":"authenticated","source":"file","connectedPlatforms":2}\n');
  assert.deepEqual(io.opened, ['https://loomta.com/cli-auth?code=LMT-7QX2-9KFP']);
});

test('40 columns: address, then the code alone on its line; no line is longer than the terminal', async (t) => {
  const io = await terminal(t, 40, [start, refused('access_denied')]);
  assert.equal(await run(['auth:login', '--no-browser'], io), 1);
  const lines = io.screen().split('\n');
  assert.deepEqual(lines.slice(0, 5), [
    'Signing in to api.loomta.com',
    '',
    'Open https://loomta.com/cli-auth',
    'and enter',
    'LMT-7QX2-9KFP',
  ]);
  assert.deepEqual(io.opened, []);
  const last = JSON.parse(lines.at(-2) ?? '') as { error: { code: string } };
  assert.equal(last.error.code, 'access_denied');
});

test('when the code expires, Enter asks for a new one', async (t) => {
  const io = await terminal(t, 80, [start, refused('expired_token'), start, approved, platforms], '\r');
  assert.equal(await run(['auth:login', '--no-browser'], io), 0);
  assert.match(
    io.screen(),
    /The code expired after 10 minutes\. Nothing was saved\.\nPress Enter for a new code, or Ctrl-C\.\nOpen https/,
  );
  assert.match(await readFile(join(io.home, '.loomta', 'credentials.json'), 'utf8'), /4f2a/);
});

test('c copies the code, and the canary of a device code is nowhere on the screen', async (t) => {
  const io = await terminal(t, 80, [start, approved, platforms], 'c');
  let raw = '';
  const stderr = { ...io.stderr, write: (text: string) => void (raw += text) };
  assert.equal(await run(['auth:login', '--no-browser'], { ...io, stderr }), 0);
  assert.ok(raw.includes(`\u001b]52;c;${Buffer.from('LMT-7QX2-9KFP').toString('base64')}\u0007`));
  assert.doesNotMatch(raw, /canary/);
});
