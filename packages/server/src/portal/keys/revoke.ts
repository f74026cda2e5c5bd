// The question before a key ends.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { confirmation } from '../parts/confirm.ts';
import { sectionPage } from '../shell.ts';
import { keyWords } from '../words/keys.ts';
import { keyCrumbs } from './list.ts';

export type KeyRevokeView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly name: string;
  readonly keepUrl: string;
};

export const keyRevokePage = (view: KeyRevokeView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: keyWords.revokeTitle(isolatedName(view.name)),
      section: 'settings',
      current: '/settings/integrations/api',
    },
    html`${keyCrumbs(keyWords.revoke)}
    ${confirmation({
      heading: keyWords.revokeHeading(name(view.name)),
      text: keyWords.revokeText,
      form: view.form,
      action: keyWords.revokeKey,
      keep: keyWords.keepIt,
      keepUrl: view.keepUrl,
    })}`,
  );
