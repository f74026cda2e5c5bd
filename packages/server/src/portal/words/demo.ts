// Words of the demo's own pages.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const demoWords = {
  homeTitle: 'A developer platform in front of your API',
  homeLead:
    'Five steps, about five minutes. Connect an app to a demo CRM, see a permission refused, cut the app off and watch its next call fail.',
  signInAs: (email: string): string =>
    `Sign in as ${email}; the password stands on the screen that started the demo.`,
  command: 'Command',
  commands: 'Commands',
  bar: {
    nobody: 'Demo · nobody is signed in',
    you: (name: Html, role: string | undefined): Html =>
      html`Demo · you are ${name}${role === undefined ? '' : ` (${role})`}`,
    become: 'Become:',
    change: 'Switch to:',
  },
  live: {
    title: 'Live',
    lead: 'The last ten decisions of the gateway, newest first.',
    table: 'The last decisions of the gateway',
    columns: { time: 'Time', request: 'Request', answer: 'Answer', took: 'ms' },
    empty: 'Nothing yet. Press Run in step 1.',
    pause: 'Pause',
    resume: 'Go on',
    unknownApp: 'unknown app',
    nobody: 'no app',
    apiKey: 'API key',
    cut: (ms: number): string =>
      ms < 10_000
        ? `Refused ${ms} ms after you clicked.`
        : `Refused ${Math.round(ms / 1000)} s after you clicked, at the app’s first call.`,
  },
  done: 'Done',
  steps: {
    knock: {
      title: 'Knock without a credential',
      text: 'The gateway in front of the API refuses a call that brings no credential, and says so in a header.',
      action: 'Run',
      answer: 'Answer',
      failed: 'No answer. Is the demo still running?',
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
      lofty: 'lofty-cli read leads.',
      loomta: 'loomta listed platforms.',
    },
  },
  nextTitle: 'Next: be the vendor',
  nextText: 'Become Vera, register an app, get its Client ID and Client Secret, and run its walk-through.',
  nextAction: 'Register an app',
  become: (person: string): string => `Become ${person}`,
  ownTitle: 'Then: your own API',
  ownText: 'Restart in front of any API and its OpenAPI document:',
  mailTitle: 'Mail',
  mailHere: (link: Html): Html => html`This is a demo: what it mails stands on the page ${link}.`,
  mailLead: 'What would be mailed. This demo sends nothing.',
  mailEmptyTitle: 'No mail yet',
  mailEmptyText: 'Submit an app.',
  mailSentLead: 'What was mailed.',
  mailColumns: { subject: 'Subject', to: 'To', when: 'When' },
  mailGone: 'The text of this mail is not kept any more.',
  mailAsHtml: 'See it as HTML',
} as const;
