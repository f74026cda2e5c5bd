// Letters with codes and links, and those that say what became of a sign-in or a team. A subject never holds a code: it
// waits in the outbox in clear [security 32].
import type { Letter } from '../letter.ts';

const ignore = 'If this was not you, ignore this mail: without it nobody can go on.';

export const proofLetters = {
  signUpCode: (code: string): Letter => ({
    subject: 'Your sign-up code',
    parts: [
      'Enter this code on the page where you signed up:',
      { kind: 'code', code },
      'It works for 10 minutes, in that browser only. Nobody of us will ever ask you for it.',
      ignore,
    ],
  }),
  signUpKnown: (signInUrl: string, resetUrl: string): Letter => ({
    subject: 'You can sign in already',
    parts: [
      'Somebody, perhaps you, tried to sign up with this e-mail address. It has a sign-in already, so there is no code.',
      { kind: 'action', label: 'Sign in', url: signInUrl },
      { kind: 'action', label: 'Set a new password', url: resetUrl },
      'If this was not you, there is nothing to do: nothing was changed.',
    ],
  }),
  resetLink: (url: string): Letter => ({
    subject: 'Set a new password',
    parts: [
      'Somebody, perhaps you, asked to set a new password for this e-mail address.',
      { kind: 'action', label: 'Set a new password', url },
      'The link works once, for an hour. Setting a password signs you out everywhere.',
      ignore,
    ],
  }),
  resetUnknown: (signUpUrl: string): Letter => ({
    subject: 'There is no sign-in with this address',
    parts: [
      'Somebody, perhaps you, asked to set a new password for this e-mail address. Nobody can sign in with it.',
      'Perhaps you used another address. If you build an app, you can sign up:',
      { kind: 'action', label: 'Sign up', url: signUpUrl },
    ],
  }),
  passwordChanged: (support: string): Letter => ({
    subject: 'Your password was changed',
    parts: [
      'The password of your sign-in was changed, and every browser was signed out.',
      `If this was not you, write to ${support} at once.`,
    ],
  }),
  emailCode: (code: string): Letter => ({
    subject: 'Confirm your new e-mail address',
    parts: [
      'Enter this code on the page where you changed your e-mail address:',
      { kind: 'code', code },
      'It works for 10 minutes, in that browser only. From then on you sign in with this address.',
      ignore,
    ],
  }),
  emailTaken: (): Letter => ({
    subject: 'This e-mail address has a sign-in already',
    parts: [
      'Somebody tried to make this their e-mail address. It has a sign-in of its own, so nothing was changed.',
      'If this was you, sign in with this address, or choose another one for the other sign-in.',
    ],
  }),
  emailChanged: (to: string, support: string): Letter => ({
    subject: 'Your e-mail address was changed',
    parts: [
      `You sign in with ${to} from now on; this address gets no more mail from us.`,
      `If this was not you, write to ${support} at once.`,
    ],
  }),
  invitedTester: (app: string, vendor: string, url: string): Letter => ({
    subject: `Try ${app} before others do`,
    parts: [
      `${vendor} asks you to try the app ${app}, which is still in development and not reviewed.`,
      'Accepting connects nothing yet: you decide that on its consent page, and can end it at any time.',
      { kind: 'action', label: 'See the invitation', url },
      'The link works for 7 days. If you do not know them, ignore this mail.',
    ],
  }),
  invitedTeam: (vendor: string, inviter: string, url: string): Letter => ({
    subject: `Join the team of ${vendor}`,
    parts: [
      `${inviter} asks you to join the team of ${vendor}. Together you register apps, see their credentials and answer reviews.`,
      { kind: 'action', label: 'See the invitation', url },
      'The link works for 7 days. If you do not know them, ignore this mail.',
    ],
  }),
  invitedWorkspace: (workspace: string, inviter: string, url: string): Letter => ({
    subject: `Join the workspace ${workspace}`,
    parts: [
      `${inviter} asks you to join the workspace ${workspace}.`,
      { kind: 'action', label: 'See the invitation', url },
      'The link works for 7 days. If you do not know them, ignore this mail.',
    ],
  }),
  offeredApp: (app: string, vendor: string, url: string): Letter => ({
    subject: `${vendor} offers you the app ${app}`,
    parts: [
      `${vendor} wants to give the app ${app} to your team, with its Client ID, its settings and its connections.`,
      { kind: 'action', label: 'See the offer', url },
      'The link works for 7 days. Roll the Client Secret after accepting: the other team knows the present one.',
    ],
  }),
  appTaken: (app: string, to: string): Letter => ({
    subject: `${app} belongs to ${to} now`,
    parts: [`${to} accepted the app ${app}. Your team sees it no longer.`],
  }),
  joinedTeam: (name: string, vendor: string): Letter => ({
    subject: `${name} joined the team of ${vendor}`,
    parts: [
      `${name} accepted the invitation and is on the team of ${vendor} now.`,
      'If nobody of you invited them, remove them on the team page and roll your secrets.',
    ],
  }),
  removedFromTeam: (vendor: string): Letter => ({
    subject: `You are no longer on the team of ${vendor}`,
    parts: [
      `You were removed from the team of ${vendor}, or left it. Its apps in development are no longer connected to your data.`,
    ],
  }),
  qualified: (vendor: string, url: string): Letter => ({
    subject: `${vendor} is qualified`,
    parts: [
      'Your qualification was approved. You can register apps now.',
      { kind: 'action', label: 'Register an app', url },
    ],
  }),
  notQualified: (vendor: string, reason: string, url: string): Letter => ({
    subject: `Your qualification of ${vendor} was declined`,
    parts: [
      'The reviewer wrote:',
      { kind: 'quote', text: reason },
      'Change what was named and send the form again.',
      { kind: 'action', label: 'My Qualification', url },
    ],
  }),
} as const;
