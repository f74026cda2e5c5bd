// Client id and secrets: whole only when made, two live at a time so that rolling fails no request.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { masked, secretBox } from '../parts/copy.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { absolute, date, moment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { appWords, dashboardWords } from '../words/developer.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';
import { dashboardUrl } from './dashboard.ts';

export type ListedSecret = {
  readonly lastFour: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
  /** Address it was last used from. */
  readonly lastUsedFrom?: string;
  readonly endsAtMs?: number;
};

export type AppCredentialsView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly clientId: string;
  /** Absent for a public app, which has none. */
  readonly secrets?: readonly ListedSecret[];
  /** Posts `oldEnds`: `now`, `day` or `week`. */
  readonly roll?: FormTarget;
  readonly rollProblem?: 'missing' | 'too-many';
  /** Just rolled: shown on this answer only. */
  readonly newSecret?: string;
};

const secretRow = (secret: ListedSecret, frame: Frame): readonly Content[] => [
  masked(appWords.clientSecret, secret.lastFour),
  date(secret.createdAtMs, frame),
  secret.lastUsedAtMs === undefined ? words.never : moment(secret.lastUsedAtMs, frame),
  secret.lastUsedFrom ?? '–',
  secret.endsAtMs === undefined ? appWords.noEnd : absolute(secret.endsAtMs, frame),
];

const secretTable = (secrets: readonly ListedSecret[], frame: Frame): Html => {
  const { secretColumns: columns } = appWords;
  return table({
    name: appWords.secrets,
    columns: [columns.secret, columns.made, columns.used, columns.from, columns.ends].map((title) => ({
      title,
      oneLine: true,
    })),
    rows: secrets.map((secret) => secretRow(secret, frame)),
  });
};

const rollProblems = { missing: appWords.rollMissing, 'too-many': appWords.tooMany } as const;

const rollPart = (view: AppCredentialsView): Html => {
  if (view.roll === undefined) return nothing;
  return html`<section class="narrow" aria-labelledby="roll">
    <h2 id="roll">${appWords.roll}</h2>
    <p class="second">${appWords.rollText}</p>
    ${form({ target: view.roll }, [
      radioGroup({
        id: 'old-ends',
        name: 'oldEnds',
        legend: appWords.rollWhen,
        boxed: true,
        error: view.rollProblem === undefined ? undefined : rollProblems[view.rollProblem],
        options: (['now', 'day', 'week'] as const).map((value) => ({
          value,
          label: appWords.rollEnds[value],
        })),
      }),
      html`<div class="actions">${button({ label: appWords.roll })}</div>`,
    ])}
  </section>`;
};

const newSecret = (value: string): Html =>
  html`<div class="stack">
    ${notice({ tone: 'ok', content: html`<p>${appWords.newSecret}</p>`, announced: true })}
    ${secretBox({ id: 'client-secret', label: appWords.clientSecret, value, hint: words.shownOnce })}
  </div>`;

const rollSummary = (view: AppCredentialsView): Html =>
  view.rollProblem === undefined
    ? nothing
    : errorSummary(words.errorsTitle(1), [{ fieldId: 'old-ends', text: rollProblems[view.rollProblem] }]);

export const appCredentialsPage = (view: AppCredentialsView): Html =>
  appPage(
    { frame: view.frame, app: view.app, tab: 'credentials', failed: view.rollProblem !== undefined },
    html`<div class="narrow stack">
        ${rollSummary(view)} ${view.newSecret === undefined ? nothing : newSecret(view.newSecret)}
        ${secretBox({ id: 'client-id', label: appWords.clientId, value: view.clientId })}
      </div>
      ${
        view.secrets === undefined
          ? html`<p class="lead">${appWords.noSecret}</p>`
          : html`<section class="stack-tight">
                <h2>${appWords.secrets}</h2>
                ${secretTable(view.secrets, view.frame)}
              </section>
              ${rollPart(view)}`
      }`,
  );

export type AppRegisteredView = {
  readonly frame: Frame;
  readonly name: string;
  readonly clientId: string;
  /** Absent for a public app. */
  readonly clientSecret?: string;
  readonly appUrl: string;
};

/** The answer to a registration; the only page with the first secret. */
export const appRegisteredPage = (view: AppRegisteredView): Html => {
  const pairs =
    view.clientSecret === undefined
      ? 'CLIENT_ID=client-id'
      : 'CLIENT_ID=client-id CLIENT_SECRET=client-secret';
  return sectionPage(
    {
      frame: view.frame,
      title: `${appWords.registeredTitle} · ${isolatedName(view.name)}`,
      section: 'developer',
      current: dashboardUrl,
      scripts: ['download-env'],
    },
    html`<div>
        ${breadcrumb([{ label: dashboardWords.title, url: dashboardUrl }, { label: name(view.name) }])}
        <div class="page-head"><h1>${name(view.name)}</h1></div>
      </div>
      <div class="narrow stack">
        ${notice({
          tone: 'ok',
          announced: true,
          content: html`<p>
            ${view.clientSecret === undefined ? appWords.registeredPublic : appWords.registered}
          </p>`,
        })}
        ${secretBox({ id: 'client-id', label: appWords.clientId, value: view.clientId })}
        ${
          view.clientSecret === undefined
            ? nothing
            : secretBox({
                id: 'client-secret',
                label: appWords.clientSecret,
                value: view.clientSecret,
                hint: words.shownOnce,
              })
        }
        <div class="actions">
          ${linkButton({ label: appWords.toApp, look: 'primary', url: view.appUrl })}
          ${linkButton({ label: appWords.toWalkThrough, url: `${view.appUrl}/walk-through` })}
          <button type="button" class="button needs-script" data-env="${pairs}">
            ${appWords.downloadEnv}
          </button>
        </div>
      </div>`,
  );
};
