// Invitations to a workspace. Whether the address has a sign-in shows in no answer: the same mail goes out [security 59].
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { inviteToWorkspace, MAX_WAITING, waitingFor, waitingOf } from '../invitations/open.ts';
import { done, operation, refuse } from '../operation.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { emailText, publicIdText } from '../text-rules.ts';
import { emailKey } from '../users/user.ts';
import { roleInput } from './members.ts';
import { mayManage, ownMembership, runsWorkspace } from './rules.ts';

export const inviteMember = operation({
  id: 'workspaces.invite',
  summary: 'Invite somebody to a workspace',
  http: ['POST', '/api/workspaces/{workspace}/invitations'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({
    workspace: publicIdText,
    email: emailText,
    role: v.optional(roleInput, 'member'),
  }),
  output: nothing,
  subject: 'workspace',
  allow: [runsWorkspace],
  stepUp: false,
  refusals: { 'is-member': 409, 'not-yours': 403, 'too-many': 409, throttled: 429 },
  async run({ domain, asker, caused, trace }, { email, role }, workspace) {
    const { stores } = domain;
    const own = await ownMembership(domain, asker.user.id, workspace);
    if (own === undefined || !mayManage(own.member.role, role)) return refuse('not-yours');
    const known = await stores.users.findByEmailKey(emailKey(email));
    // Members see each other's addresses, so this tells them nothing new.
    if (known !== undefined && (await stores.workspaces.findMembership(known.id, workspace.id)) !== undefined)
      return refuse('is-member');
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    const waiting = await waitingFor(domain, 'workspace', workspace.id);
    // The newest link is the one that works.
    const before = waitingOf(waiting, email);
    if (waiting.length - before.length >= MAX_WAITING) return refuse('too-many');
    for (const proof of before) await stores.proofs.withdraw(proof, trace({ event: 'overtaken' }));
    const { proof, mail } = await inviteToWorkspace(domain, workspace, role, email, asker.user);
    await stores.proofs.open(proof, trace({ workspace: workspace.publicId, role }, [mail]));
    return done(undefined);
  },
});

export const withdrawInvitation = operation({
  id: 'workspaces.withdraw-invitation',
  summary: 'Withdraw an invitation to a workspace',
  http: ['POST', '/api/workspaces/{workspace}/invitations/withdraw'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText, email: emailText }),
  output: nothing,
  subject: 'workspace',
  allow: [runsWorkspace],
  stepUp: false,
  refusals: { 'not-waiting': 404 },
  async run({ domain, trace }, { email }, workspace) {
    const found = waitingOf(await waitingFor(domain, 'workspace', workspace.id), email);
    for (const proof of found)
      await domain.stores.proofs.withdraw(proof, trace({ workspace: workspace.publicId }));
    return found.length === 0 ? refuse('not-waiting') : done(undefined);
  },
});
