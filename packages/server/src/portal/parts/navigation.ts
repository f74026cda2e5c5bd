// Ways around inside a page: breadcrumb, tabs as links, pages of a long list.
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { words } from '../words/common.ts';

export type Crumb = { readonly label: Content; readonly url?: string };

export const breadcrumb = (crumbs: readonly Crumb[]): Html =>
  html`<nav aria-label="${words.breadcrumb}">
    <ol class="breadcrumb">
      ${crumbs.map(
        (crumb) =>
          html`<li>
            ${crumb.url === undefined ? crumb.label : html`<a href="${href(crumb.url)}">${crumb.label}</a>`}
          </li>`,
      )}
    </ol>
  </nav>`;

export type Tab = {
  readonly label: string;
  readonly url: string;
  readonly current: boolean;
  readonly count?: number;
};

export const tabs = (name: string, all: readonly Tab[]): Html =>
  html`<nav class="tabs" aria-label="${name}">
    <ul>
      ${all.map(
        (tab) =>
          html`<li>
            <a ${attributes({ href: href(tab.url), 'aria-current': tab.current ? 'page' : undefined })}
              >${tab.label}${tab.count === undefined ? nothing : html` <span class="count">${tab.count}</span>`}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;

/** Lists are read by cursor, so there is a first page and a next one, and no numbers. */
export const pagination = (given: { readonly firstUrl?: string; readonly nextUrl?: string }): Html =>
  given.firstUrl === undefined && given.nextUrl === undefined
    ? nothing
    : html`<nav class="actions" aria-label="${words.pages}">
        ${
          given.firstUrl === undefined
            ? nothing
            : html`<a class="button" href="${href(given.firstUrl)}">${words.firstPage}</a>`
        }
        ${
          given.nextUrl === undefined
            ? nothing
            : html`<a class="button" rel="next" href="${href(given.nextUrl)}">${words.nextPage}</a>`
        }
      </nav>`;
