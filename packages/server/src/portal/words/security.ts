// Words of the security pages.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

export const securityWords = {
  title: 'Security',
  lead: 'How you sign in, and where you are signed in.',
  staff: (role: 'reviewer' | 'operator'): string =>
    `You are ${role === 'reviewer' ? 'a reviewer' : 'an operator'}. Add an authenticator app or a passkey first; until then the pages of that work stay closed.`,
  change: 'Change',
  remove: 'Remove',
  actions: 'Actions',

  password: 'Password',
  passwordLead: 'Changing it signs you out everywhere else.',
  passwordTitle: 'Change your password',
  newPassword: 'New password',
  passwordHint: (min: number): string => `At least ${min} characters. A few words are easier than symbols.`,
  setPassword: 'Change password',

  secondTitle: 'Second step',
  secondLead:
    'Asked for after the password, and before what is dangerous, such as making or revoking an API key.',
  secondOff: 'Your password alone signs you in. Add an authenticator app or a passkey.',

  totp: 'Authenticator app',
  totpOff: 'An app on your phone that shows a new 6-digit code every 30 seconds.',
  totpOn: (since: Html, used: Html): Html => html`Added ${since}, last used ${used}.`,
  totpAdd: 'Add an authenticator app',
  totpTitle: 'Add an authenticator app',
  totpRemove: {
    title: 'Remove the authenticator app?',
    text: 'Its codes will not be asked for or accepted any more.',
    textLast: 'Your password alone will sign you in, and your recovery codes end.',
    action: 'Remove it',
    keep: 'Keep it',
  },
  totpSteps: {
    scan: 'Scan this picture with the app.',
    picture: 'QR code for your authenticator app',
    type: 'Cannot scan? Type this key into the app instead:',
    key: 'Key',
    enter: 'Enter the code that the app shows now.',
  },
  code: '6-digit code',
  totpConfirm: 'Add it',

  passkeys: 'Passkeys',
  passkeysLead: 'Sign in with your fingerprint, face or screen lock, without the password.',
  passkeyColumns: ['Name', 'Added', 'Last used'],
  passkeyAdd: 'Add a passkey',
  passkeyName: 'Name',
  passkeyNameHint: 'To recognise it later, such as “Laptop” or “Blue key”.',
  passkeyCreate: 'Create passkey',
  passkeyNext: 'Your browser asks where to keep it, then for your fingerprint, face or screen lock.',
  passkeyRemove: {
    title: (name: string): string => `Remove the passkey ${name}?`,
    heading: (name: Html): Html => html`Remove the passkey <em>${name}</em>?`,
    text: 'It will not sign in any more. Delete it in your browser or password manager too.',
    textLast:
      'It is your last second step: your password alone will sign you in, and your recovery codes end.',
    action: 'Remove it',
    keep: 'Keep it',
  },

  recovery: 'Recovery codes',
  recoveryLead: (left: number): string =>
    left === 0
      ? 'None is left. Make new ones: without them a lost phone locks you out.'
      : `${left} ${plural(left, 'code is', 'codes are')} left, for when your phone is lost. Each works once.`,
  recoveryRenew: 'Make new codes',
  recoveryRenewAsk: {
    title: 'Make new recovery codes?',
    text: 'The codes that you have now stop working at once.',
    action: 'Make new codes',
    keep: 'Keep the old ones',
  },
  recoveryTitle: 'Store your recovery codes',
  recoveryShown: 'These ten codes are shown once. Each signs you in once when your phone or passkey is lost.',
  recoveryHint: 'Print them, or keep them in a password manager; not on the phone that they stand in for.',
  recoveryLabel: 'Recovery codes',
  recoveryStored: 'I have stored them',
  added: { totp: 'The authenticator app is added.', passkey: 'The passkey is added.' },

  sessions: 'Where you are signed in',
  sessionColumns: ['Device', 'From', 'Last seen', 'Signed in'],
  here: 'This browser',
  terminal: 'For approving terminals',
  signOut: 'Sign out',
  signOutOthers: 'Sign out everywhere else',
  onlyThis: 'Only this browser is signed in.',

  problems: {
    'code-missing': 'Enter the code.',
    'wrong-code': 'This code is wrong. Check the clock of your phone, and enter the code it shows now.',
    'name-missing': 'Enter a name, so that you recognise it later.',
    'too-long': 'Use 60 characters or fewer.',
  },
} as const;

export const placeWords = {
  thisComputer: 'This computer',
  thisNetwork: 'This network',
  privateNetwork: 'A private network',
  unknown: 'An unknown address',
  in: (where: string, block: string): string => `${where} (${block})`,
} as const;
