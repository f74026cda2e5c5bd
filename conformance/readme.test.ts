// Holds README.md and requirements.ts to the tests that exist, and the printed curl requests to their list of changes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { format } from 'prettier';
import { commandOf, curlRequests } from './curl-requests.ts';
import { readmeText } from './readme.ts';
import { requirements } from './requirements.ts';
import { documents } from './requirements/row.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Names of the tests that run: a skipped or planned one proves nothing. */
const testsIn = (file: string): readonly string[] =>
  [...read(file).matchAll(/\bit\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),\s*async/g)].map(
    ([, single, double]) => (single ?? double ?? '').replaceAll(/\\(.)/g, '$1'),
  );

const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.test.ts'));

describe('the table of requirements', () => {
  it('names an existing test in every row', () => {
    for (const { document, requirement, proof } of requirements) {
      const [file, test] = proof;
      assert.ok(files.includes(file), `${document}, ${requirement}: there is no ${file}`);
      assert.ok(testsIn(file).includes(test), `${document}, ${requirement}: ${file} has no test "${test}"`);
    }
  });

  it('has rows for each of the documents', () => {
    for (const document of Object.keys(documents))
      assert.ok(requirements.filter((row) => row.document === document).length >= 10, document);
  });

  it('has no test that is skipped, planned or alone', () => {
    for (const file of files)
      assert.doesNotMatch(read(file), /\b(?:it|describe)\.(?:skip|todo|only)\b/, file);
  });

  it('names no test twice in one file', () => {
    for (const file of files) {
      const names = testsIn(file);
      assert.equal(new Set(names).size, names.length, file);
    }
  });

  it('stands in README.md as it is here; npm run readme -w @latchkey/conformance writes it', async () => {
    const written = await format(readmeText(), { parser: 'markdown' });
    assert.ok(read('README.md') === written, 'README.md is old: npm run readme -w @latchkey/conformance');
  });
});

describe('the curl requests', () => {
  it('change only host, placeholders and broken line ends or quotes', () => {
    for (const { id, changes } of curlRequests)
      for (const change of changes) {
        if (change.kind === 'host') assert.match(change.from, /^https:\/\/[a-z.]+$/, id);
        if (change.kind === 'line end') assert.equal(change.to.replaceAll(' \\\n', '\n'), change.from, id);
        if (change.kind === 'quote') assert.equal(change.to.replaceAll("'", ''), change.from, id);
      }
  });

  it('are each run by a test', () => {
    const suite = read('curl.test.ts');
    for (const { id } of curlRequests) assert.ok(suite.includes(`run('${id}'`), id);
  });

  it('have every change made at exactly one place', () => {
    const values = {
      origin: 'https://here.example',
      clientId: 'id',
      clientSecret: 'secret',
      basic: 'YQ==',
      code: 'code',
      redirectUri: 'https://app.example/',
      verifier: 'v',
      accessToken: 'at',
      refreshToken: 'rt',
      customerKey: 'key',
      deviceCode: 'dc',
    };
    for (const request of curlRequests)
      assert.doesNotMatch(
        commandOf(request, values),
        /<[A-Z_]+>|X{4,}|\{[^}]*\b(?:Base|your)|lofty\.com|loomta\.com/,
      );
  });
});
