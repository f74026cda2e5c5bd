// Logins on a real pty: what a person sees at three widths, and how Ctrl-C leaves the terminal at each stage.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import jsqr from 'jsqr';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { noPty, startInPty } from '../testing/pty.ts';
import type { Pty, PtyEnd, PtyOptions } from '../testing/pty.ts';

const skip = noPty ?? false;
const tool = fileURLToPath(new URL('../testing/login-cli.ts', import.meta.url));
const shortAddress = /^http:\/\/127\.0\.0\.1:(\d+)\/\w{4}$/m;

type Started = { readonly server: FakeServer; readonly pty: Pty };

async function start(
  t: TestContext,
  options: Partial<PtyOptions> & {
    readonly way?: string;
    readonly prepare?: (server: FakeServer) => void;
  } = {},
): Promise<Started> {
  const server = await startFakeServer();
  t.after(() => server.close());
  options.prepare?.(server);
  const way = options.way === undefined ? [] : [options.way];
  const pty = await startInPty(t, {
    columns: 80,
    ...options,
    env: { BROWSER: 'true', ...options.env },
    command: [process.execPath, '--conditions=@latchkey/source', tool, server.url, ...way],
  });
  return { server, pty };
}

/** Where authorizing leads to, not visited. */
async function callbackOf(address: string): Promise<URL> {
  const authorize = await fetch(address, { redirect: 'manual' });
  const location = authorize.headers.get('location') ?? '';
  if (!location.includes('/oauth/authorize')) return new URL(location);
  return new URL((await fetch(location, { redirect: 'manual' })).headers.get('location') ?? '');
}

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

function assertClean({ modes, temporary, files }: PtyEnd, pty: Pty): void {
  assert.equal(modes[1], modes[0], 'the modes of the terminal are what they were');
  assert.deepEqual(temporary, []);
  assert.deepEqual(files, []);
  // What was switched on is off: marked pastes, a hidden cursor, the other screen.
  for (const mode of ['?2004', '?25', '?1049']) {
    const switched = [...pty.raw().matchAll(new RegExp(`\\u001b\\[${RegExp.escape(mode)}([hl])`, 'g'))].map(
      ([, to]) => to,
    );
    const rest = mode === '?25' ? 'h' : 'l';
    assert.equal(switched.at(-1) ?? rest, rest, mode);
  }
}

for (const columns of [40, 80, 200]) {
  test(
    `[cli 5] at ${columns} columns the address stands alone on one line, and the wait counts down`,
    { skip },
    async (t) => {
      const { pty } = await start(t, { columns });
      const [address = ''] = await pty.shows(shortAddress);
      await pty.shows(
        columns === 40
          ? /^Waiting, [45]:\d\d {4}c copy/m
          : /^Waiting for you to authorize, [45]:\d\d left {5}c copy address/m,
      );
      const lines = pty.lines();
      assert.equal(lines.filter((line) => line.includes(address)).length, 1);
      assert.ok(lines.every((line) => line.length <= columns));
      // The countdown moves.
      const [, seconds = ''] = await pty.shows(/Waiting[^,]*, \d:(\d\d)/);
      await pty.shows(new RegExp(`Waiting[^,]*, \\d:(?!${seconds})\\d\\d`));
      pty.type('\u0003');
      assert.equal((await pty.ended).code, 130);
    },
  );

  test(`[cli 5] at ${columns} columns a code stands alone on its line`, { skip }, async (t) => {
    const { pty } = await start(t, { columns, way: 'device', prepare: slowPolls });
    await pty.shows(/^On any device open\nhttp:\/\/127\.0\.0\.1:\d+\/cli-auth\nand enter\nLFT-7QX2-9KFP$/m);
    await pty.shows(/^Waiting, \d+:\d\d/m);
    pty.type('\u0003');
    assert.equal((await pty.ended).code, 130);
  });
}

test(
  '[cli 5] without colour, without UTF-8, on a dumb terminal: plain lines, nothing but text',
  { skip },
  async (t) => {
    const { pty } = await start(t, {
      way: 'device',
      env: { TERM: 'dumb', NO_COLOR: '1', LANG: 'C' },
      prepare: slowPolls,
    });
    await pty.shows(/^Waiting, \d+:\d\d left/m);
    pty.type('\u0003');
    assert.equal((await pty.ended).code, 130);
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(pty.raw(), /[\u001b\u0080-\uffff]/u);
  },
);

test('[cli 5] addresses can be clicked where the terminal says so, and c copies', { skip }, async (t) => {
  const { pty } = await start(t, { env: { FORCE_HYPERLINK: '1' } });
  const [address = ''] = await pty.shows(shortAddress);
  assert.ok(pty.raw().includes(`\u001b]8;;${address}\u001b\\${address}\u001b]8;;\u001b\\`));
  await pty.shows(/^Waiting/m);
  pty.type('c');
  await pty.shows(/copied, if your terminal allows it/);
  assert.ok(pty.raw().includes(`\u001b]52;c;${Buffer.from(address).toString('base64')}\u0007`));
  pty.type('\u0003');
  await pty.ended;
});

const page = 'https://login.example/device?code=LFT-7QX2-9KFP';

test('[cli 5] the QR code on the screen leads to the page', { skip }, async (t) => {
  const { pty } = await start(t, { way: 'device', prepare: foreignPage });
  await pty.shows(/^Waiting, /m);
  assert.equal(decode(pty.lines()), page);
  pty.type('\u0003');
  await pty.ended;
});

test('[cli 5] a screen too small for the QR code has none', { skip }, async (t) => {
  const { pty } = await start(t, { way: 'device', columns: 30, prepare: foreignPage });
  await pty.shows(/^Waiting, /m);
  assert.doesNotMatch(pty.lines().join('\n'), /[█▀▄]/);
  pty.type('\u0003');
  await pty.ended;
});

function slowPolls(server: FakeServer): void {
  server.settings.intervalSeconds = 60;
}

function foreignPage(server: FakeServer): void {
  server.fault('/oauth/device_authorization', {
    body: JSON.stringify({
      device_code: 'lk_dc_canary',
      user_code: 'LFT-7QX2-9KFP',
      verification_uri: 'https://login.example/device',
      verification_uri_complete: page,
      interval: 60,
      expires_in: 600,
    }),
  });
}

/** Two modules a symbol, one above the other. */
function decode(lines: readonly string[]): string | undefined {
  const drawn = lines.filter((line) => /^[█▀▄ ]+$/.test(line) && line.includes('█'));
  const width = Math.max(...drawn.map((line) => line.length));
  const scale = 4;
  const size = { width: width * scale, height: drawn.length * 2 * scale };
  const pixels = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const row = Math.floor(y / scale);
      const symbol = drawn[Math.floor(row / 2)]?.[Math.floor(x / scale)] ?? ' ';
      const light = symbol === '█' || symbol === (row % 2 === 0 ? '▀' : '▄');
      pixels.set([light ? 255 : 0, light ? 255 : 0, light ? 255 : 0, 255], (y * size.width + x) * 4);
    }
  }
  return jsqr.default(pixels, size.width, size.height)?.data;
}

test(
  '[cli 6] Ctrl-C while the browser is waited for: exit 130, the port closed, the terminal as it was',
  { skip },
  async (t) => {
    const { pty } = await start(t);
    const [, port = ''] = await pty.shows(shortAddress);
    await pty.shows(/^Waiting/m);
    assert.equal(await refused(Number(port)), false);
    pty.type('\u0003');
    const end = await pty.ended;
    assert.equal(end.code, 130);
    await pty.shows(/^Cancelled\. Nothing was saved\.$/m);
    assert.ok(await refused(Number(port)));
    assertClean(end, pty);
  },
);

test(
  '[cli 6] Ctrl-C while a code waits: the server forgets it, and the person is told',
  { skip },
  async (t) => {
    const { server, pty } = await start(t, { way: 'device', prepare: slowPolls });
    await pty.shows(/^Waiting/m);
    pty.type('\u0003');
    const end = await pty.ended;
    assert.equal(end.code, 130);
    await pty.shows(/^Cancelled\. Nothing was saved; the code no longer works\.$/m);
    assert.equal(server.count('/oauth/revoke'), 1);
    assertClean(end, pty);
  },
);

test('[cli 6] Ctrl-C where the server cannot be told: until when the code lives', { skip }, async (t) => {
  const { pty } = await start(t, {
    way: 'device',
    prepare: (server) => {
      slowPolls(server);
      server.fault('/oauth/revoke', { status: 404, body: '<h1>none</h1>' });
    },
  });
  await pty.shows(/^Waiting/m);
  pty.type('\u0003');
  const end = await pty.ended;
  assert.equal(end.code, 130);
  await pty.shows(/^Cancelled\. Nothing was saved; the code ends at \d\d:\d\d\.$/m);
  assertClean(end, pty);
});

test('[cli 6] a second Ctrl-C waits for nobody, and still gives the terminal back', { skip }, async (t) => {
  const { server, pty } = await start(t, {
    way: 'device',
    prepare: (fake) => {
      slowPolls(fake);
      fake.fault('/oauth/revoke', { delayMs: 600_000 });
    },
  });
  await pty.shows(/^Waiting/m);
  pty.type('\u0003');
  await server.arrived('/oauth/revoke');
  pty.type('\u0003');
  const end = await pty.ended;
  assert.equal(end.code, 130);
  assertClean(end, pty);
});

test('[cli 6] Ctrl-C before anything was answered, and where a new code is offered', { skip }, async (t) => {
  const asking = await start(t, {
    way: 'device',
    prepare: (server) => server.fault('/oauth/device_authorization', { delayMs: 600_000 }),
  });
  await asking.server.arrived('/oauth/device_authorization');
  asking.pty.type('\u0003');
  const first = await asking.pty.ended;
  assert.equal(first.code, 130);
  assertClean(first, asking.pty);

  const { server, pty } = await start(t, { way: 'device' });
  await pty.shows(/^LFT-7QX2-9KFP$/m);
  server.decideDevice('expire');
  await pty.shows(/^Press Enter for a new code, or Ctrl-C\.$/m);
  pty.type('\r');
  await pty.shows(/LFT-7QX2-9KFP[^]*LFT-7QX2-9KFP/);
  server.decideDevice('expire');
  await pty.shows(/Press Enter[^]*Press Enter/);
  pty.type('\u0003');
  const end = await pty.ended;
  assert.equal(end.code, 130);
  assertClean(end, pty);
});

test(
  '[cli 6] Ctrl-C while the code is redeemed: nothing is saved, and the tab is told',
  { skip },
  async (t) => {
    const { server, pty } = await start(t, {
      prepare: (fake) => fake.fault('/oauth/token', { delayMs: 600_000 }),
    });
    const [address = ''] = await pty.shows(shortAddress);
    const tab = fetch(await callbackOf(address));
    await server.arrived('/oauth/token');
    pty.type('\u0003');
    assert.match(await (await tab).text(), /Not signed in.*Nothing was saved/);
    const end = await pty.ended;
    assert.equal(end.code, 130);
    assertClean(end, pty);
  },
);

const saved = /Signed in, saved in ~\/\.config\/test-cli\/tokens\.json$/m;

async function assertSignedInOnce({ server, pty }: Started): Promise<void> {
  const end = await pty.ended;
  assert.equal(end.code, 0, pty.lines().join('\n'));
  await pty.shows(saved);
  assert.deepEqual(end.files, ['.config/test-cli/tokens.json']);
  assert.equal(end.modes[1], end.modes[0]);
  const redeemed = server.seen.filter(({ body }) => body.includes('grant_type=authorization_code'));
  assert.equal(redeemed.length, 1, 'one redemption reached the server');
}

test('[cli 1] the callback comes to the port', { skip }, async (t) => {
  const started = await start(t);
  const [address = ''] = await started.pty.shows(shortAddress);
  assert.match(
    await (await fetch(await callbackOf(address))).text(),
    /Signed in\. Go back to your terminal\./,
  );
  await assertSignedInOnce(started);
});

test('[cli 1] the whole address is pasted instead, as a terminal marks a paste', { skip }, async (t) => {
  const started = await start(t);
  const { pty } = started;
  const [address = ''] = await pty.shows(shortAddress);
  const callback = await callbackOf(address);
  await pty.shows(/^Waiting/m);
  pty.type(`\u001b[200~${callback.href.replace(/state=[^&]+/, 'state=other')}\u001b[201~`);
  await pty.shows(/That belongs to another sign-in/);
  pty.type(`\u001b[200~${callback.href}\u001b[201~`);
  await assertSignedInOnce(started);
  assert.ok(!pty.raw().includes(callback.searchParams.get('code') ?? ''), 'the code is not echoed');
});

test('[cli 1] code#state is pasted where no browser is here, with or without Enter', { skip }, async (t) => {
  const started = await start(t, { way: 'paste' });
  const { server, pty } = started;
  await pty.shows(/^Paste the code shown:$/m);
  await pty.shows(/^Waiting/m);
  const address =
    pty
      .lines()
      .join('')
      .match(/http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?.*?code_challenge_method=S256/)?.[0] ?? '';
  const callback = await callbackOf(address);
  assert.equal(callback.origin + callback.pathname, `${server.url}/oauth/code`);
  const pasted = `${callback.searchParams.get('code')}#${callback.searchParams.get('state')}`;
  pty.type('nonsense\r');
  await pty.shows(/That is no code/);
  pty.type(pasted);
  await assertSignedInOnce(started);
});

test(
  '[cli 1] p shows a code beside the open port; whichever is first wins, and the code is taken back',
  { skip },
  async (t) => {
    const started = await start(t, { prepare: slowPolls });
    const { server, pty } = started;
    const [address = ''] = await pty.shows(shortAddress);
    await pty.shows(/^Waiting/m);
    pty.type('p');
    await pty.shows(/^LFT-7QX2-9KFP$/m);
    await fetch(await callbackOf(address));
    await assertSignedInOnce(started);
    assert.equal(server.count('/oauth/revoke'), 1);
  },
);

test(
  '[cli 1] p, and the code is approved first: the port is closed and nothing is redeemed there',
  { skip },
  async (t) => {
    const { server, pty } = await start(t);
    const [, port = ''] = await pty.shows(shortAddress);
    await pty.shows(/^Waiting/m);
    pty.type('p');
    await pty.shows(/^LFT-7QX2-9KFP$/m);
    server.decideDevice('approve');
    await pty.shows(saved);
    assert.equal((await pty.ended).code, 0);
    assert.ok(await refused(Number(port)));
    assert.equal(server.seen.filter(({ body }) => body.includes('grant_type=authorization_code')).length, 0);
  },
);

test('[cli 1] over SSH a code is shown, and one line says why', { skip }, async (t) => {
  const { pty } = await start(t, {
    env: { BROWSER: '', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22', SSH_TTY: '/dev/pts/9' },
    prepare: slowPolls,
  });
  await pty.shows(/^Over SSH, so no browser is opened here\. On any device open$/m);
  pty.type('\u0003');
  assert.equal((await pty.ended).code, 130);
});
