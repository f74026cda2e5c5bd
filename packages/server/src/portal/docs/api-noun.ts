// The management API's reference, one page a noun: each operation with its address, fields, an example and its refusals.
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

export type ApiNounView = {
  readonly frame: Frame;
  readonly issuer: string;
  /** Of the session's cookie. */
  readonly cookie: string;
  readonly noun: string;
  readonly operations: readonly Described[];
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
    ...(isRequired ? [] : [words.optional]),
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

const curl = (op: Described, { issuer, cookie }: ApiNounView): string => {
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
  return html`<h3>${words.refusals}</h3>
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

const operationSection = (op: Described, view: ApiNounView): Html =>
  html`<section class="docs" aria-labelledby="${op.id}">
    <h2 id="${op.id}">${op.summary}</h2>
    <p><code translate="no">${op.method} ${op.path}</code></p>
    <p class="second">
      <code translate="no">${op.id}</code> ·
      ${words.needsLong[op.needs]}${op.stepUp ? ` ${words.stepUp}` : ''}
    </p>
    ${fields(op)}
    <h3>${words.request}</h3>
    ${codeBox(`${op.id}-request`, words.requestOf(op.summary), curl(op, view))}
    <h3>${words.answer}</h3>
    ${
      op.output === undefined
        ? html`<p>${words.noAnswer}</p>`
        : codeBox(
            `${op.id}-answer`,
            words.answerOf(op.summary),
            JSON.stringify(op.outputExample, undefined, 2),
          )
    }
    ${refusals(op)}
  </section>`;

export const apiNounPage = (view: ApiNounView): Html =>
  plainPage(
    { frame: view.frame, title: `${nounTitle(view.noun)} · ${words.title}` },
    html`${breadcrumb([
        { label: words.docs, url: '/docs' },
        { label: words.title, url: '/docs/api' },
        { label: nounTitle(view.noun) },
      ])}
      <h1>${nounTitle(view.noun)}</h1>
      ${view.operations.map((op) => operationSection(op, view))}
      <p><a href="/docs/api#errors">${words.commonErrors}</a></p>`,
  );
