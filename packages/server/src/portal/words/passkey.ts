// Words around passkeys.
export const passkeyWords = {
  failed:
    'Nothing was sent. Your browser found no passkey, or you closed its window. Try again, or go another way.',
  missing: 'This browser knows no passkeys. Use another browser, or go another way.',
  needsScript: 'A passkey needs JavaScript, which this browser does not run here.',
  signIn: 'Sign in with a passkey',
  use: 'Use a passkey',
  or: 'or',
} as const;
