// Words of the list of apps that may not use an API key any more.
export const endedUseWords = {
  title: 'Ended use of your API keys',
  lead: 'These apps hold one of your keys but may not use it. Allow it again, or revoke the key for everyone.',
  columns: ['App', 'API key', 'Workspace', 'Ended'],
  actions: 'Actions',
  allow: 'Allow again',
  revokeKey: 'Revoke key',
} as const;
