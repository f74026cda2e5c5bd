// The one line at the top of the page after a change.
export const flashWords = {
  'key-revoked': 'The key is revoked. Programs using it fail from now on.',
  disconnected: 'Disconnected. Its access has ended.',
  'allowed-again': 'Allowed again. The app can use your API key from now on.',
  'permissions-saved': 'Saved.',
  'app-deleted': 'The app is deleted. All its connections have ended.',
} as const;

export type FlashName = keyof typeof flashWords;
