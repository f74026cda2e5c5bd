// Header and tabs that all pages of one app share.
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { ScriptName } from '../assets.ts';
import { isolatedName, name } from '../names.ts';
import { appBadge, editBadge } from '../parts/badge.ts';
import type { EditBadge, ShownAppStatus } from '../parts/badge.ts';
import { logo } from '../parts/logo.ts';
import { breadcrumb, tabs } from '../parts/navigation.ts';
import { sectionPage } from '../shell.ts';
import { appWords, dashboardWords } from '../words/developer.ts';
import { dashboardUrl } from './dashboard.ts';

export type AppTab = keyof typeof appWords.tabs;

export type AppHead = {
  readonly name: string;
  readonly logoUrl?: string;
  readonly status: ShownAppStatus;
  readonly mode: 'development' | 'production';
  readonly limitPerMinute: number;
  readonly pendingEdit?: EditBadge;
  /** `/developer/apps/{id}`; tabs stand below it. */
  readonly url: string;
};

export type AppPageProps = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly tab: AppTab;
  readonly failed?: boolean;
  readonly scripts?: readonly ScriptName[];
};

export const tabUrl = (app: AppHead, tab: AppTab): string =>
  tab === 'overview' ? app.url : `${app.url}/${tab}`;

const tabNames = Object.keys(appWords.tabs) as AppTab[];

export const appPage = (given: AppPageProps, content: Content): Html => {
  const { app } = given;
  return sectionPage(
    {
      frame: given.frame,
      title: `${appWords.tabs[given.tab]} · ${isolatedName(app.name)}`,
      section: 'developer',
      current: dashboardUrl,
      failed: given.failed ?? false,
      scripts: given.scripts ?? [],
    },
    html`<div class="stack-tight">
        ${breadcrumb([{ label: dashboardWords.title, url: dashboardUrl }, { label: name(app.name) }])}
        <div class="app-head">
          ${logo({ name: app.name, url: app.logoUrl, size: 'large' })}
          <div>
            <div class="title">
              <h1>${name(app.name)}</h1>
              ${appBadge(app.status)} ${app.pendingEdit === undefined ? nothing : editBadge(app.pendingEdit)}
            </div>
            <p class="second">${appWords.modes[app.mode]} · ${appWords.limit(app.limitPerMinute)}</p>
          </div>
        </div>
      </div>
      ${tabs(
        appWords.tabsName,
        tabNames.map((tab) => ({
          label: appWords.tabs[tab],
          url: tabUrl(app, tab),
          current: tab === given.tab,
        })),
      )}
      ${content}`,
  );
};
