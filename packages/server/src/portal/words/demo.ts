// Words of the demo's own pages.
export const demoWords = {
  homeTitle: 'A developer platform in front of your API',
  homeLead:
    'Five steps, about five minutes. Connect an app to a demo CRM, see a permission refused, cut the app off and watch its next call fail.',
  signInAs: (email: string): string =>
    `Sign in as ${email}; the password stands on the screen that started the demo.`,
  steps: {
    knock: {
      title: 'Knock without a credential',
      text: 'The gateway in front of the API refuses a call that brings no credential, and says so in a header.',
    },
    connect: {
      title: 'Connect an app',
      text: 'A vendor’s web app asks for access to your leads. Sign in, choose a workspace, press Authorize.',
      action: 'Open the sample app',
    },
    refuse: {
      title: 'Ask for more than was granted',
      text: 'In the sample app press “Delete a lead”: the answer is 403, code 200100, and names the missing permission.',
      action: 'Back to the sample app',
    },
    cut: {
      title: 'Cut it off',
      text: 'Disconnect the app, then press “Call again” in it: 401, within a second.',
      action: 'See connected apps',
    },
    terminal: {
      title: 'Log in from a terminal',
      text: 'In a second terminal, in the same folder:',
    },
  },
  nextTitle: 'Next: be the vendor',
  nextText: 'Register an app as Vera and get its Client ID and Client Secret.',
  nextAction: 'Register an app',
  ownTitle: 'Then: your own API',
  ownText: 'Restart in front of any API and its OpenAPI document:',
  mailTitle: 'Mail',
  mailLead: 'What would be mailed. This demo sends nothing.',
  mailEmptyTitle: 'No mail yet',
  mailEmptyText: 'Submit an app.',
} as const;
