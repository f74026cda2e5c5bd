// Letters to people whose place in a workspace somebody else changed.
import type { Domain } from '../../domain.ts';
import type { Trace } from '../../trace.ts';
import type { User } from '../../users/user.ts';
import type { Role, Workspace } from '../../workspaces/workspace.ts';
import { letterTo, type Letter } from '../letter.ts';

export type WorkspaceEvent =
  | { readonly kind: 'removed'; readonly workspace: Workspace }
  | { readonly kind: 'role-changed'; readonly workspace: Workspace; readonly role: Role };

const ROLES: Readonly<Record<Role, string>> = { owner: 'an owner', admin: 'an admin', member: 'a member' };

const workspaceLetter = (issuer: string, event: WorkspaceEvent): Letter => {
  const { name } = event.workspace;
  if (event.kind === 'removed')
    return {
      subject: `You are no longer in ${name}`,
      parts: [
        `Somebody who runs the workspace ${name} removed you from it.`,
        'Your API keys and connected apps in it have ended. Your other workspaces are as they were.',
      ],
    };
  return {
    subject: `You are now ${ROLES[event.role]} of ${name}`,
    parts: [
      `Your role in the workspace ${name} was changed: you are ${ROLES[event.role]} of it now.`,
      {
        kind: 'action',
        label: 'See the workspace',
        url: `${issuer}/settings/workspaces/${event.workspace.publicId}`,
      },
    ],
  };
};

export const workspaceMail = (
  domain: Domain,
  to: Pick<User, 'email'>,
  event: WorkspaceEvent,
): NonNullable<Trace['mails']> => [
  letterTo(domain, to.email, `workspace-${event.kind}`, workspaceLetter(domain.settings.issuer, event)),
];
