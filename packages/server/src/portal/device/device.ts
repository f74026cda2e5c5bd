// Device approval: type the code, compare it, decide, see the result. A GET never approves (security.md 44, 45).
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { mixesAlphabets, name } from '../names.ts';
import { developmentModeBadge } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { bigCode } from '../parts/copy.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { permissionList } from '../parts/permission-list.ts';
import { facts } from '../parts/table.ts';
import { countdown } from '../parts/time.ts';
import { workspaceChoice } from '../parts/workspace-choice.ts';
import type { WorkspaceChoice } from '../parts/workspace-choice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { consentWords } from '../words/consent.ts';
import { deviceWords } from '../words/device.ts';
import type { PermissionDisplay } from '../words/permissions.ts';

export type DeviceEntryProblem =
  | { readonly reason: 'not-waiting' | 'expired' | 'code-missing' }
  | { readonly reason: 'throttled'; readonly minutes: number };

export type DeviceEntryView = {
  readonly frame: Frame;
  /** Posts `user_code`. */
  readonly form: FormTarget;
  readonly typed?: string;
  readonly problem?: DeviceEntryProblem;
};

const problemText = (problem: DeviceEntryProblem): string =>
  problem.reason === 'throttled'
    ? deviceWords.problems.throttled(problem.minutes)
    : deviceWords.problems[problem.reason];

export const deviceEntryPage = (view: DeviceEntryView): Html => {
  const error = view.problem === undefined ? undefined : problemText(view.problem);
  return decisionPage(
    { frame: view.frame, title: deviceWords.entryTitle, failed: error !== undefined },
    html`<h1>${deviceWords.entryTitle}</h1>
      ${error === undefined ? nothing : errorSummary(words.errorsTitle(1), [{ fieldId: 'user-code', text: error }])}
      ${form({ target: view.form }, [
        field({
          id: 'user-code',
          name: 'user_code',
          label: deviceWords.code,
          hint: deviceWords.codeHint,
          value: view.typed ?? '',
          code: true,
          maxLength: 40,
          autocomplete: 'off',
          autofocus: error === undefined,
          error,
        }),
        html`<div class="actions">${button({ label: deviceWords.continue, look: 'primary' })}</div>`,
      ])}`,
  );
};

export type DeviceConfirmView = {
  readonly frame: Frame;
  /** Posts `decision` (`authorize` or `deny`) and `workspace`. */
  readonly form: FormTarget;
  readonly userCode: string;
  readonly app: { readonly name: string; readonly mode: 'development' | 'production' };
  readonly askedAtMs: number;
  readonly expiresAtMs: number;
  /** Rough, e.g. `203.0.113.x`. */
  readonly address: string;
  /** What the terminal says about itself, unproven. */
  readonly says?: string;
  readonly otherNetwork: boolean;
  readonly gets:
    | { readonly kind: 'key' }
    | { readonly kind: 'connection'; readonly permissions: readonly PermissionDisplay[] };
  readonly workspaces: WorkspaceChoice;
  /** A link back to the entry page, for a new code after this one expired. */
  readonly entryUrl: string;
};

const origin = (view: DeviceConfirmView): Html =>
  html`${view.address}${view.says === undefined ? nothing : html`, ${deviceWords.saysItIs(html`“${name(view.says)}”`)}`}`;

const age = (view: DeviceConfirmView): Html => {
  const seconds = Math.max(0, Math.round((view.frame.nowMs - view.askedAtMs) / 1000));
  const timer = countdown({
    id: 'expiry',
    endsAtMs: view.expiresAtMs,
    at: view.frame,
    ended: deviceWords.expired,
  });
  return html`${deviceWords.askedAgo(seconds)}, ${deviceWords.expiresIn(timer)}`;
};

const described = (view: DeviceConfirmView): Html => {
  const { app } = view;
  return facts(
    [
      {
        name: deviceWords.app,
        value: html`<strong>${name(app.name)}</strong>
          ${app.mode === 'development' ? developmentModeBadge() : nothing}`,
      },
      { name: deviceWords.asked, value: age(view) },
      { name: deviceWords.from, value: origin(view) },
      {
        name: deviceWords.gets,
        value: view.gets.kind === 'key' ? deviceWords.getsKey : deviceWords.getsConnection,
      },
    ],
    true,
  );
};

export const deviceConfirmPage = (view: DeviceConfirmView): Html => {
  const missing = view.workspaces.missing === true;
  return decisionPage(
    { frame: view.frame, title: deviceWords.confirmTitle, failed: missing, scripts: ['countdown'] },
    html`${
        missing
          ? errorSummary(words.errorsTitle(1), [{ fieldId: 'workspace', text: words.chooseWorkspace }])
          : nothing
      }
      <h1 tabindex="-1" ${attributes({ autofocus: !missing })}>${deviceWords.confirmTitle}</h1>
      ${bigCode(view.userCode)}
      <div id="expiry-over" hidden>
        ${notice({
          tone: 'muted',
          content: html`<p>
            ${deviceWords.expiredLine}
            <a ${attributes({ href: href(view.entryUrl) })}>${deviceWords.entryTitle}</a>
          </p>`,
        })}
      </div>
      ${described(view)}
      ${
        mixesAlphabets(view.app.name)
          ? notice({ tone: 'warning', content: html`<p>${consentWords.mixedLetters}</p>` })
          : nothing
      }
      ${
        view.otherNetwork
          ? notice({ tone: 'warning', content: html`<p>${deviceWords.otherNetwork}</p>` })
          : nothing
      }
      ${form({ target: view.form }, [
        view.gets.kind === 'connection' && view.gets.permissions.length > 0
          ? html`<div class="stack-tight">${permissionList(view.gets.permissions)}</div>`
          : nothing,
        workspaceChoice(view.workspaces),
        html`<div class="actions">
          ${button({ label: words.authorize, look: 'primary', name: 'decision', value: 'authorize' })}
          ${button({ label: deviceWords.deny, name: 'decision', value: 'deny', skipsValidation: true })}
        </div>`,
      ])}`,
  );
};

export type DeviceDoneView = {
  readonly frame: Frame;
  readonly outcome:
    | { readonly kind: 'key'; readonly keyName: string; readonly keysUrl: string }
    | { readonly kind: 'connection'; readonly appsUrl: string }
    | { readonly kind: 'denied' };
};

const doneText = (view: DeviceDoneView): Html => {
  const { outcome } = view;
  switch (outcome.kind) {
    case 'denied': {
      const { supportEmail } = view.frame.brand;
      const support = html`<a href="mailto:${supportEmail}">${supportEmail}</a>`;
      return html`<p>${deviceWords.denied} ${deviceWords.deniedTell(support)}</p>`;
    }
    case 'key': {
      const keys = html`<a ${attributes({ href: href(outcome.keysUrl) })}>${words.apiKeys}</a>`;
      return html`<p>${deviceWords.done}</p>
        <p class="second">${deviceWords.doneKey(keys, name(outcome.keyName))}</p>`;
    }
    case 'connection': {
      const apps = html`<a ${attributes({ href: href(outcome.appsUrl) })}>${words.connectedApps}</a>`;
      return html`<p>${deviceWords.done}</p>
        <p class="second">${deviceWords.doneConnection(apps)}</p>`;
    }
  }
};

export const deviceDonePage = (view: DeviceDoneView): Html => {
  const title = view.outcome.kind === 'denied' ? deviceWords.deniedTitle : deviceWords.doneTitle;
  return decisionPage(
    { frame: view.frame, title },
    html`<div class="stack-tight" role="status">
      <h1>${title}</h1>
      ${doneText(view)}
    </div>`,
  );
};
