// The whole table of places: what a machine shows, and the way that fits it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planLogin } from './plan.ts';
import type { LoginEvidence, LoginWishes } from './plan.ts';

type Place = Partial<Omit<LoginEvidence, 'env'>> & { readonly env?: Record<string, string> };

const display = { DISPLAY: ':0' };
const ssh = { SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22' };

const decide = (place: Place, wishes: LoginWishes = {}): string => {
  const evidence = { platform: 'linux', terminal: true, inContainer: false, opener: true, env: {}, ...place };
  const { way, openBrowser, because } = planLogin(evidence, wishes);
  return `${way}${openBrowser ? ', opened' : ''}: ${because}`;
};

const places: readonly (readonly [place: Place, plan: string])[] = [
  [{ platform: 'darwin' }, 'browser, opened: this is a desktop'],
  [{ platform: 'win32' }, 'browser, opened: this is a desktop'],
  [{ env: display }, 'browser, opened: a display is there'],
  [{ env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'browser, opened: a display is there'],
  [{ env: display, opener: false }, 'device: without a program that opens pages'],
  [{}, 'device: without a display'],
  [{ inContainer: true }, 'device: in a container'],
  [{ inContainer: true, env: display }, 'browser, opened: a display is there'],
  [{ env: { ...ssh, SSH_TTY: '/dev/pts/1' } }, 'device: over SSH'],
  [{ env: { ...ssh, SSH_TTY: '/dev/pts/1', ...display } }, 'device: over SSH'],
  [{ platform: 'darwin', env: { ...ssh, SSH_TTY: '/dev/ttys001' } }, 'device: over SSH'],
  // A connection without a terminal is an editor's tunnel, not a remote shell.
  [{ env: { ...ssh, ...display } }, 'browser, opened: a display is there'],
  [{ platform: 'darwin', env: ssh }, 'browser, opened: this is a desktop'],
  [
    { env: { ...ssh, SSH_TTY: '/dev/pts/1', BROWSER: '/vscode/browser.sh' } },
    'browser, opened: BROWSER is set',
  ],
  [{ env: { WSL_DISTRO_NAME: 'Debian' } }, 'browser, opened: Windows has a browser'],
  [{ env: { WSL_INTEROP: '/run/WSL/8' }, opener: false }, 'browser, opened: Windows has a browser'],
  [{ env: { WSL_DISTRO_NAME: 'Debian', ...ssh, SSH_TTY: '/dev/pts/1' } }, 'device: over SSH'],
  [{ env: { CODESPACES: 'true', BROWSER: '/vscode/browser.sh', ...display } }, 'device: in a codespace'],
  [{ env: { REMOTE_CONTAINERS: 'true' } }, 'device: in a development container'],
  [{ env: { REMOTE_CONTAINERS: 'true', BROWSER: 'code' } }, 'browser, opened: BROWSER is set'],
  [{ env: { CI: 'true', ...display } }, 'device: in CI'],
  [{ env: { BROWSER: 'none', ...display } }, 'browser: BROWSER says to open none'],
  [{ env: { BROWSER: 'firefox' }, opener: false }, 'browser, opened: BROWSER is set'],
  [{ terminal: false, env: display }, 'hand-over: there is no terminal'],
  [{ terminal: false, platform: 'darwin' }, 'hand-over: there is no terminal'],
  [{ terminal: false, env: { CI: 'true' } }, 'hand-over: there is no terminal'],
];

test('[cli 1] each place has its way, and one line says why', () => {
  for (const [place, plan] of places) assert.equal(decide(place), plan, JSON.stringify(place));
});

test('[cli 1] a wish beats the evidence, and a server without device codes leaves the pasted one', () => {
  const desktop: Place = { env: display };
  assert.equal(decide(desktop, { noBrowser: true }), 'device: you asked for no browser');
  assert.equal(decide(desktop, { noBrowser: true, device: false }), 'paste: you asked for no browser');
  assert.equal(decide({}, { device: false }), 'paste: without a display');
  for (const way of ['device', 'paste', 'hand-over'] as const) {
    assert.equal(decide(desktop, { way }), `${way}: you asked for it`);
  }
  assert.equal(decide({ terminal: false }, { way: 'browser' }), 'browser, opened: you asked for it');
  assert.equal(decide({}, { way: 'browser', noBrowser: true }), 'browser: you asked for it');
  assert.equal(
    decide({ terminal: false, env: display }, { wait: true }),
    'browser, opened: a display is there',
  );
  assert.equal(decide({ terminal: false }, { wait: true }), 'device: without a display');
});
