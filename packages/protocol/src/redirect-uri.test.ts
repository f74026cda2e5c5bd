import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redirectUriMatches, redirectUriProblem, redirectUriWith } from './redirect-uri.ts';

const REGISTERED = 'https://app.example/callback';

/** Each is close to the registered one and none is it. */
export const HOSTILE = [
  'https://app.example/callback/',
  'https://app.example/callback/extra',
  'https://app.example/callback?x=1',
  'https://app.example/callback#',
  'https://app.example/callback#frag',
  'https://app.example/Callback',
  'https://APP.example/callback',
  'HTTPS://app.example/callback',
  'http://app.example/callback',
  'https://app.example:443/callback',
  'https://app.example:8443/callback',
  'https://app.example./callback',
  'https://app.example.evil.test/callback',
  'https://evil.test/https://app.example/callback',
  'https://evil.test\\@app.example/callback',
  'https://app.example@evil.test/callback',
  'https://user@app.example/callback',
  'https://user:pw@app.example/callback',
  'https://app.example@@evil.test/callback',
  'https://evil.test#@app.example/callback',
  'https://evil.test?@app.example/callback',
  'https://app.example\\callback',
  'https://app.example/\\callback',
  'https://app.example/./callback',
  'https://app.example/x/../callback',
  'https://app.example/..;/callback',
  'https://app.example/%2e/callback',
  'https://app.example/%2E%2E/callback',
  'https://app.example/callback%00',
  'https://app.example/callback%20',
  'https://app.example/callback ',
  ' https://app.example/callback',
  'https://app.example/callback\n',
  'https://app.example/callback\t',
  'https://app.example//callback',
  'https:/app.example/callback',
  'https:app.example/callback',
  '//app.example/callback',
  '/callback',
  'callback',
  '',
  'https://xn--app-example/callback',
  'https://app。example/callback',
  'https://аpp.example/callback',
  'https://app.example/callback;x=1',
  'https://app.example/call%62ack',
  'javascript://app.example/callback',
  'javascript:alert(1)//https://app.example/callback',
  'JaVaScRiPt:alert(1)',
  'data:text/html,https://app.example/callback',
  'file:///app.example/callback',
  'ftp://app.example/callback',
  'https://*.example/callback',
  'https://app.example/*',
  'https://127.0.0.1/callback',
  'https://[::1]/callback',
  'http://localhost/callback',
  'https://app.example/callback?code=1',
  'https://app.example/callback?state=1',
  'https://app.example/callback&',
  'https://app.example/callback/..',
  'https://app.example/callback/.',
  'https://sub.app.example/callback',
  'https://app.examplecallback',
];

describe('redirect URI', () => {
  it('matches byte for byte only: no hostile neighbour is the registered one [security 1]', () => {
    assert.ok(HOSTILE.length >= 60);
    assert.equal(redirectUriMatches(REGISTERED, REGISTERED), true);
    for (const uri of HOSTILE) assert.equal(redirectUriMatches(REGISTERED, uri), false, uri);
  });
  it('lets only the port of a literal loopback address vary [security 2]', () => {
    for (const host of ['127.0.0.1', '[::1]']) {
      const registered = `http://${host}/callback`;
      assert.equal(redirectUriMatches(registered, `http://${host}:51234/callback`), true);
      assert.equal(redirectUriMatches(`http://${host}:4001/callback`, `http://${host}:9/callback`), true);
      for (const bad of [
        `http://${host}:51234/other`,
        `http://${host}:51234/callback?x=1`,
        `http://${host}:51234@evil.test/callback`,
        `http://${host}.evil.test/callback`,
        `http://localhost:51234/callback`,
        `https://${host}:51234/callback`,
        `http://${host}:999999/callback`,
      ])
        assert.equal(redirectUriMatches(registered, bad), false, bad);
    }
    assert.equal(redirectUriMatches('http://localhost:3000/cb', 'http://localhost:3001/cb'), false);
    assert.equal(redirectUriMatches('http://localhost:3000/cb', 'http://localhost:3000/cb'), true);
  });
  it('refuses dangerous schemes at registration, in any case [security 3]', () => {
    for (const uri of [
      'javascript:alert(1)',
      'JaVascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'myapp:/cb',
      'vbscript:x',
    ])
      assert.equal(redirectUriProblem(uri), 'bad-scheme', uri);
    assert.equal(redirectUriProblem('com.example.app:/cb'), undefined);
  });
  it('refuses URIs that preload an answer or carry a fragment, wildcard, user or plain http [security 4]', () => {
    for (const name of ['code', 'state', 'error', 'iss'])
      assert.equal(redirectUriProblem(`https://a.test/cb?${name}=x`), 'response-parameter');
    assert.equal(redirectUriProblem('https://a.test/cb#'), 'fragment');
    assert.equal(redirectUriProblem('https://*.a.test/cb'), 'wildcard');
    assert.equal(redirectUriProblem('https://u:p@a.test/cb'), 'userinfo');
    assert.equal(redirectUriProblem('http://a.test/cb'), 'not-https');
    assert.equal(redirectUriProblem('http://localhost:3000/cb'), undefined);
    assert.equal(redirectUriProblem('https://a.test'), undefined);
    assert.equal(redirectUriProblem('https://a.test/x/../cb'), 'not-a-url');
  });
  it('adds answer parameters after an existing query', () => {
    assert.equal(
      redirectUriWith('https://a.test/cb?x=1', { code: 'a b', state: undefined }),
      'https://a.test/cb?x=1&code=a%20b',
    );
    assert.equal(
      redirectUriWith('https://a.test/cb', { error: 'access_denied' }),
      'https://a.test/cb?error=access_denied',
    );
  });
});
