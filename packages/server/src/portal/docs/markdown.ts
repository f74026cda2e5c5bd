// Renders the small part of Markdown in which docs/ is written: headings, paragraphs, flat lists, fenced code, tables; inline
// code, bold, links. Everything else is text. Markup in a document is escaped like any text (docs/decisions/0011).
import { html, link } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { secretBox } from '../parts/copy.ts';
import { table } from '../parts/table.ts';

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** The address that a link of a document leads to on our pages; undefined: nothing there, its text stays. */
export type LinkTo = (url: string) => string | undefined;

const HEADING = /^(#{1,3}) (.+)$/;
const ITEM = /^(?:-|(\d+)\.) +(.+)$/;
const FENCE = /^```/;
const ROW = /^\|.*\|$/;

const cells = (row: string): string[] =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

type Taken = { readonly block: Block; readonly next: number };

const takeCode = (lines: readonly string[], at: number): Taken => {
  const end = lines.findIndex((line, index) => index > at && FENCE.test(line));
  const next = end < 0 ? lines.length : end;
  return { block: { kind: 'code', lines: lines.slice(at + 1, next) }, next: next + 1 };
};

const takeTable = (lines: readonly string[], at: number): Taken => {
  let next = at;
  while (ROW.test(lines[next] ?? '')) next += 1;
  const [head = [], , ...rows] = lines.slice(at, next).map(cells);
  return { block: { kind: 'table', head, rows }, next };
};

const takeList = (lines: readonly string[], at: number): Taken => {
  const items: string[] = [];
  const ordered = ITEM.exec(lines[at] ?? '')?.[1] !== undefined;
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    const item = ITEM.exec(line)?.[2];
    if (item !== undefined) items.push(item);
    else if (/^ +\S/.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else break;
  }
  return { block: { kind: 'list', ordered, items }, next };
};

const beginsBlock = (line: string): boolean =>
  line.trim() === '' || HEADING.test(line) || ITEM.test(line) || FENCE.test(line) || ROW.test(line);

const takeParagraph = (lines: readonly string[], at: number): Taken => {
  let next = at + 1;
  while (next < lines.length && !beginsBlock(lines[next] ?? '')) next += 1;
  const text = lines
    .slice(at, next)
    .map((line) => line.trim())
    .join(' ');
  return { block: { kind: 'paragraph', text }, next };
};

export const blocksOf = (text: string): readonly Block[] => {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') at += 1;
    else if (heading !== null) {
      const level = (heading[1] ?? '#').length as 1 | 2 | 3;
      blocks.push({ kind: 'heading', level, text: heading[2] ?? '' });
      at += 1;
    } else {
      const take = FENCE.test(line)
        ? takeCode
        : ROW.test(line)
          ? takeTable
          : ITEM.test(line)
            ? takeList
            : takeParagraph;
      const { block, next } = take(lines, at);
      blocks.push(block);
      at = next;
    }
  }
  return blocks;
};

const INLINE = /\[((?:`[^`]*`|[^\]`])+)\]\(([^()\s]+)\)|`([^`]+)`|\*\*([^*]+)\*\*/g;

const inline = (text: string, linkTo: LinkTo): Content => {
  const parts: Content[] = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, label, url, code, bold] = found;
    parts.push(text.slice(from, found.index));
    from = found.index + whole.length;
    if (label !== undefined) {
      const target = linkTo(url ?? '');
      const shown = inline(label, () => undefined);
      parts.push(target === undefined ? shown : link(target, shown));
    } else if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else parts.push(html`<strong>${bold}</strong>`);
  }
  return [...parts, text.slice(from)];
};

export const headingId = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const heading = (level: 1 | 2 | 3, text: string, content: Content): Html => {
  if (level === 1) return html`<h1>${content}</h1>`;
  const id = headingId(text);
  return level === 2 ? html`<h2 id="${id}">${content}</h2>` : html`<h3 id="${id}">${content}</h3>`;
};

export const renderBlocks = (blocks: readonly Block[], linkTo: LinkTo): Html => {
  let section = '';
  const rendered = blocks.map((block, index): Html => {
    switch (block.kind) {
      case 'heading':
        section = block.text.replaceAll('`', '');
        return heading(block.level, block.text, inline(block.text, linkTo));
      case 'paragraph':
        return html`<p>${inline(block.text, linkTo)}</p>`;
      case 'list': {
        const items = block.items.map((item) => html`<li>${inline(item, linkTo)}</li>`);
        return block.ordered
          ? html`<ol>
              ${items}
            </ol>`
          : html`<ul>
              ${items}
            </ul>`;
      }
      case 'code':
        return secretBox({
          id: `code-${index}`,
          label: section,
          value: block.lines.join('\n'),
          lines: true,
          labelHidden: true,
        });
      case 'table':
        return table({
          // Two tables of one section must not share a name.
          name: `${section}: ${(block.head[0] ?? '').replaceAll('`', '').toLowerCase()}`,
          columns: block.head.map((title) => ({ title: title.replaceAll('`', '') })),
          rows: block.rows.map((row) => row.map((cell) => inline(cell, linkTo))),
        });
    }
  });
  return html`${rendered}`;
};
