// `/demo/mail`: the demo's outbox. Nothing is mailed until submissions exist.
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { empty } from '../parts/empty.ts';
import { plainPage } from '../shell.ts';
import { demoWords } from '../words/demo.ts';

export type DemoMailView = { readonly frame: Frame };

export const demoMailPage = (view: DemoMailView): Html =>
  plainPage(
    { frame: view.frame, title: demoWords.mailTitle },
    html`<div class="stack-tight">
        <h1>${demoWords.mailTitle}</h1>
        <p class="lead">${demoWords.mailLead}</p>
      </div>
      ${empty({ icon: 'mail', title: demoWords.mailEmptyTitle, text: demoWords.mailEmptyText })}`,
  );
