import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { childEnvironment } from './child-environment.ts';
import { open } from './login/open-browser.ts';
import { copyWithProgram } from './terminal/clipboard-program.ts';
import { temporaryHome } from './testing/temporary-home.ts';

const secrets = {
  LOFTY_CLIENT_SECRET: 'canary-client-secret',
  LOFTY_CUSTOMER_KEY: 'canary-customer-key',
  LOFTY_SESSION_ID: 'canary-session-id',
  LOFTY_ACCESS_TOKEN: 'canary-access-token',
  LOFTY_REFRESH_TOKEN: 'canary-refresh-token',
  LOOMTA_API_KEY: 'canary-api-key',
};

const program = `#!/bin/sh
folder=$(dirname "$0")
{ echo "$*"; env; } > "$folder/seen.new"
cat > "$folder/typed"
mv "$folder/seen.new" "$folder/seen"
`;

test('[cli 10] what a browser needs is passed on, no secret is', () => {
  const needed = { PATH: '/bin', DISPLAY: ':0', XDG_SESSION_ID: '2', DBUS_SESSION_BUS_ADDRESS: 'unix:' };
  assert.deepEqual(childEnvironment({ ...needed, ...secrets }), needed);
});

test('[cli 10] a browser and a clipboard program never see a secret in their environment', async (t) => {
  const folder = join(await temporaryHome(t), 'programs');
  await mkdir(folder);
  const env = { ...secrets, PATH: `${folder}:/usr/bin:/bin`, DISPLAY: ':0' };
  const seen = async (): Promise<string> => {
    const file = join(folder, 'seen');
    // A browser is not waited for: on a busy machine it may still be starting.
    while (!existsSync(file)) await delay(20);
    const text = await readFile(file, 'utf8');
    await rm(file);
    return text;
  };
  for (const name of ['browser', 'xclip']) await writeFile(join(folder, name), program, { mode: 0o755 });

  assert.equal(await open('https://auth.example/', { ...env, BROWSER: join(folder, 'browser') }), true);
  const byBrowser = await seen();
  assert.match(byBrowser, /https:\/\/auth\.example\/[\s\S]*DISPLAY=:0/);
  assert.doesNotMatch(byBrowser, /canary/);

  assert.equal(await copyWithProgram('LFT-7QX2', env, 'linux'), true);
  assert.equal(await readFile(join(folder, 'typed'), 'utf8'), 'LFT-7QX2');
  const byClipboard = await seen();
  assert.match(byClipboard, /DISPLAY=:0/);
  assert.doesNotMatch(byClipboard, /canary/);
});
