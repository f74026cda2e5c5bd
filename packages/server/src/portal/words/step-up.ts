// Words of the page that asks for the password again.
export const stepUpWords = {
  title: 'Confirm that it is you',
  why: (email: string): string =>
    `What comes next gives or takes access. Enter the password of ${email}; we ask again after 10 minutes.`,
  code: '6-digit code',
  codeHint: 'Of your authenticator app, or a recovery code.',
  confirm: 'Confirm',
  problems: {
    'wrong-password': 'The password is wrong.',
    'password-missing': 'Enter your password.',
  },
} as const;
