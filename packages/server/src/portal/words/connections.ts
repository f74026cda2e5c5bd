// Words of the connected apps.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const connectionWords = {
  title: 'Connected apps',
  lead: 'Apps that you allowed to use your data. End any of them here; it takes effect within a second.',
  columns: { app: 'App', workspace: 'Workspace', can: 'Can do', connected: 'Connected', used: 'Last used' },
  actions: 'Actions',
  disconnect: 'Disconnect',
  again: 'Authorize again',
  againThere: 'Begin it in the app itself.',
  needsAgain: (app: Html): Html =>
    html`${app} changed what it asks for and gets nothing until you authorize it again.`,
  emptyTitle: 'No app is connected',
  emptyText: 'Connect one from its own site; you can end it here at any time.',
  by: (vendor: Html): Html => html`by ${vendor}`,
  byKey: (key: Html): Html => html`through your API key ${key}`,
  facts: {
    workspace: 'Workspace',
    connected: 'Connected',
    used: 'Last used',
    until: 'Access ends',
    mode: 'Mode',
  },
  untilDisconnected: 'when you disconnect it',
  atTheLatest: (when: Html): Html => html`when you disconnect it, at the latest on ${when}`,
  canDo: 'What it can do',
  noPermissions: 'It has no access to your data; it knows only who you are.',
  modes: { development: 'Development Mode', production: 'Production' },
  disconnectTitle: (app: string): string => `Disconnect ${app}?`,
  disconnectHeading: (app: Html): Html => html`Disconnect ${app}?`,
  disconnectText: (workspace: Html, vendor: Html): Html =>
    html`Its access to ${workspace} ends within a second. Data it already copied stays with ${vendor}.`,
  keep: 'Keep it',
} as const;
