// Words of the workspace pages.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const workspaceWords = {
  title: 'Workspaces',
  lead: 'Each has its own data and members. An API key or a connected app works in one of them.',
  columns: { name: 'Name', role: 'Your role', since: 'Member since' },
  emptyTitle: 'You are in no workspace',
  emptyText: 'Create one, or ask an owner or admin of one to invite you.',
  newTitle: 'Create a workspace',
  name: 'Name',
  nameHint: 'Members and connected apps see it.',
  create: 'Create workspace',

  members: 'Members',
  memberColumns: { person: 'Person', role: 'Role', since: 'Since' },
  you: 'You',
  onlyYou: 'Only you so far. Invite somebody below.',
  actions: 'Actions',
  roleOf: (name: string): string => `Role of ${name}`,
  setRole: 'Change role',
  remove: 'Remove',

  invite: 'Invite somebody',
  inviteHint: 'They get a mail with a link that works for 7 days.',
  email: 'E-mail',
  role: 'Role',
  roles: {
    owner: { label: 'Owner', detail: 'everything, also who is an owner' },
    admin: { label: 'Admin', detail: 'invites, removes and manages members' },
    member: { label: 'Member', detail: 'works with the data' },
  },
  send: 'Invite',
  waiting: 'Invitations that wait',
  waitingColumns: { email: 'E-mail', role: 'Role', sent: 'Sent', ends: 'Ends' },
  withdraw: 'Withdraw',

  rename: 'Rename',
  renameTitle: 'Name of the workspace',
  leaveTitle: 'Leave',
  leaveText: 'Your API keys and connected apps in this workspace end.',
  leave: 'Leave workspace',
  leaveAsk: {
    title: (name: string): string => `Leave ${name}?`,
    heading: (name: Html): Html => html`Leave ${name}?`,
    text: 'Your API keys and connected apps in it end at once. To come back somebody has to invite you.',
    action: 'Leave workspace',
    keep: 'Stay',
  },
  removeAsk: {
    title: (name: string): string => `Remove ${name}?`,
    heading: (name: Html, workspace: Html): Html => html`Remove ${name} from ${workspace}?`,
    text: 'Their API keys and connected apps in this workspace end at once. They are told by mail.',
    action: 'Remove',
    keep: 'Keep them',
  },

  problems: {
    'name-missing': 'Enter a name.',
    'too-long': 'Use 80 characters or fewer.',
    'no-control-characters': 'Remove the invisible control characters.',
    'email-missing': 'Enter an e-mail address.',
    'email-malformed': 'Enter an e-mail address such as name@example.com.',
  },

  all: 'All workspaces',
  switchLabel: 'Workspace',
  chosen: '(chosen)',
  only: (name: Html): Html => html`Only what belongs to ${name} is shown.`,
  showAll: 'Show all workspaces',
  manage: 'Manage workspaces',
} as const;
