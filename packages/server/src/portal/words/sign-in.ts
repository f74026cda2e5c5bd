// Words of the sign-in page.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const signInWords = {
  title: (brand: string): string => `Sign in to ${brand}`,
  toConnect: (app: Html): Html => html`to connect <strong>${app}</strong>`,
  toFinishTerminal: 'to finish signing in a terminal',
  email: 'E-mail',
  password: 'Password',
  show: 'Show',
  signIn: 'Sign in',
  forgot: 'Forgot your password?',
  signUp: 'Build an app? Sign Up',
  problems: {
    'wrong-pair': 'E-mail or password is wrong.',
    throttled: (seconds: number): string => `Too many tries. Try again in ${seconds} seconds.`,
    'passkey-refused': 'This passkey did not work here. Try again, or sign in with your password.',
    'request-expired': 'The request waited too long and is gone. Sign in, then start again from the app.',
    'email-missing': 'Enter your e-mail address.',
    'password-missing': 'Enter your password.',
  },
  demoTitle: 'Demo people',
  demoHint: 'Choose one to fill in the form.',
} as const;
