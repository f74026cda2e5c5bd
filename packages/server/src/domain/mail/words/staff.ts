// Letters to people whom an operator lets decide about others, and to those who do so no longer.
import type { Domain } from '../../domain.ts';
import type { Trace } from '../../trace.ts';
import type { PlatformRole, User } from '../../users/user.ts';
import { letterTo, type Letter } from '../letter.ts';

const letters: Readonly<Record<PlatformRole, (brand: string, issuer: string) => Letter>> = {
  reviewer: (brand, issuer) => ({
    subject: `You review apps for ${brand} now`,
    parts: [
      'An operator made you a reviewer: you read what vendors submit, and approve or decline it.',
      'Where a second factor is asked of reviewers, set one up first, on the page Security.',
      { kind: 'action', label: 'See what waits', url: `${issuer}/review` },
      { kind: 'action', label: 'Security', url: `${issuer}/settings/security` },
    ],
  }),
  operator: (brand, issuer) => ({
    subject: `You are an operator of ${brand} now`,
    parts: [
      'An operator made you an operator too: you see people, workspaces, apps, mail and the audit log, and suspend apps.',
      'Where a second factor is asked of operators, set one up first, on the page Security.',
      { kind: 'action', label: 'Operate', url: `${issuer}/operate` },
      { kind: 'action', label: 'Security', url: `${issuer}/settings/security` },
    ],
  }),
  none: (brand) => ({
    subject: `Your role at ${brand} has ended`,
    parts: [
      'An operator changed your role: you are no longer a reviewer or an operator.',
      'You can sign in as before. Your own apps, keys and workspaces are as they were.',
    ],
  }),
};

export const roleMail = (
  { secrets, settings }: Pick<Domain, 'secrets' | 'settings'>,
  to: Pick<User, 'email'>,
  role: PlatformRole,
): NonNullable<Trace['mails']> => [
  letterTo(
    { secrets, settings },
    to.email,
    'role-changed',
    letters[role](settings.brand.name, settings.issuer),
  ),
];
