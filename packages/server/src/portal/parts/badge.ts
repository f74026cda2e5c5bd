// Status: icon, word and tint together; none of them carries the meaning alone.
import type { AppStatus } from '../../domain/apps/app.ts';
import type { KeyStatus } from '../../domain/keys/key.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon.ts';

export type Tone = 'ok' | 'waiting' | 'warning' | 'bad' | 'info' | 'muted';
type BadgeProps = { readonly tone: Tone; readonly icon: IconName; readonly word: string };

const badge = (given: BadgeProps): Html =>
  html`<span class="badge tone-${given.tone}">${icon(given.icon)}${given.word}</span>`;

export const tag = (words: Content, tone?: Tone): Html =>
  html`<span class="tag${tone === undefined ? '' : ` tone-${tone}`}">${words}</span>`;

export type ShownAppStatus = AppStatus | 'suspended';

const appBadges: Readonly<Record<ShownAppStatus, BadgeProps>> = {
  development: { tone: 'info', icon: 'flask-conical', word: 'Development' },
  'under-review': { tone: 'waiting', icon: 'clock', word: 'Under Review' },
  production: { tone: 'ok', icon: 'circle-check', word: 'Production' },
  declined: { tone: 'bad', icon: 'circle-x', word: 'Declined' },
  suspended: { tone: 'bad', icon: 'octagon-x', word: 'Suspended' },
};

export const appBadge = (status: ShownAppStatus): Html => badge(appBadges[status]);

/** On pages of people who are asked to connect. */
export const developmentModeBadge = (): Html =>
  badge({ tone: 'info', icon: 'flask-conical', word: 'Development Mode' });

const keyBadges: Readonly<Record<KeyStatus, BadgeProps>> = {
  active: { tone: 'ok', icon: 'circle-check', word: 'Active' },
  expired: { tone: 'muted', icon: 'hourglass', word: 'Expired' },
  revoked: { tone: 'muted', icon: 'ban', word: 'Revoked' },
  'awaiting-collection': { tone: 'waiting', icon: 'clock', word: 'Not collected' },
};

export const keyBadge = (status: KeyStatus): Html => badge(keyBadges[status]);

const editBadges = {
  standard: { tone: 'waiting', icon: 'clock', word: 'Update Submitted' },
  breaking: { tone: 'warning', icon: 'key-round', word: 'Update Submitted — Re-authorization Required' },
  approved: { tone: 'ok', icon: 'circle-check', word: 'Update Approved' },
  declined: { tone: 'bad', icon: 'circle-x', word: 'Update Declined' },
} as const satisfies Readonly<Record<string, BadgeProps>>;

export type EditBadge = keyof typeof editBadges;

export const editBadge = (kind: EditBadge): Html => badge(editBadges[kind]);
