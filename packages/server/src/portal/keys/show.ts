// A signed key shown again, after the person proved who they are.
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { secretBox } from '../parts/copy.ts';
import { sectionPage } from '../shell.ts';
import { keyDetailWords } from '../words/key-detail.ts';
import { keyShownWords } from '../words/key-shown.ts';
import { keyWords } from '../words/keys.ts';
import { keyCrumbs } from './list.ts';

export type KeyShownView = {
  readonly frame: Frame;
  readonly name: string;
  readonly key: string;
  readonly doneUrl: string;
};

export const keyShownPage = (view: KeyShownView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: keyShownWords.title(isolatedName(view.name)),
      section: 'settings',
      current: '/settings/integrations/api',
      scripts: ['hide-later'],
    },
    html`<div>
        ${keyCrumbs(keyWords.show)}
        <div class="page-head"><h1>${name(view.name)}</h1></div>
      </div>
      <div class="narrow stack">
        <div data-hides-after="60" data-hidden="${keyDetailWords.hidden}">
          ${secretBox({ id: 'key', label: keyWords.key, value: view.key, hint: keyShownWords.hint, lines: true })}
        </div>
        <div class="actions">
          ${linkButton({ label: keyShownWords.done, look: 'primary', url: view.doneUrl })}
        </div>
      </div>`,
  );
