// What a command with a saved sign-in must not load (cli.md A.15): measured in a process of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { writeTokenCache } from './store/token-cache.ts';
import { temporaryHome } from './testing/temporary-home.ts';

test('[cli 15] a cached token is found without an HTTP stack, child processes, crypto or any library', async (t) => {
  const home = await temporaryHome(t);
  const cachePath = join(home, 'tokens', 'cache.json');
  const issuer = 'https://api.example.com';
  await writeTokenCache(cachePath, { accessToken: 'saved', obtainedAt: Date.now(), issuer });
  const edge = pathToFileURL(join(import.meta.dirname, 'index.ts')).href;
  const script = `
    import { registerHooks } from 'node:module';
    const libraries = [];
    registerHooks({
      resolve: (name, context, next) => {
        const found = next(name, context);
        if (found.url.includes('/node_modules/') && !name.startsWith('@latchkey/')) libraries.push(name);
        return found;
      },
    });
    const { browserPkce, chain, nodeIo } = await import(${JSON.stringify(edge)});
    const source = browserPkce({ cachePath: ${JSON.stringify(cachePath)}, baseUrl: '${issuer}', clientId: 'c', loginCommand: 'l' });
    const answer = await chain([source], { io: nodeIo() }).resolve();
    const loaded = process.moduleLoadList.filter((name) => /^NativeModule (?:https?|child_process|crypto|tls|internal\\/deps\\/undici.*)$/.test(name));
    console.log(JSON.stringify({ token: answer.credential.token, loaded, libraries }));`;
  const args = ['--conditions=@latchkey/source', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.deepEqual(JSON.parse(stdout), { token: 'saved', loaded: [], libraries: [] });
});
