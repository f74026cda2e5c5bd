// What was registered, to read; changing it comes with edits.
import type { AppKind } from '../../domain/apps/app.ts';
import type { Frame } from '../frame.ts';
import { html, link, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { facts } from '../parts/table.ts';
import { appWords, registrationWords } from '../words/developer.ts';
import { appDeleteWords } from '../words/app-delete.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type AppSettingsView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly kind: AppKind;
  readonly website: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  readonly deleteUrl?: string;
};

const given = (value: string): Content =>
  value === '' ? html`<span class="second">${appWords.empty}</span>` : name(value);

export const appSettingsPage = (view: AppSettingsView): Html => {
  const text = registrationWords;
  return appPage(
    { frame: view.frame, app: view.app, tab: 'settings' },
    html`<p class="lead">${appWords.settingsLead}</p>
      <div class="panel narrow">
        ${facts([
          { name: text.name, value: name(view.app.name) },
          {
            name: text.website,
            value: view.website === '' ? given('') : link(view.website, view.website, { rel: 'noreferrer' }),
          },
          { name: text.description, value: given(view.description) },
          { name: appWords.kind, value: text.kinds[view.kind] },
          {
            name: appWords.redirects,
            value: html`<ul>
              ${view.redirectUris.map((uri) => html`<li><code>${uri}</code></li>`)}
            </ul>`,
          },
          { name: text.contactName, value: given(view.contactName) },
          { name: text.contactEmail, value: given(view.contactEmail) },
          { name: text.contactPhone, value: given(view.contactPhone) },
        ])}
      </div>
      ${
        view.deleteUrl === undefined
          ? nothing
          : html`<div class="actions">
              ${linkButton({ label: appDeleteWords.link, look: 'danger', url: view.deleteUrl })}
            </div>`
      }`,
  );
};
