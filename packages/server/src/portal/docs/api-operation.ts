// The management API's reference, one page an operation: its address, fields, an example and its refusals, and its siblings.
import type { Described } from '../../api/describe.ts';
import type { JsonSchema } from '../../api/json-schema.ts';
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { plainPage } from '../shell.ts';
import { apiReferenceWords as words, nounTitle } from '../words/api-reference.ts';
import { codeBox } from './api-index.ts';

export type ApiOperationView = {
  readonly frame: Frame;
  readonly issuer: string;
  /** Of the session's cookie. */
  readonly cookie: string;
  readonly operation: Described;
  /** All of its noun. */
  readonly siblings: readonly Described[];
};

const { types } = words;

const typeText = (schema: JsonSchema): string => {
  if (schema.enum !== undefined) return types.oneOf(schema.enum.map(String).join(', '));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(types.or);
  if (schema.type === 'array') return types.listOf(typeText(schema.items ?? {}));
  if (schema.format === 'date-time') return types.time;
  const bounds = [
    ...(schema.type === 'string' && schema.maxLength !== undefined ? [types.atMost(schema.maxLength)] : []),
    ...(schema.minimum === undefined || schema.maximum === undefined
      ? []
      : [types.from(schema.minimum, schema.maximum)]),
  ];
  return [schema.type ?? 'any', ...bounds].join(', ');
};

const meaning = (field: JsonSchema, isRequired: boolean): string =>
  [
    ...(field.description === undefined ? [] : [field.description.replaceAll('`', '')]),
    isRequired ? words.required : words.optional,
    ...(field.default === undefined ? [] : [words.byDefault(JSON.stringify(field.default))]),
  ].join(' ');

const fieldRows = (op: Described): readonly (readonly Content[])[] => [
  ...op.pathFields.map((name) => [html`<code translate="no">${name}</code>`, 'string', words.inPath]),
  ...Object.entries(op.input.properties ?? {}).map(([name, field]) => [
    html`<code translate="no">${name}</code>`,
    typeText(field),
    meaning(field, op.input.required?.includes(name) === true),
  ]),
];

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const curl = (op: Described, { issuer, cookie }: ApiOperationView): string => {
  const { method, pathExample, needs } = op;
  const lines = [
    `curl ${method === 'POST' ? '-X POST ' : ''}${issuer}${pathExample}`,
    ...(needs === 'session' ? [`-H 'Cookie: ${cookie}=…'`] : []),
    ...(needs === 'session-or-key' ? ["-H 'Authorization: Bearer lk_mk_…'"] : []),
    ...(method === 'POST'
      ? ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(op.inputExample))}`]
      : []),
  ];
  return lines.join(' \\\n  ');
};

const refusals = (op: Described): Html => {
  const own = op.errors.filter(({ common }) => !common);
  if (own.length === 0) return nothing;
  return html`<h2>${words.refusals}</h2>
    ${table({
      name: words.refusalsOf(op.summary),
      columns: words.errorColumns.map((title) => ({ title })),
      rows: own.map(({ code, status, message }) => [
        html`<code translate="no">${code}</code>`,
        status,
        message,
      ]),
    })}`;
};

const fields = (op: Described): Html => {
  const rows = fieldRows(op);
  return rows.length === 0
    ? html`<p class="second">${words.noFields}</p>`
    : table({
        name: words.fieldsOf(op.summary),
        columns: words.fieldColumns.map((title) => ({ title })),
        rows,
      });
};

const siblingList = ({ operation, siblings }: ApiOperationView): Html =>
  siblings.length < 2
    ? nothing
    : html`<nav class="docs" aria-labelledby="siblings">
        <h2 id="siblings">${words.siblings(nounTitle(operation.noun))}</h2>
        <ul>
          ${siblings.map((op) =>
            op === operation
              ? html`<li>${op.summary}</li>`
              : html`<li><a href="/docs/api/${op.id}">${op.summary}</a></li>`,
          )}
        </ul>
      </nav>`;

export const apiOperationPage = (view: ApiOperationView): Html => {
  const op = view.operation;
  return plainPage(
    { frame: view.frame, title: op.summary },
    html`${breadcrumb([
        { label: words.docs, url: '/docs' },
        { label: words.title, url: '/docs/api' },
        { label: op.summary },
      ])}
      <article class="docs">
        <h1>${op.summary}</h1>
        <p><code translate="no">${op.method} ${op.path}</code></p>
        <p class="second">
          <code translate="no">${op.id}</code> ·
          ${words.needsLong[op.needs]}${op.stepUp ? ` ${words.stepUp}` : ''}
        </p>
        <h2>${words.fields}</h2>
        ${fields(op)}
        <h2>${words.request}</h2>
        ${codeBox('request', words.requestOf(op.summary), curl(op, view))}
        <h2>${words.answer}</h2>
        ${
          op.output === undefined
            ? html`<p>${words.noAnswer}</p>`
            : codeBox('answer', words.answerOf(op.summary), JSON.stringify(op.outputExample, undefined, 2))
        }
        ${refusals(op)}
        <p><a href="/docs/api#errors">${words.commonErrors}</a></p>
        ${siblingList(view)}
      </article>`,
  );
};
