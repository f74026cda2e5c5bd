// `/parts`: every part in every state, for screenshots and for the accessibility test.
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { appBadge, developmentModeBadge, editBadge, keyBadge, tag } from '../parts/badge.ts';
import { button, linkButton, plusLabel } from '../parts/button.ts';
import { checkbox, radioGroup } from '../parts/choice.ts';
import { bigCode, masked, secretBox } from '../parts/copy.ts';
import { empty } from '../parts/empty.ts';
import { field, fileField, passwordField, textArea } from '../parts/field.ts';
import { icon } from '../parts/icon.ts';
import type { IconName } from '../parts/icon.ts';
import { drawings } from '../icons.ts';
import { logo } from '../parts/logo.ts';
import { breadcrumb, pagination, tabs } from '../parts/navigation.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { permissionList } from '../parts/permission-list.ts';
import { facts, table } from '../parts/table.ts';
import { absolute, countdown, date, fullMoment, moment } from '../parts/time.ts';
import { plainPage } from '../shell.ts';
import { samplePermissions } from './samples.ts';

const part = (title: string, content: Content): Html => {
  const id = `part-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return html`<section class="stack" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
};

const buttons = html`<div class="actions">
    ${button({ label: 'Primary', look: 'primary', type: 'button' })}
    ${button({ label: 'Outlined', type: 'button' })}
    ${button({ label: 'Danger', look: 'danger', type: 'button' })}
    ${button({ label: 'Danger filled', look: 'danger-filled', type: 'button' })}
    ${button({ label: 'Small', small: true, type: 'button' })}
    ${button({ label: 'Plain', look: 'plain', type: 'button' })}
    ${button({ label: 'Not yet', cannotActYet: true, describedBy: 'not-yet', type: 'button' })}
    ${linkButton({ label: plusLabel('Add one'), url: '/parts', icon: 'plus' })}
  </div>
  <p class="hint" id="not-yet">Choose a permission first.</p>`;

const statuses = html`<div class="actions">
  ${(['development', 'under-review', 'production', 'declined', 'suspended'] as const).map(appBadge)}
  ${(['standard', 'breaking'] as const).map(editBadge)}
  ${(['active', 'expired', 'revoked', 'awaiting-collection'] as const).map(keyBadge)}
  ${developmentModeBadge()} ${tag('Legacy Token')} ${tag('deletes data', 'bad')}
</div>`;

const fields = html`<div class="form narrow">
  ${field({ id: 'f1', name: 'f1', label: 'App Name', hint: 'People see it.', value: 'Pipeline Sync' })}
  ${field({ id: 'f2', name: 'f2', label: 'Website', tag: 'Needed for review', error: 'Use https.' })}
  ${field({ id: 'f3', name: 'f3', label: 'Code from your terminal', code: true, value: 'LMT-7QX2-9KFP' })}
  ${passwordField({ id: 'f4', name: 'f4', label: 'Password', showLabel: 'Show', value: 'secret' })}
  ${textArea({ id: 'f5', name: 'f5', label: 'Description', value: 'Keeps leads in step.' })}
  ${fileField({ id: 'f6', name: 'f6', label: 'App Logo', accept: 'image/png', hint: 'PNG, at most 1 MB.' })}
</div>`;

const choices = html`<div class="form narrow">
  ${radioGroup({
    id: 'r1',
    name: 'r1',
    legend: 'Workspace',
    boxed: true,
    chosen: 'b',
    options: [
      { value: 'a', label: 'Northside Realty', detail: 'Owner' },
      { value: 'b', label: 'Harbor Homes', detail: 'Member' },
      { value: 'c', label: 'Westend', disabledReason: 'Member: your role may not make keys' },
    ],
  })}
  ${radioGroup({
    id: 'r2',
    name: 'r2',
    legend: 'The present secret ends',
    error: 'Choose one.',
    options: [
      { value: 'now', label: 'now' },
      { value: 'day', label: 'in 24 hours' },
    ],
  })}
  ${checkbox({ id: 'c1', name: 'c1', label: 'I have told my users', detail: 'or will before I publish.' })}
  ${checkbox({ id: 'c2', name: 'c2', label: 'I know', error: 'Tick this.' })}
</div>`;

const notices = html`<div class="stack-tight narrow">
  ${(['ok', 'waiting', 'warning', 'bad', 'info', 'muted'] as const).map((tone) =>
    notice({ tone, content: html`<p>A line about ${tone}, with <a href="/parts">a link</a>.</p>` }),
  )}
  ${errorSummary('2 things to put right', [
    { fieldId: 'f2', text: 'Use https.' },
    { text: 'Too many tries.' },
  ])}
</div>`;

const secrets = html`<div class="stack narrow">
  ${secretBox({ id: 's1', label: 'Client ID', value: 'app_7Q2M9KFPX4TB' })}
  ${secretBox({ id: 's2', label: 'Try it', value: 'curl -i \\\n  http://localhost:4000/v1.0/me', lines: true })}
  <p>${masked('Client Secret', '4f2a')}</p>
  ${bigCode('LMT-7QX2-9KFP')}
</div>`;

const tables = (frame: Frame): Html =>
  html`${table({
      name: 'Sample table',
      columns: [{ title: 'Name' }, { title: 'Requests', align: 'numbers' }, { title: 'Since' }],
      rows: [
        ['Pipeline Sync', 1204, date(frame.nowMs, frame)],
        ['Lead Mailer', 87, date(frame.nowMs, frame)],
      ],
    })}
    <div class="panel narrow">
      ${facts([
        { name: 'Workspace', value: 'Northside Realty' },
        { name: 'Connected', value: fullMoment(frame.nowMs - 7_200_000, frame) },
      ])}
    </div>`;

const times = (frame: Frame): Html =>
  html`<p>
    ${moment(frame.nowMs - 200_000, frame)} · ${absolute(frame.nowMs, frame)} · ${date(frame.nowMs, frame)} ·
    ${countdown({ id: 'timer', endsAtMs: frame.nowMs + 540_000, at: frame, ended: 'expired' })}
  </p>`;

export type PartsView = { readonly frame: Frame };

export const partsPage = ({ frame }: PartsView): Html =>
  plainPage(
    { frame, title: 'Parts', scripts: ['show-password', 'countdown'] },
    html`<h1>Parts</h1>
      ${part('Buttons', buttons)} ${part('Statuses', statuses)} ${part('Fields', fields)}
      ${part('Choices', choices)} ${part('Notices', notices)} ${part('Secrets', secrets)}
      ${part('Tables', tables(frame))} ${part('Times', times(frame))}
      ${part('Permissions', html`<div class="narrow stack-tight">${permissionList(samplePermissions)}</div>`)}
      ${part('Navigation', [
        breadcrumb([{ label: 'Settings' }, { label: 'API', url: '/parts' }]),
        tabs('Sample tabs', [
          { label: 'All', url: '/parts', current: true, count: 4 },
          { label: 'Declined', url: '/parts', current: false, count: 0 },
        ]),
        pagination({ firstUrl: '/parts', nextUrl: '/parts' }),
      ])}
      ${part('Empty', empty({ icon: 'plug', title: 'No app is connected', text: 'Connect one from its own site.' }))}
      ${part('Logos and icons', [
        html`<div class="actions">
          ${logo({ name: 'Pipeline', size: 'tiny' })} ${logo({ name: 'Pipeline' })}
          ${logo({ name: 'Pipeline', size: 'large' })}
        </div>`,
        html`<div class="actions">${(Object.keys(drawings) as IconName[]).map(icon)}</div>`,
      ])}`,
  );
