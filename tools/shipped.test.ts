// What is shipped: nothing listens beyond this machine unasked, no key is in the repository or the image [security 68], and
// nothing is installed that is not pinned by its hash or that runs code when it is [security 71].
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../packages/server/src/config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

type Locked = {
  readonly link?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly version?: string;
};
type Lockfile = { readonly lockfileVersion: number; readonly packages: Readonly<Record<string, Locked>> };
type Manifest = Readonly<Record<string, unknown>> & {
  readonly scripts?: Readonly<Record<string, string>>;
};

const lockfiles = ['package-lock.json', 'tools/node20/package-lock.json'];
const installed = (file: string): readonly (readonly [string, Locked])[] =>
  Object.entries((JSON.parse(read(file)) as Lockfile).packages).filter(([path]) =>
    path.includes('node_modules/'),
  );

for (const file of lockfiles) {
  test(`${file}: every package has a hash and names no registry [security 71]`, () => {
    const foreign = installed(file).filter(([, { link }]) => link !== true);
    assert.ok(foreign.length > 0);
    assert.deepEqual(
      foreign.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true),
      [],
    );
    assert.deepEqual(
      foreign.filter(([, { resolved }]) => resolved !== undefined),
      [],
    );
  });

  test(`${file}: no package runs code when it is installed [security 71]`, () => {
    assert.deepEqual(
      installed(file).filter(([, { hasInstallScript }]) => hasInstallScript === true),
      [],
    );
  });
}

test('what we depend on is named by exact versions [security 71]', () => {
  const manifests = ['package.json', 'packages/server/package.json', 'packages/auth-kit/package.json'];
  for (const file of manifests) {
    const manifest = JSON.parse(read(file)) as Manifest;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      for (const [name, version] of Object.entries((manifest[kind] ?? {}) as Record<string, string>))
        assert.match(version, /^\d+\.\d+\.\d+$/, `${file}: ${name}`);
  }
});

test('what is published runs nothing where it is installed [security 71]', () => {
  for (const name of ['protocol', 'auth-kit', 'lofty-cli', 'loomta-cli', 'server']) {
    const { scripts = {} } = JSON.parse(read(`packages/${name}/package.json`)) as Manifest;
    for (const script of ['preinstall', 'install', 'postinstall'])
      assert.equal(scripts[script], undefined, name);
  }
});

test('the service listens on loopback until its operator says otherwise [security 68]', () => {
  const { listen } = readConfig({
    issuer: 'https://crm.example',
    upstream: 'http://127.0.0.1:3000',
    openapi: 'openapi.yaml',
    brand: { name: 'CRM', support: 'support@crm.example' },
  });
  assert.deepEqual(listen.hosts, ['127.0.0.1', '::1']);
  const ports = [...read('deploy/compose.yaml').matchAll(/ports: \[([^\]]+)\]/g)].map(
    ([, list = '']) => list,
  );
  assert.ok(ports.length > 0);
  for (const list of ports)
    for (const port of list.split(',')) assert.match(port.trim(), /^'127\.0\.0\.1:\d+:\d+'$/);
});

test('no debugger, and no page of ours that shows what runs inside, is switched on by what we start [security 68]', () => {
  const started = [
    ...Object.values((JSON.parse(read('package.json')) as Manifest).scripts ?? {}),
    read('deploy/Dockerfile'),
    read('deploy/latchkey.service'),
  ].join('\n');
  assert.doesNotMatch(started, /--inspect|--debug|NODE_OPTIONS|--report-on|--heapsnapshot/);
});

test('no key file, certificate or database is in the repository, or can come into it or the image by accident [security 68]', (t) => {
  const forbidden = /(?:^|\/)(?:keys\.json|\.env[^/]*|id_[a-z0-9]+)$|\.(?:pem|key|p12|db|sqlite3?)$/;
  for (const ignored of ['.gitignore', 'deploy/Dockerfile.dockerignore'])
    for (const pattern of ['keys.json', '*.db*'])
      assert.ok(read(ignored).includes(pattern), `${ignored} lets ${pattern} through`);
  if (!existsSync(join(root, '.git'))) {
    t.skip('no repository here');
    return;
  }
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  assert.ok(files.length > 100);
  assert.deepEqual(
    files.filter((file) => forbidden.test(file)),
    [],
  );
});
