// Behaviour 12 of cli.md: behind a company's proxy, with its certificate, in a process of its own on each Node.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startCompanyNetwork } from '../testing/company-network.ts';
import type { CompanyNetwork } from '../testing/company-network.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';

type Answer = {
  readonly status?: number;
  readonly text?: string;
  readonly kind?: string;
  readonly reason?: string;
  readonly next?: string;
};
type Runtime = { readonly name: string; readonly node: string | undefined; readonly from: string };

const root = join(import.meta.dirname, '..');
const runtimes: readonly Runtime[] = [
  { name: 'this Node', node: process.execPath, from: join(root, '%s.ts') },
  {
    name: 'the oldest Node',
    node: process.env['LATCHKEY_TEST_NODE20'],
    from: join(root, '..', 'dist', '%s.js'),
  },
];

/** One request for each address, one after another, in one process. */
async function sendAll(
  { node = '', from }: Runtime,
  urls: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<readonly Answer[]> {
  const moduleOf = (name: string): string => JSON.stringify(pathToFileURL(from.replace('%s', name)).href);
  const script = `
    const { send } = await import(${moduleOf('http/send')});
    const { nodeIo } = await import(${moduleOf('io')});
    const answers = [];
    for (const url of ${JSON.stringify(urls)}) {
      const answer = await send(nodeIo(), url, {});
      answers.push(answer.ok ? { status: answer.value.status, text: answer.value.text } : answer.failure);
    }
    process.stdout.write(JSON.stringify(answers));`;
  const args = ['--conditions=@latchkey/source', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(node, args, { env });
  return JSON.parse(stdout) as Answer[];
}

async function setUp(
  t: TestContext,
  password?: string,
): Promise<CompanyNetwork & { readonly authorityFile: string }> {
  const network = await startCompanyNetwork(password === undefined ? {} : { password });
  t.after(() => network.close());
  const authorityFile = join(await temporaryHome(t), 'company-ca.pem');
  await writeFile(authorityFile, network.authority);
  return { ...network, authorityFile };
}

const reached: Answer = { status: 200, text: '{"reached":true}' };

for (const runtime of runtimes) {
  const options = { skip: runtime.node === undefined && 'npm test names the oldest Node' };

  test(
    `[cli 12] ${runtime.name}: a server that only the proxy can reach is reached, and this machine without it`,
    options,
    async (t) => {
      const { proxy, url, asked, authorityFile } = await setUp(t);
      const here = await startFakeServer();
      t.after(() => here.close());
      const { port } = new URL(here.url);
      const local = [`http://127.0.0.1:${port}/x`, `http://localhost:${port}/x`];
      const env = {
        HTTPS_PROXY: proxy,
        HTTP_PROXY: proxy,
        ALL_PROXY: proxy,
        NODE_EXTRA_CA_CERTS: authorityFile,
      };
      const [first, ...others] = await sendAll(runtime, [url, ...local, `${url}/again`], env);
      assert.deepEqual([first, others.at(-1)], [reached, reached]);
      assert.deepEqual(
        others.slice(0, -1).map(({ status }) => status),
        [404, 404],
        'the server on this machine answered itself',
      );
      assert.deepEqual([...new Set(asked)], ['CONNECT api.company.test:443']);
      assert.equal(here.count('/x'), 2);
    },
  );

  test(
    `[cli 12] ${runtime.name}: a certificate that is not trusted is said in a sentence that names the setting`,
    options,
    async (t) => {
      const { proxy, url } = await setUp(t);
      const [answer] = await sendAll(runtime, [url], { https_proxy: proxy });
      assert.equal(answer?.kind, 'network');
      assert.match(
        answer.reason ?? '',
        /its certificate is not trusted: [A-Z_]+; .*set NODE_EXTRA_CA_CERTS to the file/,
      );
      assert.match(answer.reason ?? '', /by way of the proxy 127\.0\.0\.1:\d+ \(https_proxy\)/);
    },
  );

  test(
    `[cli 12] ${runtime.name}: a proxy that wants a password, has another idea, or is down, is told apart`,
    options,
    async (t) => {
      const { proxy, url, authorityFile, asked } = await setUp(t, 'canary pass');
      const ask = async (address: string, target = url): Promise<Answer | undefined> =>
        (await sendAll(runtime, [target], { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: authorityFile }))[0];
      const withPassword = (password: string): string => proxy.replace('http://', `http://me:${password}@`);
      assert.deepEqual(await ask(withPassword('canary%20pass')), reached);
      const wanted = await ask(withPassword('canary-wrong'));
      assert.match(
        wanted?.reason ?? '',
        /the proxy wants a user name and a password: put them into its address/,
      );
      assert.doesNotMatch(JSON.stringify(wanted), /canary/);
      const forbidden = await ask(withPassword('canary%20pass'), 'https://elsewhere.test');
      assert.match(forbidden?.reason ?? '', /HTTP 403 from the proxy/);
      const down = await ask('http://me:canary@127.0.0.1:1');
      assert.match(
        down?.reason ?? '',
        /\(connection refused by way of the proxy 127\.0\.0\.1:1 \(HTTPS_PROXY\)\)/,
      );
      assert.doesNotMatch(JSON.stringify(down), /canary/);
      const unusable = await ask('socks5://127.0.0.1:1');
      assert.match(unusable?.reason ?? '', /HTTPS_PROXY names a proxy that cannot be used/);
      assert.equal(asked.length, 3);
    },
  );

  test(`[cli 12] ${runtime.name}: a host in NO_PROXY is not asked for at the proxy`, options, async (t) => {
    const { proxy, url, asked } = await setUp(t);
    const [answer] = await sendAll(runtime, [url], { HTTPS_PROXY: proxy, NO_PROXY: 'company.test' });
    assert.equal(answer?.kind, 'network');
    assert.doesNotMatch(answer.reason ?? '', /proxy 127/);
    assert.deepEqual(asked, []);
  });
}

test('[cli 12] what the system trusts is trusted without a setting', async (t) => {
  const { proxy, url, authorityFile } = await setUp(t);
  // Where OpenSSL looks for the system's certificates.
  const env = { HTTPS_PROXY: proxy, SSL_CERT_FILE: authorityFile };
  const [runtime] = runtimes;
  assert.ok(runtime !== undefined);
  assert.deepEqual(await sendAll(runtime, [url, url], env), [reached, reached]);
});
