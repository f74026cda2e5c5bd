// Apps that may not use a person's API key any more, until the person allows it again.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { table } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { endedUseWords as text } from '../words/ended-uses.ts';

export type EndedUse = {
  readonly appName: string;
  readonly vendorName: string;
  readonly workspaceName: string;
  readonly keyName: string;
  readonly endedAtMs: number;
  readonly allow: FormTarget;
  readonly revokeKeyUrl: string;
};

const actions = (one: EndedUse): Html =>
  html`${form(
      { target: one.allow, className: 'inline-form' },
      button({
        label: html`${text.allow}<span class="visually-hidden"> ${name(one.appName)}</span>`,
        small: true,
      }),
    )}
    <a ${attributes({ class: 'button small danger', href: href(one.revokeKeyUrl) })}
      >${text.revokeKey}<span class="visually-hidden"> ${name(one.keyName)}</span></a
    >`;

export const endedUses = (uses: readonly EndedUse[], frame: Frame): Html =>
  uses.length === 0
    ? nothing
    : html`<div class="stack-tight">
        <h2>${text.title}</h2>
        <p class="second">${text.lead}</p>
        ${table({
          name: text.title,
          width: 'medium',
          columns: [
            ...text.columns.map((title) => ({ title })),
            { title: text.actions, hiddenTitle: true, align: 'actions' },
          ],
          rows: uses.map((one) => [
            html`${name(one.appName)}
              <div class="meta">${name(one.vendorName)}</div>`,
            name(one.keyName),
            name(one.workspaceName),
            date(one.endedAtMs, frame),
            actions(one),
          ]),
        })}
      </div>`;
