// Words of an app's walk-through.
export const walkWords = {
  title: 'Walk-through',
  lead: 'The whole flow with this app’s own values: against the real endpoints, as somebody who may connect it.',
  authorize: {
    title: 'Ask a person',
    text: 'Opens the consent page in a new tab. Press Authorize there; the browser lands on your redirect address.',
    redirect: 'Redirect address',
    action: 'Open the consent page',
    none: 'The app has no redirect address that this page can use.',
  },
  exchange: {
    title: 'Exchange the code',
    text: 'Copy the whole address the browser landed on, whatever page it shows, and paste it here within a minute.',
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
    'Set LATCHKEY_CLIENT_SECRET, and CODE to the code you got. Nothing secret stands in these lines.',
  snippetsPublic: 'Set CODE to the code you got, and CODE_VERIFIER to what its challenge was made of.',
  languages: { curl: 'curl', node: 'Node', python: 'Python' },
  problems: {
    'data-no-code': 'There is no code in this address. Open the consent page again and press Authorize.',
    'data-state':
      'This address belongs to another try: its state is not the one sent. Open the consent page again.',
    'data-denied': 'The person pressed Cancel: the app gets this error and no code.',
    'data-first': 'Do the step before first.',
    'data-unreachable':
      'No answer. From this page only our own address can be called; use the snippet instead.',
  },
} as const;
