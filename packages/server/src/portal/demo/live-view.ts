// The start page's right side: what the gateway decided last. Rewritten by live.js; never spoken while somebody reads.
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { demoWords } from '../words/demo.ts';

export type LiveRow = {
  /** `14:05:09`, UTC; rewritten in the reader's zone. */
  readonly time: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly app: string;
  readonly status: number;
  readonly reason: string;
  readonly durationMs: number;
};

export type StepName = 'knock' | 'connect' | 'refuse' | 'cut' | 'terminal' | 'lofty' | 'loomta';

/** Also the JSON that live.js polls. */
export type LiveView = {
  readonly rows: readonly LiveRow[];
  readonly done: readonly StepName[];
  /** `Refused 41 ms after you clicked.`; empty until then. */
  readonly cut: string;
};

const row = (one: LiveRow): Html =>
  html`<tr>
    <th scope="row"><time datetime="${one.at}">${one.time}</time></th>
    <td><code class="path">${one.method} ${one.path}</code><span class="second">${one.app}</span></td>
    <td><b>${one.status}</b><span class="second">${one.reason}</span></td>
    <td class="numbers">${one.durationMs}</td>
  </tr>`;

export const liveTable = (view: LiveView): Html => {
  const { live } = demoWords;
  return html`<section class="live stack-tight" aria-labelledby="live">
    <div class="live-head">
      <h2 id="live">${live.title}</h2>
      <span hidden data-live-control
        ><button class="button small" type="button" id="live-pause">${live.pause}</button></span
      >
    </div>
    <p class="meta">${live.lead}</p>
    <div class="scroller" role="region" tabindex="0" aria-label="${live.table}">
      <table>
        <thead>
          <tr>
            <th scope="col">${live.columns.time}</th>
            <th scope="col">${live.columns.request}</th>
            <th scope="col">${live.columns.answer}</th>
            <th scope="col" class="numbers">${live.columns.took}</th>
          </tr>
        </thead>
        <tbody data-live data-pause="${live.pause}" data-resume="${live.resume}">
          ${view.rows.map(row)}
        </tbody>
      </table>
      <p class="live-empty second" ${view.rows.length === 0 ? nothing : html`hidden`} data-live-empty>
        ${live.empty}
      </p>
    </div>
  </section>`;
};
