// Every error code that the service can answer has a page under docs/errors, and every page is of such a code.
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { REFUSAL_REASONS, refusalAnswer } from '../../gateway/refusals.ts';
import { docsFolder } from './library.ts';

const source = fileURLToPath(new URL('../../', import.meta.url));

const sourcesIn = (pattern: string): string =>
  globSync(pattern, { cwd: source })
    .filter((file) => !/\.test\.ts$|testing/.test(file))
    .map((file) => readFileSync(`${source}${file}`, 'utf8'))
    .join('\n');

/** What a pattern's group finds; a pattern that finds nothing no longer fits the code, and would hide what it looks for. */
const found = (text: string, pattern: RegExp, least: number): readonly string[] => {
  const codes = [...text.matchAll(pattern)].map(([, code]) => code ?? '');
  assert.ok(codes.length >= least, `${String(pattern)} finds only ${codes.length}`);
  return codes;
};

/** Bodies and `WWW-Authenticate` of the gateway's table, in both dialects. */
const gatewayCodes = (): readonly string[] =>
  REFUSAL_REASONS.flatMap((reason) =>
    (['lofty', 'loomta'] as const).flatMap((dialect) => {
      const { body, headers } = refusalAnswer(dialect, reason);
      const { code } = JSON.parse(String(body)) as { readonly code?: string | number };
      const challenge = /error="(\w+)"/.exec(String(headers?.['www-authenticate'] ?? ''))?.[1];
      return [code === undefined ? [] : [String(code)], challenge === undefined ? [] : [challenge]].flat();
    }),
  );

/** `error: 'x'` of the OAuth endpoints and of what they share, and what `/oauth/authorize` redirects with. */
const oauthCodes = (): readonly string[] => [
  ...found(sourcesIn('{oauth,http,dialects}/**/*.ts'), /\berror: '(\w+)'/g, 25),
  ...found(sourcesIn('domain/consents/*.ts'), /\b(?:refuse\(\s*|error: )'(\w+)'/g, 5),
];

const loomtaCodes = (): readonly string[] => {
  const text = sourcesIn('dialects/loomta/*.ts');
  const polls = /POLL_ERRORS[^{]*\{([^}]*)\}/.exec(text)?.[1] ?? '';
  return [
    ...found(text, /\brefuse\(\d+, '(\w+)'/g, 10),
    ...found(text, /\[\d+, '(\w+)'\]/g, 6),
    ...found(polls, /: '(\w+)'/g, 6),
  ];
};

/** Codes on error pages: for the app's developer. The consent page's are the reasons of its table, with `_`. */
const pageCodes = (): readonly string[] => {
  const consent =
    /const pageErrors[^=]*= \{([\s\S]*?)\n\};/.exec(sourcesIn('portal/routes/consent.ts'))?.[1] ?? '';
  return [
    ...found(sourcesIn('portal/routes/*.ts'), /\bcode: '(\w+)'/g, 6),
    ...found(consent, /^ {2}'([\w-]+)':/gm, 4).map((reason) => reason.replaceAll('-', '_')),
  ];
};

const answered = new Set(
  [gatewayCodes(), oauthCodes(), loomtaCodes(), pageCodes()].flat().map((code) => code.toLowerCase()),
);
const pages = readdirSync(`${docsFolder}errors`).map((file) => file.replace(/\.md$/, ''));

test('every error code that the service answers has a page', () => {
  assert.ok(answered.size >= 40, `${answered.size} codes`);
  assert.deepEqual(
    [...answered].filter((code) => !pages.includes(code)),
    [],
  );
});

test('every page is of a code that the service answers', () => {
  assert.deepEqual(
    pages.filter((page) => !answered.has(page)),
    [],
  );
});

test('every page says what happened, where, why and what to do, and never names this product to the people who read it', () => {
  for (const page of pages) {
    const text = readFileSync(`${docsFolder}errors/${page}.md`, 'utf8');
    assert.equal(text.split('\n')[0]?.toLowerCase(), `# ${page}`, page);
    assert.match(text, /\n\nWhere: [\s\S]+\n\n## Why\n\n- [\s\S]+\n\n## What to do\n\n- /, page);
    assert.doesNotMatch(text, /latchkey/i, page);
  }
});
