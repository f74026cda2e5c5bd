// Words of the page that shows a signed key again.
export const keyShownWords = {
  title: (key: string): string => `Key ${key}`,
  hint: 'Leave this page when you are done: whoever sees it can act as you.',
  done: 'Hide it',
} as const;
