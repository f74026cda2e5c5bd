// Words of the pages that approve a terminal.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const deviceWords = {
  entryTitle: 'Sign in a terminal',
  code: 'Code from your terminal',
  codeHint: 'Like LMT-7QX2-9KFP. Capitals and dashes do not matter.',
  continue: 'Continue',
  confirmTitle: 'Is this code in your terminal?',
  app: 'App',
  asked: 'Asked',
  from: 'From',
  gets: 'Gets',
  saysItIs: (what: Html): Html => html`says it is ${what}`,
  getsKey: 'an API key that can read and change everything in the workspace you choose',
  getsConnection: 'access to the workspace you choose, with these permissions',
  expiresIn: (timer: Html): Html => html`expires in ${timer}`,
  expired: 'expired',
  expiredLine: 'This code expired. Run the login command again.',
  askedAgo: (seconds: number): string => {
    if (seconds < 60) return seconds === 1 ? '1 second ago' : `${seconds} seconds ago`;
    return `${Math.floor(seconds / 60)} min ago`;
  },
  otherNetwork:
    "This comes from another network than this browser's. Normal for a server you work on. If someone sent you the code or link, press I did not start this.",
  roleTooLow: (role: string): string => `${role}: your role may not make keys`,
  deny: 'I did not start this',
  doneTitle: 'Approved.',
  done: 'Go back to your terminal; you may close this page.',
  doneKey: (keys: Html, keyName: Html): Html => html`The key is listed in ${keys} as <em>${keyName}</em>.`,
  doneConnection: (apps: Html): Html => html`It is listed in ${apps}; end it there at any time.`,
  deniedTitle: 'Denied.',
  denied: 'That terminal gets nothing.',
  deniedTell: (support: Html): Html => html`Did someone send you the code? Tell ${support}.`,
  problems: {
    'not-waiting': 'No terminal waits with this code. Check it, or start again in the terminal.',
    expired: 'This code expired. Run the login command again.',
    throttled: (minutes: number): string =>
      `Too many codes tried. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}; codes in your terminal stay valid.`,
    'code-missing': 'Enter the code that your terminal shows.',
  },
  pasteLabel: 'Code',
  pasteTitle: 'Copy this code to your terminal',
  pasteHint:
    'Paste it where the terminal asks for it. It works once, for a minute. If you did not start a login in a terminal yourself, close this page and give the code to nobody.',
  copyCode: 'Copy code',
  pasteProblems: {
    gone: {
      title: 'This code is gone',
      message: 'It was used already, or more than a minute old.',
      turn: 'Start the login again in your terminal.',
    },
  },
} as const;
