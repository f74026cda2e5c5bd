// Words of the consent page and of its refusals.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const consentWords = {
  title: (app: string, brand: string): string => `Connect ${app} to ${brand}`,
  heading: (app: Html, brand: string): Html => html`Connect ${app} to ${brand}`,
  againTitle: (app: string): string => `${app} needs your permission again`,
  againHeading: (app: Html): Html => html`${app} needs your permission again`,
  notReviewed: 'Not reviewed yet. Only people its developer named can connect it.',
  mixedLetters:
    'This name mixes letters of several alphabets that look alike. Make sure that you know this app.',
  signedInAs: 'Signed in as',
  different: 'Use a different sign-in',
  able: (app: Html): Html => html`${app} will be able to`,
  noPermissions: 'It asks for no access to your data; it learns only who you are.',
  promise:
    'It can never do more than you can, and never sees your password. Access ends when you disconnect it, at the latest after 180 days.',
  returnTo: (host: Html): Html => html`You return to <strong>${host}</strong>.`,
  returnToProgram: 'You return to the program on this computer.',
  backTo: (app: Html): Html => html`Back to ${app}`,
  startAgain: 'Start again',
  problems: {
    'unknown-app': {
      title: 'Unknown app',
      message: html`This link names no app we know.`,
      turn: 'Ask whoever gave you the link for a new one.',
    },
    'redirect-not-registered': {
      title: 'Address not registered',
      message: (app: Html): Html => html`${app} sent an address that it has not registered.`,
      turn: 'Its developer has to put this right. You were sent nowhere and nothing was shared.',
    },
    'redirect-missing': {
      title: 'No return address',
      message: html`This link must say where to return.`,
      turn: "The app's developer has to put this right: the app has several addresses, so its link must name one.",
    },
    'not-open-to-you': {
      title: 'Not open to you',
      message: (app: Html): Html => html`${app} is still in development and not open to you.`,
      turn: 'Its developer can add you to the people who try it.',
    },
    suspended: {
      title: 'Cannot be connected',
      message: (app: Html): Html => html`${app} cannot be connected at the moment.`,
      turn: 'Its developer knows more. Nothing was shared.',
    },
    'no-workspace': {
      title: 'No workspace',
      message: html`You belong to no workspace, so there is nothing to connect.`,
      turn: 'An owner or admin of a workspace can invite you.',
    },
    'out-of-date': {
      title: 'Page out of date',
      message: html`This page is out of date.`,
      turn: 'It was open for more than 10 minutes, or somebody else signed in since. Nothing was shared.',
    },
  },
} as const;
