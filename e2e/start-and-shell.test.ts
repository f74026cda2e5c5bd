// `npm start` and `npm run shell` in this checkout, on a data folder with a blank in its name.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../demo/free-port.ts';
import { findTakenPort } from '../demo/ports.ts';
import { npm } from './npm.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'latchkey e2e '));
after(() => rm(folder, { recursive: true, force: true }));

const running = /Loopback only, invented people/;

/** A free port after a free port, so that a demo on the first would want this one for its sample app. */
const portAfterTwoFree = async (): Promise<number> => {
  for (;;) {
    const port = await freePort();
    if ((await findTakenPort(port - 1)) === undefined) return port;
  }
};

type DemoJson = { issuer: string; people: { email: string; password: string }[] };

const demoJson = async (): Promise<DemoJson> =>
  JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoJson;

test('the shell without a demo says to start one, and runs nothing', async () => {
  const shell = npm(root, ['run', 'shell', '--', '--data', folder, '-c', 'echo ran']);
  assert.equal(await shell.ended, 1);
  assert.match(shell.printed(), /No demo was started yet: .* Run npm start in another terminal first\./);
  assert.doesNotMatch(shell.printed(), /^ran$/m);
});

test('a start shows its screen, writes demo.json for its owner alone, and each signal stops it with exit code 0 within 2 s', async () => {
  let before: DemoJson | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const start = npm(root, ['start', '--', '--port', '0', '--data', folder]);
    await start.prints(running);
    const { issuer, people } = await demoJson();
    assert.equal((await stat(join(folder, 'demo.json'))).mode & 0o777, 0o600);
    assert.ok(start.printed().includes(`Start here    ${issuer}\n`));
    for (const { email, password } of people)
      assert.match(start.printed(), new RegExp(`${email} +${password} `));
    assert.equal((await fetch(issuer)).status, 200);

    if (before !== undefined) {
      assert.match(start.printed(), /^Found your demo data from \d{1,2} \w{3} \d{4}\.$/m);
      assert.deepEqual(people, before.people);
    }
    before = await demoJson();

    const askedMs = performance.now();
    start.signal(signal);
    assert.equal(await start.ended, 0, signal);
    assert.ok(performance.now() - askedMs < 2_000, `${signal} took ${performance.now() - askedMs} ms`);
    await assert.rejects(fetch(issuer), 'nothing listens any more');
  }
});

test('a second Ctrl-C ends it at once although a connection is still being answered', async () => {
  const start = npm(root, ['start', '--', '--port', '0', '--data', folder]);
  await start.prints(running);
  const { port } = new URL((await demoJson()).issuer);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  // A request whose body never comes: a polite stop waits a while for it. The answer 100 says that it is being served.
  socket.write(
    'POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString('utf8'), /^HTTP\/1\.1 100 /);
  start.signal('SIGINT');
  const again = setTimeout(() => start.signal('SIGINT'), 500);
  // 130 says forced; the first alone would have ended with 0.
  assert.equal(await start.ended, 130);
  clearTimeout(again);
  socket.destroy();
});

test('when a port is taken nothing starts, and the message names the port, its user and a command that works', async () => {
  const blocker = createServer();
  const port = await portAfterTwoFree();
  await new Promise<void>((resolve) => {
    blocker.listen(port, '127.0.0.1', resolve);
  });
  after(() => blocker.close());
  const itself = npm(root, ['start', '--', '--port', String(port), '--data', folder]);
  assert.equal(await itself.ended, 1);
  const said = new RegExp(
    `^Port ${port} is in use; nothing was started\\. Choose one: npm start -- --port (\\d+) --data '.*'$`,
    'm',
  );
  assert.match(itself.printed(), said);

  const sample = npm(root, ['start', '--', '--port', String(port - 1), '--data', folder]);
  assert.equal(await sample.ended, 1);
  assert.match(
    sample.printed(),
    new RegExp(`^Port ${port} is in use \\(the sample app needs it\\); nothing`, 'm'),
  );
});

test('a wrong argument exits 2 with the fix, and starts nothing', async () => {
  const start = npm(root, ['start', '--', '--upstream', 'http://localhost:3000']);
  assert.equal(await start.ended, 2);
  assert.match(start.printed(), /--upstream and --openapi belong together: npm start -- --upstream/);
});

test('the shell has both tools, the pinned Node and the address of the running demo; -c passes its exit code on', async () => {
  const start = npm(root, ['start', '--', '--port', '0', '--data', folder]);
  await start.prints(running);
  const { issuer } = await demoJson();
  const script =
    'node --version; echo "$LOFTY_BASE_URL $LOOMTA_API_URL"; lofty-cli --version; loomta --help | head -1; env | grep -c ^npm_; exit 7';
  const shell = npm(root, ['run', '-s', 'shell', '--', '--data', folder, '-c', script], { SHELL: '/bin/sh' });
  assert.equal(await shell.ended, 7, shell.printed());
  const printed = shell.printed();
  assert.match(printed, /^v26\./m);
  assert.ok(printed.includes(`${issuer} ${issuer}\n`), printed);
  assert.match(printed, /^\S*\d+\.\d+\.\d+$/m);
  assert.match(printed, /^loomta/m);
  assert.match(printed, /^0$/m);
  start.signal('SIGTERM');
  assert.equal(await start.ended, 0);
});

test('in front of another API the screen offers that API, and its calls pass the gateway', async () => {
  const upstream = createHttpServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ path: request.url }));
  });
  await new Promise<void>((resolve) => {
    upstream.listen(0, '127.0.0.1', resolve);
  });
  after(() => upstream.close());
  const { port } = upstream.address() as AddressInfo;
  const own = await mkdtemp(join(tmpdir(), 'latchkey-e2e-own-'));
  after(() => rm(own, { recursive: true, force: true }));
  const openapi = join(own, 'things.yaml');
  await writeFile(
    openapi,
    'openapi: 3.1.0\ninfo: { title: Things, version: "1" }\npaths:\n  /things:\n    get:\n      operationId: listThings\n      summary: List things\n      responses: { "200": { description: All of them } }\n',
  );
  const words = ['--port', '0', '--data', join(own, 'data'), '--upstream', `http://127.0.0.1:${port}`];
  const start = npm(root, ['start', '--', ...words, '--openapi', openapi]);
  await start.prints(running);
  assert.match(start.printed(), /lofty-cli api GET \/things/);
  assert.doesNotMatch(start.printed(), /Sample app|leads/);
  const file = JSON.parse(await readFile(join(own, 'data', 'demo.json'), 'utf8')) as DemoJson & {
    customerKeys: { email: string; key: string }[];
  };
  const refused = await fetch(`${file.issuer}/things`);
  assert.equal(refused.status, 401);
  const key = file.customerKeys.find(({ email }) => email === 'ari@demo.test')?.key ?? '';
  const answered = await fetch(`${file.issuer}/things`, { headers: { authorization: `token ${key}` } });
  assert.deepEqual(await answered.json(), { path: '/things' });
  start.signal('SIGTERM');
  assert.equal(await start.ended, 0);
});
