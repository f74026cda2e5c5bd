// Words of the second step of a sign-in.
export const secondStepWords = {
  title: 'Enter the 6-digit code',
  titlePasskey: 'Confirm with your passkey',
  titleRecovery: 'Enter a recovery code',
  lead: (email: string): string => `Your authenticator app shows it. Signing in as ${email}.`,
  leadPasskey: (email: string): string => `The password was right. Signing in as ${email}.`,
  leadRecovery: (email: string): string =>
    `One of the ten codes that you stored. Each works once. Signing in as ${email}.`,
  code: 'Code',
  recoveryCode: 'Recovery code',
  recoveryHint: 'Like 7QX2M-9KFPT. Capitals and dashes do not matter.',
  goOn: 'Continue',
  useRecovery: 'Use a recovery code',
  useCode: 'Use the 6-digit code',
  other: 'Start again',
  problems: {
    'code-missing': 'Enter the code.',
    'wrong-code': 'This code is wrong, or was used before. Enter the one that is shown now.',
    'wrong-recovery-code': 'This recovery code is wrong, or was used before.',
    'passkey-refused': 'This passkey did not work here. Try again, or use a code.',
    throttled: (seconds: number): string =>
      `Too many wrong codes. Try again in ${seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
  },
} as const;
