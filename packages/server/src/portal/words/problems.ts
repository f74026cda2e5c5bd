// Words of error pages.
export const problemWords = {
  request: 'Request',
  forDeveloper: "For the app's developer",
  code: 'Code',
  parameter: 'Parameter',
  received: 'Received',
  more: 'What this code means',
  notFound: {
    title: 'Page not found',
    message: 'There is nothing at this address, or not for you.',
    turn: 'Check the address, or sign in with the e-mail address that it was meant for.',
    home: 'Go to the start page',
  },
  unexpected: {
    title: 'Something went wrong on our side',
    message: 'We could not finish what you asked for. Nothing was changed halfway.',
    turn: 'Try again in a minute. If it stays like this, send us the request number below.',
  },
  formRefused: {
    title: 'This form is out of date',
    message: 'The page was open for too long, or you signed in again since. Nothing was changed.',
    turn: 'Open the page again and repeat what you did.',
  },
} as const;
