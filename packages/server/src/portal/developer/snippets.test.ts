import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
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
      LATCHKEY_CLIENT_SECRET: 's3cret',
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
