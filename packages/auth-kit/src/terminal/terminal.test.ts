import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { open } from '../login/open-browser.ts';
import { fakeIo } from '../testing/fake-io.ts';
import type { FakeIo } from '../testing/fake-io.ts';
import { copyToClipboard } from './clipboard.ts';
import { displayPath } from './display-path.ts';
import { qrCode } from './qr.ts';
import { colourAllowed, symbols } from './symbols.ts';
import { formatCountdown, showWait } from './wait-line.ts';

function terminal(
  columns: number,
  env: Record<string, string> = {},
): FakeIo & { readonly written: () => string } {
  let text = '';
  const stderr = { write: (more: string) => void (text += more), isTTY: true, columns: () => columns };
  return { ...fakeIo({ env, stderr }), written: () => text };
}

test('the countdown rounds up, so that 0:00 means over', () => {
  assert.deepEqual([292_000, 291_001, 60_000, 9_000, 1, 0, -5].map(formatCountdown), [
    '4:52',
    '4:52',
    '1:00',
    '0:09',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('on a terminal the waiting line is rewritten and taken away; it never wraps', (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const io = terminal(30);
  const { stop } = showWait(io, 5000, (remaining) => `Waiting for you to authorize, ${remaining} left`);
  io.advance(1000);
  t.mock.timers.tick(1000);
  stop();
  stop();
  assert.equal(
    io.written(),
    `\r\u001b[2KWaiting for you to authorize,\r\u001b[2KWaiting for you to authorize,\r\u001b[2K`,
  );
});

test('without a terminal it is one plain line', () => {
  const io = fakeIo();
  showWait(io, 5000, (remaining) => `Waiting, ${remaining} left`).stop();
  assert.equal(io.err(), 'Waiting, 0:05 left\n');
});

test('signs need UTF-8, colour needs a terminal and no NO_COLOR', () => {
  assert.equal(symbols({ env: { LANG: 'en_US.UTF-8' }, platform: 'linux' }).done, '✓');
  assert.equal(symbols({ env: { LANG: 'en_US.UTF-8', LC_ALL: 'C' }, platform: 'linux' }).failed, 'error');
  assert.equal(symbols({ env: {}, platform: 'linux' }).note, 'note');
  assert.equal(symbols({ env: { LANG: 'C.UTF-8', TERM: 'dumb' }, platform: 'linux' }).done, 'ok');
  assert.ok(colourAllowed(terminal(80), 'stderr'));
  assert.ok(!colourAllowed(terminal(80, { NO_COLOR: '1' }), 'stderr'));
  assert.ok(!colourAllowed(terminal(80), 'stdout'));
});

test('where no program copies, the terminal is asked', async () => {
  const io = terminal(80);
  assert.equal(await copyToClipboard(io, 'LMT-7QX2-9KFP'), 'asked');
  assert.equal(io.written(), `\u001b]52;c;${Buffer.from('LMT-7QX2-9KFP').toString('base64')}\u0007`);
  assert.equal(await copyToClipboard(fakeIo(), 'x'), 'not-copied');
  const copied: string[] = [];
  const withProgram = { ...io, copy: (text: string) => Promise.resolve(copied.push(text) > 0) };
  assert.equal(await copyToClipboard(withProgram, 'x'), 'copied');
  assert.deepEqual(copied, ['x']);
});

test('a QR code is drawn only where it fits', async () => {
  assert.match(
    (await qrCode(terminal(80, { LANG: 'C.UTF-8' }), 'https://loomta.com/cli-auth?code=LMT-7QX2-9KFP')) ?? '',
    /[█▀▄]/,
  );
  assert.equal(
    await qrCode(terminal(20, { LANG: 'C.UTF-8' }), 'https://loomta.com/cli-auth?code=LMT-7QX2-9KFP'),
    undefined,
  );
  assert.equal(await qrCode(fakeIo(), 'https://loomta.com'), undefined);
});

test('paths are shown from home', () => {
  const io = { homedir: () => '/home/ari' };
  assert.equal(displayPath('/home/ari/.loomta/x', io), '~/.loomta/x');
  assert.equal(displayPath('/home/arielle/x', io), '/home/arielle/x');
});

test('BROWSER is started without a shell, its failure is noticed, and none means none', async () => {
  assert.equal(await open('https://x.example/?a=1&b=2', { BROWSER: 'true' }), true);
  assert.equal(await open('https://x.example/', { BROWSER: 'false' }), false);
  assert.equal(await open('https://x.example/', { BROWSER: 'none' }), false);
  assert.equal(await open('https://x.example/', { BROWSER: 'no-such-browser-here' }), false);
  assert.equal(await open('https://x.example/', { BROWSER: 'ls --no-such-option' }), false);
  assert.equal(await open('https://x.example/', { BROWSER: 'no-such-browser-here:true' }), true);
});
