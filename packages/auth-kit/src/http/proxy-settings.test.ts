// Behaviour 12 of cli.md: which requests go through a proxy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { nameProxy, proxyFor } from './proxy-settings.ts';

type Env = Readonly<Record<string, string>>;

function through(url: string, env: Env): string | undefined {
  const answer = proxyFor(new URL(url), env);
  assert.ok(answer.ok);
  return answer.value?.address;
}

const proxy = 'http://proxy.example.com:3128/';

test('[cli 12] the variables are read as curl reads them: by scheme, lower case first, ALL_PROXY last', () => {
  for (const [url, env, expected] of [
    ['https://a.example', {}, undefined],
    ['https://a.example', { HTTPS_PROXY: proxy }, proxy],
    ['https://a.example', { https_proxy: proxy, HTTPS_PROXY: 'http://other' }, proxy],
    ['https://a.example', { https_proxy: '', HTTPS_PROXY: ' ', ALL_PROXY: proxy }, proxy],
    ['https://a.example', { HTTP_PROXY: proxy }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'proxy.example.com:3128' }, proxy],
    ['https://a.example', { all_proxy: 'HTTP://proxy.example.com:3128' }, proxy],
    ['http://a.example', { HTTP_PROXY: proxy }, proxy],
    ['http://a.example', { HTTPS_PROXY: proxy }, undefined],
  ] as const) {
    assert.equal(through(url, env), expected, `${url} ${JSON.stringify(env)}`);
  }
});

test('[cli 12] NO_PROXY excepts hosts, their subdomains, ports, or everything', () => {
  const hosts: readonly (readonly [string, string, boolean])[] = [
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://api.example.com', true],
    ['.example.com', 'https://api.example.com', true],
    ['*.example.com', 'https://api.example.com', true],
    ['EXAMPLE.com', 'https://Api.Example.COM.', true],
    ['example.com', 'https://notexample.com', false],
    ['example.com', 'https://example.com.evil.test', false],
    ['a.test, example.com', 'https://example.com', true],
    ['a.test example.com', 'https://example.com', true],
    ['example.com:8443', 'https://example.com:8443', true],
    ['example.com:8443', 'https://example.com', false],
    ['example.com:443', 'https://example.com', true],
    ['10.0.0.7', 'https://10.0.0.7', true],
    ['[fd00::1]', 'https://[fd00::1]', true],
    ['*', 'https://anything.test', true],
    ['', 'https://example.com', false],
    ['.', 'https://example.com', false],
  ];
  for (const [except, url, directly] of hosts) {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const answer = through(url, { HTTPS_PROXY: proxy, [name]: except });
      assert.equal(answer === undefined, directly, `${except} for ${url}`);
    }
  }
});

test('[cli 12] what goes to this machine never goes through a proxy', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const host = fc.oneof(
    fc.constantFrom('localhost', '[::1]', 'LOCALHOST'),
    fc.tuple(octet, octet, octet).map((parts) => `127.${parts.join('.')}`),
  );
  fc.assert(
    fc.property(host, fc.constantFrom('http', 'https'), fc.nat(65_535), (name, scheme, port) => {
      const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy };
      assert.equal(through(`${scheme}://${name}:${port}/cb`, env), undefined);
    }),
  );
});

test('[cli 12] a proxy that cannot be used is named by its variable, its password by nothing', () => {
  for (const address of [
    'socks5://canary:canary@proxy:1080',
    'http://',
    'ftp://proxy',
    'http://canary@:99999',
  ]) {
    const answer = proxyFor(new URL('https://a.example'), { HTTPS_PROXY: address });
    assert.ok(!answer.ok && answer.failure.kind === 'configuration', address);
    assert.match(answer.failure.reason, /^HTTPS_PROXY names a proxy that cannot be used$/);
    assert.doesNotMatch(JSON.stringify(answer), /canary/);
  }
  const named = nameProxy({ address: 'http://me:canary@proxy.example.com:3128/', from: 'HTTPS_PROXY' });
  assert.equal(named, 'the proxy proxy.example.com:3128 (HTTPS_PROXY)');
});
