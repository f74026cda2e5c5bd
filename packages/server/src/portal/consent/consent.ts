// Consent: what an app will be able to do, for which workspace, and the person's answer.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { hostOf, isolatedName, mixesAlphabets, name, plainName } from '../names.ts';
import { developmentModeBadge } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { icon } from '../parts/icon.ts';
import { logo } from '../parts/logo.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { permissionList } from '../parts/permission-list.ts';
import { workspaceChoice } from '../parts/workspace-choice.ts';
import type { WorkspaceChoice } from '../parts/workspace-choice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { consentWords } from '../words/consent.ts';
import type { AskedPermission } from '../words/permissions.ts';

export type ConsentView = {
  readonly frame: Frame;
  /** Posts `decision` (`authorize` or `cancel`) and `workspace`. */
  readonly form: FormTarget;
  readonly app: {
    readonly name: string;
    readonly logoUrl?: string;
    readonly website: string;
    readonly mode: 'development' | 'production';
  };
  readonly vendorName: string;
  readonly person: { readonly name: string; readonly email: string };
  /** Signs out and keeps the request. */
  readonly differentSignInUrl: string;
  readonly workspaces: WorkspaceChoice;
  readonly permissions: readonly AskedPermission[];
  /** Where the answer goes; loopback addresses read as "the program on this computer". */
  readonly redirectUri: string;
  /** After a breaking edit: the vendor's note, if it wrote one. */
  readonly again?: { readonly note?: string };
};

const isLoopback = (url: string): boolean => {
  const host = URL.parse(url)?.hostname;
  return host === '127.0.0.1' || host === '[::1]' || host === 'localhost';
};

const returnLine = (view: ConsentView): Html =>
  isLoopback(view.redirectUri)
    ? html`${consentWords.returnToProgram}`
    : consentWords.returnTo(name(hostOf(view.redirectUri)));

const head = (view: ConsentView): Html => {
  const { app } = view;
  const { brand } = view.frame;
  const shown = name(app.name);
  return html`<div class="consent-head">
    <p class="meeting">
      ${logo({ name: app.name, url: app.logoUrl, size: 'large' })} ${icon('arrow-right')}
      ${logo({ name: brand.name, url: brand.logoUrl, size: 'large', brand: true })}
    </p>
    <h1 tabindex="-1" ${attributes({ autofocus: view.workspaces.missing !== true })}>
      ${view.again === undefined ? consentWords.heading(shown, brand.name) : consentWords.againHeading(shown)}
    </h1>
    <p class="second">
      by ${name(view.vendorName)}${app.website === '' ? nothing : [' · ', name(hostOf(app.website))]}
    </p>
    ${
      app.mode === 'development'
        ? html`<p>${developmentModeBadge()}</p>
            <p class="signed-in">${consentWords.notReviewed}</p>`
        : nothing
    }
    ${
      mixesAlphabets(app.name)
        ? notice({ tone: 'warning', content: html`<p>${consentWords.mixedLetters}</p>` })
        : nothing
    }
    ${
      view.again?.note === undefined
        ? nothing
        : html`<blockquote class="quoted"><p dir="auto">${plainName(view.again.note)}</p></blockquote>`
    }
  </div>`;
};

const asked = (view: ConsentView): Html =>
  view.permissions.length === 0
    ? html`<p>${consentWords.noPermissions}</p>`
    : html`<section class="stack-tight" aria-labelledby="able">
        <h2 class="label" id="able">${consentWords.able(name(view.app.name))}</h2>
        ${permissionList(view.permissions)}
      </section>`;

export const consentPage = (view: ConsentView): Html => {
  const missing = view.workspaces.missing === true;
  const appName = isolatedName(view.app.name);
  return decisionPage(
    {
      frame: view.frame,
      title:
        view.again === undefined
          ? consentWords.title(appName, view.frame.brand.name)
          : consentWords.againTitle(appName),
      failed: missing,
      brandInside: true,
      below: html`<p>${returnLine(view)}</p>`,
    },
    html`<div class="consent">
      ${
        missing
          ? errorSummary(words.errorsTitle(1), [{ fieldId: 'workspace', text: words.chooseWorkspace }])
          : nothing
      }
      ${head(view)}
      ${form({ target: view.form }, [
        html`<p class="signed-in">
          ${consentWords.signedInAs} ${plainName(view.person.name)} (${view.person.email}).
          <a ${attributes({ href: href(view.differentSignInUrl) })}>${consentWords.different}</a>
        </p>`,
        workspaceChoice(view.workspaces),
        asked(view),
        html`<p class="promise">${consentWords.promise}</p>`,
        html`<div class="actions">
          ${button({ label: words.authorize, look: 'primary', name: 'decision', value: 'authorize' })}
          ${button({ label: words.cancel, name: 'decision', value: 'cancel', skipsValidation: true })}
        </div>`,
      ])}
    </div>`,
  );
};
