// Words of the pages of management keys.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const managementKeyWords = {
  title: 'Management keys',
  lead: html`For scripts and build servers that manage your apps by the
    <a href="/docs/api">management API</a>. Each is good for the operations that you choose, and for nothing
    else; none works at the API itself.`,
  create: 'Create management key',
  columns: ['Name', 'Whose', 'Operations', 'Status', 'Created', 'Last used', 'Expires'],
  actions: 'Actions',
  key: 'Management key',
  whose: { user: 'Yours', vendor: 'Team' },
  operationCount: (count: number): string => (count === 1 ? '1 operation' : `${count} operations`),
  revoke: 'Revoke',
  emptyTitle: 'No management keys yet',
  emptyText: 'Make one when a program should register apps, change their permissions or read their usage.',
  newTitle: 'Create management key',
  name: 'Name',
  nameHint: 'Where it will be used, such as “Deploy pipeline”.',
  owner: 'Whose key is it?',
  owners: {
    user: { label: 'Mine', detail: 'Only you see it and can revoke it.' },
    vendor: {
      label: 'The team’s',
      detail: 'Everybody on the team sees it and can revoke it. It acts as you, and stops when you leave.',
    },
  },
  expiration: 'Expiration date',
  expirationHint: (zone: string): string =>
    `Stops working at 12:01 AM, ${zone}, on this day. Leave empty for no end.`,
  operations: 'Operations',
  operationsHint: 'Choose few: whoever holds the key can do these as you.',
  createKey: 'Create key',
  createdTitle: 'Your new management key',
  created: (keyName: Html): Html => html`Key <strong>${keyName}</strong> works from now on.`,
  tryIt: 'Try it',
  stored: 'I have stored it',
  revokeTitle: (keyName: string): string => `Revoke ${keyName}?`,
  revokeHeading: (keyName: Html): Html => html`Revoke <em>${keyName}</em>?`,
  revokeText: 'Programs using it fail at once. This cannot be undone.',
  revokeKey: 'Revoke key',
  keepIt: 'Keep it',
  problems: {
    'name-missing': 'Enter a name, so that you recognise the key later.',
    'name-too-long': 'Use 80 characters or fewer.',
    'operations-missing': 'Choose at least one operation.',
    'operation-unknown': 'One of these operations cannot be done by a key any more. Choose again.',
    'owner-missing': 'Choose whose key it is.',
    'date-invalid': 'Enter a date such as 2027-05-31.',
    'date-past': 'Choose a day after today.',
  },
} as const;
