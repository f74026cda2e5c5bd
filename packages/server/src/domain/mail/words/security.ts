// Letters about a person's own sign-in: each change is told to the address, with when and from where.
import type { Caused, Domain } from '../../domain.ts';
import type { Trace } from '../../trace.ts';
import type { User } from '../../users/user.ts';
import { letterTo, type Letter } from '../letter.ts';

export type SecurityEvent =
  | { readonly kind: 'password-changed' }
  | { readonly kind: 'totp-added' }
  | { readonly kind: 'totp-removed' }
  | { readonly kind: 'passkey-added'; readonly name: string }
  | { readonly kind: 'passkey-removed'; readonly name: string }
  | { readonly kind: 'recovery-codes-renewed' }
  | { readonly kind: 'recovery-code-used'; readonly left: number };

const said = (event: SecurityEvent): { readonly subject: string; readonly what: string } => {
  switch (event.kind) {
    case 'password-changed':
      return {
        subject: 'Your password was changed',
        what: 'Your password was changed. Every other browser and program that was signed in is signed out.',
      };
    case 'totp-added':
      return {
        subject: 'An authenticator app was added',
        what: 'Signing in now also asks for a code of an authenticator app.',
      };
    case 'totp-removed':
      return {
        subject: 'The authenticator app was removed',
        what: 'Codes of your authenticator app are no longer asked for or accepted.',
      };
    case 'passkey-added':
      return {
        subject: 'A passkey was added',
        what: `The passkey “${event.name}” can now sign in to your account.`,
      };
    case 'passkey-removed':
      return { subject: 'A passkey was removed', what: `The passkey “${event.name}” no longer signs in.` };
    case 'recovery-codes-renewed':
      return {
        subject: 'New recovery codes',
        what: 'New recovery codes were made. The older ones no longer work.',
      };
    case 'recovery-code-used':
      return {
        subject: 'A recovery code was used',
        what:
          event.left === 0
            ? 'Your last recovery code was used. Make new ones on the page Security.'
            : `One of your recovery codes was used; ${event.left} are left.`,
      };
  }
};

const whenText = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(atMs);

const securityLetter = (
  issuer: string,
  event: SecurityEvent,
  given: {
    readonly atMs: number;
    readonly timeZone: string;
    readonly address: string;
    readonly device: string;
  },
): Letter => {
  const { subject, what } = said(event);
  return {
    subject,
    parts: [
      what,
      {
        kind: 'list',
        items: [
          `When: ${whenText(given.atMs, given.timeZone)} (${given.timeZone})`,
          `From: ${given.address}`,
          `With: ${given.device === '' ? 'an unknown program' : given.device}`,
        ],
      },
      'If this was you, there is nothing to do.',
      'If it was not, somebody else is in: set a new password at once, then look at the page Security.',
      { kind: 'action', label: 'Set a new password', url: `${issuer}/reset` },
    ],
  };
};

/** For the trace of the write that it tells of. */
export const securityMail = (
  domain: Domain,
  user: Pick<User, 'email' | 'timeZone'>,
  event: SecurityEvent,
  caused: Pick<Caused, 'address' | 'device'>,
): NonNullable<Trace['mails']> => {
  const letter = securityLetter(domain.settings.issuer, event, {
    atMs: domain.now(),
    timeZone: user.timeZone,
    ...caused,
  });
  return [letterTo(domain, user.email, event.kind, letter)];
};
