// The documentation's pages: what is rendered is what was written, nothing in a document acts as markup, and no link is dead.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import fc from 'fast-check';
import { databases } from '../../storage/testing/databases.ts';
import { startPortal, type TestPortal } from '../routes/testing/portal.ts';
import { docsFolder, openLibrary } from './library.ts';
import { blocksOf, headingId, renderBlocks } from './markdown.ts';

const render = (text: string): string => renderBlocks(blocksOf(text), (url) => url).toString();
const library = openLibrary(docsFolder, 'https://auth.example');
const documents = [...library.guides, ...library.errors];

test('headings, paragraphs, lists, code, tables and links become the portal’s own parts', () => {
  const page = render(
    [
      '# Title',
      '',
      'One `a<b` and **two**,',
      'see [three](https://three.example/).',
      '',
      '## Part one',
      '',
      '- first',
      '  goes on',
      '- second',
      '',
      '1. then',
      '',
      '```sh',
      '# no heading',
      'curl x',
      '```',
      '',
      '| A | B |',
      '| - | - |',
      '| `1\\|2` | <3> |',
    ].join('\n'),
  ).replace(/\s+/g, ' ');
  for (const part of [
    '<h1>Title</h1>',
    '<p>One <code>a&lt;b</code> and <strong>two</strong>, see <a href="https://three.example/" >three</a>.</p>',
    '<h2 id="part-one">Part one</h2>',
    '<ul> <li>first goes on</li><li>second</li> </ul>',
    '<ol> <li>then</li> </ol>',
    'translate="no"># no heading curl x</code',
    '<code>1|2</code></th><td >&lt;3&gt;</td>',
  ])
    assert.ok(page.includes(part), `${part}\n${page}`);
});

test('nothing in a document becomes markup of its own, whatever it holds', () => {
  const marks = fc.constantFrom(
    '<script>',
    '`',
    '**',
    '[',
    '](',
    ')',
    '|',
    '\n',
    '- ',
    '# ',
    '```',
    '"',
    'javascript:',
    'x',
  );
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 40 }), (parts) => {
      const page = render(parts.join(''));
      assert.doesNotMatch(page, /<script|href="javascript/);
    }),
  );
});

test('the guides are written in what we render: no mark is left over', () => {
  assert.ok(library.guides.length >= 5 && library.errors.length >= 40);
  for (const { name, content } of documents) {
    const text = content
      .toString()
      .replace(/<code[^>]*>[\s\S]*?<\/code\s*>/g, '')
      .replace(/<[^>]+>/g, '');
    assert.doesNotMatch(text, /\]\(|\*\*|`|^\s*(?:#{1,6} |> |\* )/m, name);
  }
});

test('every link of a document leads to a file and a heading that exist, or to an https address', () => {
  const files = globSync('**/*.md', { cwd: docsFolder }).filter((file) => !file.startsWith('decisions'));
  const roots = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'].map(
    (file) => `../${file}`,
  );
  for (const file of [...files, ...roots]) {
    const text = readFileSync(join(docsFolder, file), 'utf8').replace(/```[\s\S]*?```/g, '');
    for (const [, url = ''] of text.matchAll(/\]\(([^()\s]+)\)/g)) {
      if (url.startsWith('https://')) continue;
      const [path = '', anchor] = url.split('#');
      const target = path === '' ? join(docsFolder, file) : join(docsFolder, file, '..', path);
      assert.ok(existsSync(target), `${file}: ${url}`);
      if (anchor === undefined) continue;
      const headings = [...readFileSync(target, 'utf8').matchAll(/^#{2,3} (.+)$/gm)].map(([, one = '']) =>
        headingId(one),
      );
      assert.ok(headings.includes(anchor), `${file}: ${url}`);
    }
  }
});

test('what vendors read never names this product, only the API owner’s brand does', () => {
  const text = readFileSync(`${docsFolder}vendor.md`, 'utf8');
  assert.doesNotMatch(text, /latchkey/i);
});

test('what a page offers to copy names the address of the service that serves it', () => {
  const page = library.find('vendor')?.content.toString() ?? '';
  assert.match(page, /ISSUER=https:\/\/auth\.example\n/);
  assert.doesNotMatch(page, /localhost:4000/);
});

test('a service without its documents starts and says so', () => {
  const none = openLibrary(join(tmpdir(), 'latchkey-no-such-folder/'), '');
  assert.deepEqual([none.guides, none.errors, none.find('vendor')], [[], [], undefined]);
});

describe('/docs over HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());

  it('lists every guide and every code, and each leads to its page', async () => {
    const browser = portal.browser();
    const index = await browser.get('/docs');
    assert.equal(index.status, 200);
    const links = [...index.body.matchAll(/href="(\/docs\/[^"]+)"/g)].map(([, link = '']) => link);
    assert.deepEqual(
      links.toSorted(),
      ['/docs/api', ...documents.map(({ name }) => `/docs/${name}`)].toSorted(),
    );
    for (const link of links) {
      const page = await browser.get(link);
      assert.equal(page.status, 200, link);
      const onward = new Set([...page.body.matchAll(/href="(\/docs\/[^"#]+)/g)].map(([, next = '']) => next));
      for (const next of onward) {
        // The reference has a page for each operation.
        if (next.startsWith('/docs/api/')) assert.equal((await browser.get(next)).status, 200, next);
        else assert.ok(links.includes(next), `${link} leads to ${next}`);
      }
    }
  });

  it('finds a code in any case, and answers 404 for what is no document', async () => {
    const browser = portal.browser();
    assert.match((await browser.get('/docs/errors/BAD_CREDENTIALS')).body, /What to do/);
    for (const path of [
      '/docs/errors/nope',
      '/docs/errors',
      '/docs/decisions',
      '/docs/..%2fREADME',
      '/docs/errors/%2e%2e',
    ])
      assert.equal((await browser.get(path)).status, 404, path);
    assert.equal((await browser.send('POST', '/docs', '')).status, 405);
  });
});
