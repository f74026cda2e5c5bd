// The frame of the operators' lists: a search, a dense table, the next page.
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { empty } from '../parts/empty.ts';
import { pagination } from '../parts/navigation.ts';
import { table, type TableProps } from '../parts/table.ts';
import { sectionPage } from '../shell.ts';
import { operateWords } from '../words/operate.ts';

export type Paged = { readonly firstUrl?: string; readonly nextUrl?: string };

export type SearchProps = {
  readonly action: string;
  readonly label: string;
  readonly value: string;
  /** Sent with it, such as the chosen tab. */
  readonly kept?: Readonly<Record<string, string>>;
};

const search = ({ action, label, value, kept = {} }: SearchProps): Html =>
  html`<form class="search" method="get" action="${action}" role="search">
    ${Object.entries(kept).map(([name, text]) => html`<input type="hidden" name="${name}" value="${text}" />`)}
    <label class="visually-hidden" for="search">${label}</label>
    <input type="search" id="search" name="q" value="${value}" placeholder="${label}" />
    <button class="button">${operateWords.search}</button>
  </form>`;

export type ListProps = Paged & {
  readonly frame: Frame;
  readonly title: string;
  readonly current: string;
  readonly search?: SearchProps;
  readonly above?: Content;
  readonly table: TableProps;
  readonly none?: { readonly title: string; readonly text: string };
  readonly below?: Content;
};

export const listPage = (given: ListProps): Html => {
  const none = given.none ?? { title: operateWords.noneTitle, text: operateWords.noneText };
  return sectionPage(
    { frame: given.frame, title: given.title, section: 'operate', current: given.current },
    html`<div class="page-head">
        <h1>${given.title}</h1>
        ${given.search === undefined ? nothing : html`<div class="end">${search(given.search)}</div>`}
      </div>
      ${given.above}
      ${given.table.rows.length === 0 ? empty({ icon: 'search', ...none }) : table(given.table)}
      ${pagination(given)} ${given.below}`,
  );
};

/** Columns that only hold text. */
export const columnsOf = (
  titles: readonly string[],
  more: Readonly<Record<number, Omit<TableProps['columns'][number], 'title'>>> = {},
): TableProps['columns'] => titles.map((title, index) => ({ title, ...more[index] }));
