// The documentation: an index by reader, and one page a document.
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { plainPage } from '../shell.ts';
import type { Document, Library } from './library.ts';
import { docsWords } from './words.ts';

export type DocsIndexView = { readonly frame: Frame; readonly library: Pick<Library, 'guides' | 'errors'> };

const guide = (name: string, title: string, summary: string): Html =>
  html`<li>
    <h2><a href="/docs/${name}">${title}</a></h2>
    <p class="second">${summary}</p>
  </li>`;

export const docsIndexPage = ({ frame, library }: DocsIndexView): Html =>
  plainPage(
    { frame, title: docsWords.title },
    html`<div class="stack-tight">
        <h1>${docsWords.title}</h1>
        <p class="lead">${library.guides.length === 0 ? docsWords.none : docsWords.lead}</p>
      </div>
      <ul class="docs-guides">
        ${library.guides.map(({ name, title, summary }) => guide(name, title, summary))}
        ${guide('api', docsWords.api, docsWords.apiLead)}
      </ul>
      ${
        library.errors.length === 0
          ? nothing
          : html`<section class="stack-tight" aria-labelledby="errors">
              <h2 id="errors">${docsWords.errors}</h2>
              <p class="second">${docsWords.errorsLead}</p>
              <ul class="docs-codes">
                ${library.errors.map(
                  (document) =>
                    html`<li>
                      <a href="/docs/${document.name}"><code>${document.title}</code></a>
                    </li>`,
                )}
              </ul>
            </section>`
      }`,
  );

export type DocumentView = { readonly frame: Frame; readonly document: Document };

export const documentPage = ({ frame, document }: DocumentView): Html =>
  plainPage(
    { frame, title: document.title },
    html`${breadcrumb([{ label: docsWords.back, url: '/docs' }, { label: document.title }])}
      <article class="docs">${document.content}</article>`,
  );
