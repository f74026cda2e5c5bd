// Table in a box of its own that scrolls, can be focused and has a name: the page never scrolls sideways.
import { attributes, html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';

type Column = {
  readonly title: string;
  /** Read aloud only: columns of buttons. */
  readonly hiddenTitle?: boolean;
  readonly align?: 'numbers' | 'actions';
  readonly oneLine?: boolean;
};

export type TableProps = {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Cells in the columns' order; the first is the row's header. */
  readonly rows: readonly (readonly Content[])[];
  readonly width?: 'medium' | 'wide';
  /** First and last column stay in sight while the rest scrolls. */
  readonly pinned?: boolean;
};

const cellClass = (column: Column | undefined): string | undefined => {
  if (column?.align === 'numbers') return 'numbers';
  if (column?.align === 'actions') return 'actions-cell';
  return column?.oneLine === true ? 'keep' : undefined;
};

const cell = (columns: readonly Column[], content: Content, index: number): Html => {
  const given = attributes({ class: cellClass(columns[index]), scope: index === 0 ? 'row' : undefined });
  return index === 0 ? html`<th ${given}>${content}</th>` : html`<td ${given}>${content}</td>`;
};

const head = (column: Column): Html =>
  column.hiddenTitle === true
    ? html`<th scope="col"><span class="visually-hidden">${column.title}</span></th>`
    : html`<th ${attributes({ scope: 'col', class: cellClass(column) })}>${column.title}</th>`;

export const table = (given: TableProps): Html => {
  const className = [
    given.width === undefined ? '' : `${given.width}-table`,
    given.pinned === true ? 'pinned' : '',
  ]
    .filter((word) => word !== '')
    .join(' ');
  return html`<div class="scroller" role="region" tabindex="0" aria-label="${given.name}">
    <table ${attributes({ class: className === '' ? undefined : className })}>
      <thead>
        <tr>
          ${given.columns.map(head)}
        </tr>
      </thead>
      <tbody>
        ${given.rows.map(
          (row) =>
            html`<tr>
              ${row.map((content, index) => cell(given.columns, content, index))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

export type Fact = { readonly name: Content; readonly value: Content };

export const facts = (all: readonly (Fact | false)[], compact = false): Html =>
  html`<dl class="facts${compact ? ' compact' : ''}">
    ${all.map((fact) =>
      fact === false
        ? nothing
        : html`<div>
            <dt>${fact.name}</dt>
            <dd>${fact.value}</dd>
          </div>`,
    )}
  </dl>`;
