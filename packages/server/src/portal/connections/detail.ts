// One connected app, and the question before it is disconnected.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { hostOf, isolatedName, name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { confirmation } from '../parts/confirm.ts';
import { logo } from '../parts/logo.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { permissionList } from '../parts/permission-list.ts';
import { facts } from '../parts/table.ts';
import { date, fullMoment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { connectionWords } from '../words/connections.ts';
import { connectionsUrl } from './list.ts';
import type { ListedConnection } from './list.ts';

export type ConnectionView = {
  readonly frame: Frame;
  readonly connection: ListedConnection & { readonly endsAtMs?: number };
  readonly website: string;
  readonly mode: 'development' | 'production';
};

const crumbs = (last: string): Html =>
  breadcrumb([{ label: connectionWords.title, url: connectionsUrl }, { label: name(last) }]);

const factList = ({ frame, connection, mode }: ConnectionView): Html => {
  const names = connectionWords.facts;
  return facts([
    { name: names.workspace, value: name(connection.workspaceName) },
    { name: names.connected, value: fullMoment(connection.connectedAtMs, frame) },
    {
      name: names.used,
      value: connection.lastUsedAtMs === undefined ? words.never : fullMoment(connection.lastUsedAtMs, frame),
    },
    {
      name: names.until,
      value:
        connection.endsAtMs === undefined
          ? connectionWords.untilDisconnected
          : connectionWords.atTheLatest(date(connection.endsAtMs, frame)),
    },
    { name: names.mode, value: connectionWords.modes[mode] },
  ]);
};

export const connectionPage = (view: ConnectionView): Html => {
  const { app, vendorName, permissions, disconnectUrl } = view.connection;
  return sectionPage(
    { frame: view.frame, title: isolatedName(app.name), section: 'settings', current: connectionsUrl },
    html`${crumbs(app.name)}
      <div class="page-head">
        <div class="app-head">
          ${logo({ name: app.name, url: app.logoUrl, size: 'large' })}
          <div>
            <h1>${name(app.name)}</h1>
            <p class="second">
              ${connectionWords.by(name(vendorName))}${view.website === '' ? nothing : [' · ', name(hostOf(view.website))]}
            </p>
          </div>
        </div>
        ${linkButton({ label: connectionWords.disconnect, look: 'danger', url: disconnectUrl })}
      </div>
      <div class="narrow stack">
        <div class="panel">${factList(view)}</div>
        <section class="stack-tight" aria-labelledby="can-do">
          <h2 id="can-do">${connectionWords.canDo}</h2>
          ${
            permissions.length === 0
              ? html`<p>${connectionWords.noPermissions}</p>`
              : permissionList(permissions)
          }
        </section>
      </div>`,
  );
};

export type DisconnectView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly appName: string;
  readonly workspaceName: string;
  readonly vendorName: string;
  readonly keepUrl: string;
};

export const disconnectPage = (view: DisconnectView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: connectionWords.disconnectTitle(isolatedName(view.appName)),
      section: 'settings',
      current: connectionsUrl,
    },
    html`${crumbs(view.appName)}
    ${confirmation({
      heading: connectionWords.disconnectHeading(name(view.appName)),
      text: connectionWords.disconnectText(name(view.workspaceName), name(view.vendorName)),
      form: view.form,
      action: connectionWords.disconnect,
      keep: connectionWords.keep,
      keepUrl: view.keepUrl,
    })}`,
  );
