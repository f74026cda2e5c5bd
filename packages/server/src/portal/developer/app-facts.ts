// An app's fields to read, for its team and for reviewers.
import type { AppKind } from '../../domain/apps/app.ts';
import { html, link } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { facts } from '../parts/table.ts';
import { appWords, registrationWords as text } from '../words/developer.ts';

export type ReadableApp = {
  readonly name: string;
  readonly kind?: AppKind;
  readonly website: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
};

const given = (value: string): Content =>
  value === '' ? html`<span class="second">${appWords.empty}</span>` : name(value);

export const appFacts = (app: ReadableApp): Html =>
  html`<div class="panel">
    ${facts([
      { name: text.name, value: name(app.name) },
      {
        name: text.website,
        value: app.website === '' ? given('') : link(app.website, app.website, { rel: 'noreferrer' }),
      },
      { name: text.description, value: given(app.description) },
      app.kind === undefined ? false : { name: appWords.kind, value: text.kinds[app.kind] },
      {
        name: appWords.redirects,
        value: html`<ul>
          ${app.redirectUris.map((uri) => html`<li><code>${uri}</code></li>`)}
        </ul>`,
      },
      { name: text.contactName, value: given(app.contactName) },
      { name: text.contactEmail, value: given(app.contactEmail) },
      { name: text.contactPhone, value: given(app.contactPhone) },
    ])}
  </div>`;
