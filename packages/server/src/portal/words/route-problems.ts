// Words for requests that no page of ours sends.
const turn = 'Open the page again and use its own form.';

export const routeProblemWords = {
  openAgain: 'Open the page again',
  methodNotAllowed: {
    title: 'Not possible at this address',
    message: 'This address does not take that method.',
    turn: 'Open the page in a browser and use its own buttons.',
  },
  contentType: {
    title: 'This form cannot be read',
    message: 'A form must be sent as application/x-www-form-urlencoded.',
    turn,
  },
  tooLarge: (kilobytes: number) => ({
    title: 'Too much text',
    message: `A form may hold at most ${kilobytes} KB.`,
    turn: 'Shorten what you entered and send it again.',
  }),
  badForm: {
    title: 'This form cannot be read',
    message: 'It holds something that no page of ours sends.',
    turn,
  },
  badRequest: {
    title: 'This link cannot be read',
    message: 'It holds a parameter twice, or one that is too long or not text.',
    turn: 'Ask whoever gave you the link for a new one.',
  },
  denied: {
    title: 'Not authorized',
    message: 'The request was cancelled, and nothing was shared.',
    turn: 'Close this page. To try again, start the login again in your terminal.',
  },
  refused: { title: 'Not possible now', turn: 'Nothing was changed.' },
  back: 'Go back',
} as const;
