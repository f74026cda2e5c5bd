// Words of an app's walk-through, and of the echo page where its answer may land.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const echoWords = {
  title: (app: string): string => `Answer for ${app}`,
  heading: (app: Html): Html => html`The answer for ${app}`,
  lead: 'Your app’s redirect address would get this request. The code is good for a minute, once, and for this app only.',
  denied:
    'The person pressed Cancel, or the request was refused. Your app’s redirect address would get this request.',
  request: 'Request',
  waiting:
    'The walk-through’s tab has not taken this over. Is it still open? Then go back to it, or run it again.',
  taken: 'The walk-through took it over. Go back to its tab.',
  again: 'Run the walk-through again',
  foreign: {
    title: 'This walk-through is not yours',
    message: 'Its answer is shown only to the person and the sign-in that began it. Nothing was shared.',
    turn: 'To run it yourself, open the app’s Walk-through page and start there.',
  },
} as const;

export const walkWords = {
  title: 'Walk-through',
  lead: 'The whole flow with this app’s own values: against the real endpoints, as somebody who may connect it.',
  authorize: {
    title: 'Ask a person',
    text: 'Opens the consent page in a new tab. Press Authorize there; the browser goes on with the answer.',
    redirect: 'Redirect address',
    where: 'Where the answer goes',
    echo: 'To our echo page',
    echoDetail:
      'Nothing of yours has to run: the page hands the answer back to this one. In Development Mode only.',
    own: 'To the app',
    action: 'Open the consent page',
    none: 'The app has no redirect address that this page can use.',
  },
  exchange: {
    title: 'Exchange the code',
    text: 'The app sends the code it got, with what proves that it is the app.',
    paste:
      'Copy the whole address the browser landed on, whatever page it shows, and paste it here within a minute.',
    landed: 'Address you landed on',
    secret: 'Client Secret',
    secretHint: 'Stays in this page: it goes to the token endpoint only and is masked below.',
    action: 'Exchange the code',
  },
  call: {
    title: 'Call the API',
    text: 'With the access token of the step before.',
    action: 'Call',
    none: 'Choose a permission that reads a list first; then its call stands here.',
  },
  refresh: {
    title: 'Refresh the token',
    text: 'A new access token without asking the person again; the old refresh token is spent.',
    action: 'Refresh',
  },
  request: 'Request',
  answer: 'Answer',
  noScript: 'Running it here needs JavaScript; the snippets below do the same.',
  snippets: 'In your own code',
  snippetsText:
    'Set CLIENT_SECRET, as the .env file of the secret has it, and CODE to the code you got: it works once, for a minute. Nothing secret stands in these lines.',
  snippetsPublic:
    'Set CODE to the code you got, which works once, for a minute, and CODE_VERIFIER to what its challenge was made of.',
  languages: { curl: 'curl', node: 'Node', python: 'Python' },
  problems: {
    'data-no-code': 'There is no code in this address. Open the consent page again and press Authorize.',
    'data-state':
      'This address belongs to another try: its state is not the one sent. Open the consent page again.',
    'data-denied': 'The person pressed Cancel: the app gets this error and no code.',
    'data-waiting': 'Waiting for the person. The answer will stand here.',
    'data-not-yet':
      'No answer has come to the echo page yet. Press Authorize in the tab that opened, then come back.',
    'data-first': 'Do the step before first.',
    'data-no-secret':
      'Enter the Client Secret. It was shown once, when the app was registered; the Credentials tab makes another.',
    'data-unreachable':
      'No answer. Check that this computer reaches the address above, or that nothing of the browser blocks it.',
  },
} as const;
