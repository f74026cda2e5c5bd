// The question before a management key ends.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { confirmation } from '../parts/confirm.ts';
import { sectionPage } from '../shell.ts';
import { managementKeyWords as text } from '../words/management-keys.ts';
import { MANAGEMENT_KEYS, managementKeyCrumbs } from './list.ts';

export type ManagementKeyRevokeView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly name: string;
  readonly keepUrl: string;
};

export const managementKeyRevokePage = (view: ManagementKeyRevokeView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: text.revokeTitle(isolatedName(view.name)),
      section: 'developer',
      current: MANAGEMENT_KEYS,
    },
    html`${managementKeyCrumbs(text.revoke)}
    ${confirmation({
      heading: text.revokeHeading(name(view.name)),
      text: text.revokeText,
      form: view.form,
      action: text.revokeKey,
      keep: text.keepIt,
      keepUrl: view.keepUrl,
    })}`,
  );
