// Words of sign-up, password reset and the change of an e-mail address.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const signUpWords = {
  title: (brand: string): string => `Build an app for ${brand}`,
  lead: 'Sign up as a developer. A code is mailed to you to finish.',
  fullName: 'Full name',
  organization: 'Organization',
  organizationHint: 'People see it on the consent page, as the maker of your apps.',
  email: 'E-mail',
  phone: 'Phone',
  password: 'Password',
  passwordHint: 'At least 10 characters. A few unrelated words are easy to remember and hard to guess.',
  show: 'Show',
  submit: 'Sign Up',
  signIn: 'You have a sign-in already? Sign in',
  throttled: (seconds: number): string =>
    `Too many mails were asked for from here. Try again in ${seconds} seconds.`,
} as const;

export const codeWords = {
  title: 'Enter the code from your mail',
  lead: (email: Html): Html =>
    html`We mailed a six-digit code to ${email}. It works for 10 minutes, in this browser.`,
  code: 'Code',
  codeHint: 'Six digits.',
  verify: 'Verify',
  again: 'Send another code',
  startOver: 'Use another e-mail address',
  sent: 'Another code is on its way. The earlier one does not work any more.',
  wrong: (left: number): string => {
    if (left === 0) return 'This is not the code, and it was the last try. Ask for another code.';
    return `This is not the code that was mailed. ${left === 1 ? '1 try is' : `${left} tries are`} left.`;
  },
  tooManyTries: 'Too many wrong codes. Ask for another code.',
  tooSoon: (seconds: number): string =>
    `A code was mailed a moment ago. Look into your spam folder, or ask for another one in ${seconds} seconds.`,
  tooMany: 'No more codes are mailed for this sign-up. Start again in a while.',
  over: {
    title: 'This sign-up is over',
    message: 'The code expired after 10 minutes, was used already, or belongs to another browser.',
    turn: 'Sign up again; it takes a minute.',
    action: 'Sign up again',
  },
} as const;

export const resetWords = {
  askTitle: 'Set a new password',
  askLead: 'Enter the e-mail address that you sign in with. We mail you a link.',
  email: 'E-mail',
  ask: 'Send link',
  back: 'Back to sign-in',
  askedTitle: 'Look into your mail',
  asked: (email: Html): Html =>
    html`A mail to ${email} is on its way. If somebody signs in with this address, it holds a link that works
    once, for an hour.`,
  askedHint: 'Nothing there after a minute? Look into the spam folder, then ask again.',
  title: 'Choose a new password',
  lead: 'You are signed out everywhere with it, also here.',
  password: 'New password',
  set: 'Set password',
  over: {
    title: 'This link does not work any more',
    message: 'It was used already, or is older than an hour.',
    turn: 'Ask for a new one.',
    action: 'Send another link',
  },
} as const;

export const emailChangeWords = {
  title: 'Change your e-mail address',
  now: (email: Html): Html => html`You sign in with ${email}.`,
  lead: 'We mail a code to the new address, and a notice to the old one once it is changed.',
  email: 'New e-mail address',
  ask: 'Send code',
  verifyTitle: 'Enter the code from your mail',
  verifyLead:
    'We mailed a six-digit code to the new address. It works for 10 minutes, in this browser. You keep signing in with the old address until then.',
  verify: 'Change address',
  over: {
    title: 'This change is over',
    message: 'The code expired after 10 minutes, or was used already.',
    turn: 'Your e-mail address is what it was. Start again if you still want to change it.',
    action: 'Start again',
  },
} as const;
