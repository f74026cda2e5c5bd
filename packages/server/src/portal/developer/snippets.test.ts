// The snippets of the walk-through: run as they stand, with hostile addresses and without secrets in their words.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { snippetsOf, type SnippetValues } from './snippets.ts';

const values: SnippetValues = {
  issuer: 'http://localhost:4000',
  clientId: 'app_1',
  redirectUri: `https://a.example/cb?x='"$(touch /tmp/no)`,
  isPublic: false,
  callUrl: 'http://localhost:4000/v1.0/leads',
};

const run = (file: string, words: readonly string[], env: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(file, words, { env }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(new Error(error.message, { cause: error })),
    );
  });

test('the curl snippet is one shell command that keeps addresses whole and secrets out of its words', async () => {
  for (const isPublic of [true, false]) {
    const { curl } = snippetsOf({ ...values, isPublic });
    // In curl's place: says its words, and what came in by standard input.
    const script = `curl() { printf '<%s>' "$@"; ${isPublic ? '' : 'cat;'} }\n${curl.split('\n\n')[0] ?? ''}`;
    const env = {
      PATH: process.env['PATH'] ?? '',
      CODE: 'c',
      CLIENT_SECRET: 's3cret',
      CODE_VERIFIER: 'v',
    };
    const said = await run('sh', ['-c', script], env);
    assert.ok(said.includes(`<redirect_uri=${values.redirectUri}>`));
    assert.ok(said.includes('<code=c>'));
    if (isPublic) assert.ok(said.includes('<code_verifier=v>') && said.includes('<client_id=app_1>'));
    else assert.ok(said.endsWith('user = "app_1:s3cret"\n') && !said.includes('s3cret>'));
  }
});

test('no snippet holds a secret, and an app without a secret proves itself by its verifier', () => {
  for (const snippet of Object.values(snippetsOf({ ...values, isPublic: true }))) {
    assert.doesNotMatch(snippet, /secret/i);
    assert.match(snippet, /code_verifier/);
  }
});

test('the Node snippet runs as it stands: the code is exchanged, the API called, and a refusal says why', async () => {
  const { promise: form, resolve } = Promise.withResolvers<URLSearchParams>();
  const exchanged = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const sent = new URLSearchParams(await text(incoming));
    resolve(sent);
    if (sent.get('code') === 'old') outgoing.writeHead(400).end('{"error":"invalid_grant"}');
    else outgoing.end('{"access_token":"at_1"}');
  };
  const server = createServer((incoming, outgoing) => {
    if (incoming.url !== '/oauth/token')
      return void outgoing.end(`called with ${incoming.headers.authorization}`);
    void exchanged(incoming, outgoing);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { node } = snippetsOf({ ...values, issuer, callUrl: `${issuer}/v1.0/leads` });
  const words = ['--input-type=module', '-e', node];
  try {
    const said = await run(process.execPath, words, { CODE: 'c', CLIENT_SECRET: 's3cret' });
    assert.match(said, /^200 called with Bearer at_1/);
    const sent = Object.fromEntries(await form);
    assert.deepEqual(
      [sent['code'], sent['client_id'], sent['client_secret'], sent['redirect_uri']],
      ['c', 'app_1', 's3cret', values.redirectUri],
    );
    await assert.rejects(
      run(process.execPath, words, { CODE: 'old', CLIENT_SECRET: 's3cret' }),
      /invalid_grant/,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
