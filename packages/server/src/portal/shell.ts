// The document around every page: head, top bar, navigation or decision card, one line about the last change.
import { fontUrl, iconUrl, scriptUrls, styleUrl } from './assets.ts';
import type { ScriptName } from './assets.ts';
import type { Frame, Person, SectionName } from './frame.ts';
import { attributes, html, href, link, nothing } from './html.ts';
import type { Content, Html } from './html.ts';
import { plainName } from './names.ts';
import { button } from './parts/button.ts';
import { form, hiddenFields } from './parts/form.ts';
import { icon } from './parts/icon.ts';
import { logo } from './parts/logo.ts';
import { notice } from './parts/notice.ts';
import { workspaceChoices, workspaceMenu } from './parts/workspace-switch.ts';
import { words } from './words/common.ts';
import { demoWords } from './words/demo.ts';

export type ShellProps = {
  readonly frame: Frame;
  /** The page's own title; the brand is added. */
  readonly title: string;
  readonly failed?: boolean;
  readonly scripts?: readonly ScriptName[];
};

const document = (given: ShellProps, body: Html): Html => {
  const { brand } = given.frame;
  const scripts: readonly ScriptName[] = [
    ...new Set<ScriptName>(['times', 'copy', ...(given.scripts ?? [])]),
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          ${given.failed === true ? words.errorPrefix : nothing}${plainName(given.title)} · ${brand.name}
        </title>
        <meta name="color-scheme" content="light dark" />
        <link rel="preload" href="${fontUrl}" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="${styleUrl}" />
        ${
          brand.stylesheetUrl === undefined
            ? nothing
            : html`<link rel="stylesheet" href="${href(brand.stylesheetUrl)}" />`
        }
        <link rel="icon" href="${href(brand.logoUrl ?? iconUrl)}" />
        ${scripts.map((name) => html`<script type="module" src="${scriptUrls[name]}"></script>`)}
      </head>
      <body>
        ${body}
        <p class="visually-hidden" role="status" id="announcement"></p>
      </body>
    </html>`;
};

const brandMark = (frame: Frame, linked: boolean): Html => {
  const inside = html`${logo({ name: frame.brand.name, url: frame.brand.logoUrl, size: 'tiny' })}<span
      >${frame.brand.name}</span
    >`;
  return linked ? html`<a class="brand" href="/">${inside}</a>` : html`<span class="brand">${inside}</span>`;
};

type NavigationPage = {
  readonly url: string;
  readonly label: string;
  /** Only where the deployment looks at vendors before they register apps. */
  readonly withQualification?: true;
};

// Only what exists: a later page joins here when it is built.
const pagesOf: Readonly<Record<SectionName, readonly NavigationPage[]>> = {
  settings: [
    { url: '/settings/integrations/api', label: words.apiKeys },
    { url: '/settings/integrations/authorizations', label: words.connectedApps },
    { url: '/settings/security', label: words.security },
    { url: '/settings/profile', label: words.profile },
    { url: '/settings/workspaces', label: words.workspaces },
  ],
  developer: [
    { url: '/developer/authorizations', label: words.myAuthorization },
    { url: '/developer/qualification', label: words.myQualification, withQualification: true },
    { url: '/developer/team', label: words.team },
    { url: '/developer/profile', label: words.developerProfile },
    { url: '/developer/management-keys', label: words.managementKeys },
    { url: '/docs', label: words.documentation },
  ],
  review: [
    { url: '/review', label: words.reviewQueue },
    { url: '/review/vendors', label: words.vendors, withQualification: true },
  ],
  operate: [
    { url: '/operate/people', label: words.operate.people },
    { url: '/operate/workspaces', label: words.operate.workspaces },
    { url: '/operate/apps', label: words.operate.apps },
    { url: '/operate/permissions', label: words.operate.permissions },
    { url: '/operate/audit', label: words.operate.audit },
    { url: '/operate/mail', label: words.operate.mail },
  ],
};

const homeOf = (section: SectionName): string => pagesOf[section][0]?.url ?? `/${section}`;

const navigationLinks = (frame: Frame, section: SectionName, current: string | undefined): Html =>
  html`<p class="navigation-title">${words.sections[section]}</p>
    <ul>
      ${pagesOf[section]
        .filter((page) => page.withQualification !== true || frame.withQualification === true)
        .map(
          (page) =>
            html`<li>
              <a ${attributes({ href: page.url, 'aria-current': page.url === current ? 'page' : undefined })}
                >${page.label}</a
              >
            </li>`,
        )}
    </ul>`;

const signOutForm = (person: Person): Html =>
  form({ target: person.signOut, className: 'sign-out' }, button({ label: words.signOut, small: true }));

const personMenu = (person: Person): Html =>
  html`<details class="menu wide-only">
    <summary>${plainName(person.name)}${icon('chevron-down')}</summary>
    <div class="float">
      <p class="who"><b>${plainName(person.name)}</b><span>${person.email}</span></p>
      ${signOutForm(person)}
    </div>
  </details>`;

const narrowMenu = (frame: Frame, person: Person, current: string | undefined): Html =>
  html`<details class="menu narrow-only">
    <summary>${icon('menu')}${words.menu}</summary>
    <div class="float">
      <p class="who"><b>${plainName(person.name)}</b><span>${person.email}</span></p>
      ${signOutForm(person)}
      ${person.workspaces === undefined ? nothing : workspaceChoices(person.workspaces)}
      <nav aria-label="${words.menu}">
        ${person.sections.map((section) => navigationLinks(frame, section, current))}
      </nav>
    </div>
  </details>`;

const topBar = (frame: Frame, section: SectionName | undefined, current: string | undefined): Html => {
  const { person } = frame;
  return html`<header class="top-bar">
    ${brandMark(frame, true)}
    ${
      person === undefined
        ? nothing
        : html`<nav class="sections wide-only" aria-label="Sections">
            ${person.sections.map(
              (name) =>
                html`<a
                  ${attributes({ href: homeOf(name), 'aria-current': name === section ? 'true' : undefined })}
                  >${words.sections[name]}</a
                >`,
            )}
          </nav>`
    }
    <div class="end">
      ${person?.workspaces === undefined ? nothing : workspaceMenu(person.workspaces)}
      ${
        person === undefined
          ? html`<a class="button small" href="/sign-in">${words.signIn}</a>`
          : [personMenu(person), narrowMenu(frame, person, current)]
      }
    </div>
  </header>`;
};

const demoBar = (frame: Frame): Html => {
  const { demo } = frame;
  if (demo === undefined) return nothing;
  return html`<aside class="demo-bar" aria-label="Demo">
    <span
      >${demo.you === undefined ? demoWords.bar.nobody : demoWords.bar.you(html`<b>${plainName(demo.you.name)}</b>`, demo.you.role)}</span
    >
    <form method="post" action="${demo.form.action}">
      ${hiddenFields(demo.form)}<span
        >${demo.you === undefined ? demoWords.bar.become : demoWords.bar.change}</span
      >
      ${demo.others.map((other) => button({ label: other.name, name: 'email', value: other.email, look: 'plain' }))}
    </form>
  </aside>`;
};

const flashLine = (frame: Frame): Html =>
  frame.flash === undefined
    ? nothing
    : notice({ tone: frame.flash.tone, content: html`<p>${frame.flash.text}</p>`, announced: true });

/** On pages of decision nothing leads away but what they must name. */
const footer = (frame: Frame, documented: boolean): Html => {
  const { brand } = frame;
  return html`<footer>
    <ul>
      <li>${brand.name}</li>
      ${documented ? html`<li><a href="/docs">${words.documentation}</a></li>` : nothing}
      ${brand.termsUrl === undefined ? nothing : html`<li>${link(brand.termsUrl, words.terms)}</li>`}
      ${brand.privacyUrl === undefined ? nothing : html`<li>${link(brand.privacyUrl, words.privacy)}</li>`}
      <li><a href="mailto:${brand.supportEmail}">${words.support}</a></li>
    </ul>
  </footer>`;
};

const skip = html`<a class="skip" href="#content">${words.skip}</a>`;

export type SectionPageProps = ShellProps & {
  /** Which part of the portal the page belongs to; its navigation stands at the left. */
  readonly section: SectionName;
  /** The navigation entry that leads here. */
  readonly current: string;
};

/** A page inside Settings, Developer, Review or Operate. */
export const sectionPage = (given: SectionPageProps, content: Content): Html =>
  document(
    given,
    html`${skip}${demoBar(given.frame)}${topBar(given.frame, given.section, given.current)}
      <div class="with-navigation">
        <nav class="navigation" aria-label="${words.sections[given.section]}">
          ${navigationLinks(given.frame, given.section, given.current)}
        </nav>
        <main id="content">${flashLine(given.frame)}${content}</main>
      </div>`,
  );

/** A page without a section: home, errors. */
export const plainPage = (given: ShellProps, content: Content): Html =>
  document(
    given,
    html`${skip}${demoBar(given.frame)}${topBar(given.frame, undefined, undefined)}
      <main id="content">${flashLine(given.frame)}${content}${footer(given.frame, true)}</main>`,
  );

export type DecisionPageProps = ShellProps & {
  readonly below?: Content;
  /** The card itself shows the brand. */
  readonly brandInside?: boolean;
};

/** One decision: a card and nothing that leads away from it. No demo bar: one click there would change who decides. */
export const decisionPage = (given: DecisionPageProps, content: Content): Html =>
  document(
    given,
    html`<div class="decision">
      ${given.brandInside === true ? nothing : html`<header>${brandMark(given.frame, false)}</header>`}
      <main id="content">
        <div class="card">${flashLine(given.frame)}${content}</div>
        ${given.below === undefined ? nothing : html`<div class="below">${given.below}</div>`}
      </main>
      ${footer(given.frame, false)}
    </div>`,
  );
