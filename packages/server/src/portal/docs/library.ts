// The documents that the portal serves, read and rendered once at start from the repository's docs/ folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Html } from '../html.ts';
import { blocksOf, renderBlocks, type Block, type LinkTo } from './markdown.ts';

export type Document = {
  /** `vendor`, or `errors/invalid_grant`: the end of its address and, with `.md`, its file. */
  readonly name: string;
  readonly title: string;
  /** Its first paragraph, for the index. */
  readonly summary: string;
  readonly content: Html;
};

export type Library = {
  /** By reader, in the order of the index. */
  readonly guides: readonly Document[];
  readonly errors: readonly Document[];
  readonly find: (name: string) => Document | undefined;
};

/** By reader; `docs/` holds more, which is for people who work on this repository. */
const GUIDES = ['vendor', 'cli', 'cli-author', 'api-owner', 'operator', 'wire', 'token-url'] as const;

/** The same depth from src/portal/docs and from dist/portal/docs. */
export const docsFolder = fileURLToPath(new URL('../../../../../docs/', import.meta.url));

const plain = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll('**', '');

const linkFrom =
  (name: string, known: ReadonlySet<string>): LinkTo =>
  (url) => {
    if (/^(https?:|#)/.test(url)) return url;
    const { pathname, hash } = new URL(url, `file:///docs/${name}.md`);
    const target = /^\/docs\/(.+)\.md$/.exec(pathname)?.[1];
    return target !== undefined && known.has(target) ? `/docs/${target}${hash}` : undefined;
  };

const documentOf = (name: string, blocks: readonly Block[], known: ReadonlySet<string>): Document => {
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? name;
  const summary = blocks.find((block) => block.kind === 'paragraph')?.text ?? '';
  return {
    name,
    title: plain(title),
    summary: plain(summary),
    content: renderBlocks(blocks, linkFrom(name, known)),
  };
};

/** Where the documents say the demo's address, ours is meant: what is copied from a page works. */
const DEMO_ISSUER = 'http://localhost:4000';

/** A service that was installed without its documents has none, and starts all the same. */
export const openLibrary = (folder: string, issuer: string): Library => {
  const has = (name: string): boolean => existsSync(`${folder}${name}.md`);
  const errorNames = existsSync(`${folder}errors`)
    ? readdirSync(`${folder}errors`)
        .filter((file) => file.endsWith('.md'))
        .map((file) => `errors/${file.slice(0, -3)}`)
        .toSorted()
    : [];
  const guideNames = GUIDES.filter(has);
  const known = new Set<string>([...guideNames, ...errorNames]);
  const read = (name: string): Document =>
    documentOf(
      name,
      blocksOf(readFileSync(`${folder}${name}.md`, 'utf8').replaceAll(DEMO_ISSUER, issuer)),
      known,
    );
  const guides = guideNames.map(read);
  const errors = errorNames.map(read);
  const byName = new Map([...guides, ...errors].map((document) => [document.name, document]));
  return { guides, errors, find: (name) => byName.get(name) };
};
