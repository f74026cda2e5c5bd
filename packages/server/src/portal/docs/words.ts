// Words of the documentation's pages.
export const docsWords = {
  title: 'Documentation',
  lead: 'How to connect an app, log in from a terminal, and run this service.',
  api: 'Management API',
  apiLead: 'Reference of everything that the developer pages do, as JSON.',
  errors: 'Error codes',
  errorsLead: 'What happened, why, and what to do.',
  back: 'Documentation',
  none: 'This service was installed without its documentation.',
} as const;
