// The management API's reference, first page: how to begin, every operation by noun, the errors that all share.
import type { Described } from '../../api/describe.ts';
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { secretBox } from '../parts/copy.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { plainPage } from '../shell.ts';
import { apiReferenceWords as words, nounTitle } from '../words/api-reference.ts';

export type SharedError = {
  readonly code: string;
  readonly anchor: string;
  readonly status: number;
  readonly message: string;
};

export type ApiIndexView = {
  readonly frame: Frame;
  readonly issuer: string;
  readonly operations: readonly Described[];
  readonly errors: readonly SharedError[];
};

export const byNoun = (
  operations: readonly Described[],
): readonly (readonly [string, readonly Described[]])[] =>
  [...Map.groupBy(operations, ({ noun }) => noun)].toSorted(([a], [b]) =>
    nounTitle(a) < nounTitle(b) ? -1 : 1,
  );

/** Text to run or read, with Copy. */
export const codeBox = (id: string, name: string, text: string): Html =>
  secretBox({ id, label: name, value: text, lines: true, labelHidden: true });

const nounTable = ([noun, operations]: readonly [string, readonly Described[]]): Html =>
  html`<h3 id="${noun}">${nounTitle(noun)}</h3>
    ${table({
      name: nounTitle(noun),
      columns: words.operationColumns.map((title) => ({ title })),
      rows: operations.map((op) => [
        html`<a href="/docs/api/${op.id}">${op.summary}</a>`,
        html`<code translate="no">${op.method} ${op.path}</code>`,
        words.needs[op.needs],
      ]),
    })}`;

export const apiIndexPage = ({ frame, issuer, operations, errors }: ApiIndexView): Html =>
  plainPage(
    { frame, title: words.title },
    html`${breadcrumb([{ label: words.docs, url: '/docs' }, { label: words.title }])}
      <article class="docs">
        <h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
        <h2 id="begin">${words.begin}</h2>
        <p>${words.beginKey}</p>
        ${codeBox('begin-code', words.begin, `curl ${issuer}/api/me \\\n  -H 'Authorization: Bearer lk_mk_…'`)}
        <ul>
          ${words.beginRules.map((rule) => html`<li>${rule}</li>`)}
        </ul>
        <p><a href="/api/openapi.json">${words.document}</a></p>
        <h2 id="operations">${words.operations}</h2>
        ${byNoun(operations).map(nounTable)}
        <h2 id="errors">${words.errors}</h2>
        <p>${words.errorsLead}</p>
        ${table({
          name: words.errors,
          columns: words.errorColumns.map((title) => ({ title })),
          rows: errors.map(({ code, anchor, status, message }) => [
            html`<code id="${anchor}" translate="no">${code}</code>`,
            status,
            message,
          ]),
        })}
      </article>`,
  );
