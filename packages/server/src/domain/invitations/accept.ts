// Accepting an invitation: by the person it was mailed to, signed in with that address, or by one who has no sign-in yet
// and gets it with the same step, for the link proves that the address is theirs.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import type { Caused, Domain } from '../domain.ts';
import { letterTo } from '../mail/letter.ts';
import type { NewMail } from '../mail/mail.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import type { Newcomer } from '../proofs/proof.ts';
import { endBefore } from '../sessions/open-session.ts';
import { optionalText, requiredText } from '../text-rules.ts';
import type { Trace } from '../trace.ts';
import { newcomerFor } from '../users/newcomer.ts';
import { newPasswordText, passwordProblem } from '../users/password-rules.ts';
import { linkText } from '../users/reset-password.ts';
import { emailKey } from '../users/user.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { findInvitation, isTesterAlready, type Invitation } from './invitation.ts';

type Accepter = { readonly id: number; readonly fullName: string; readonly newcomer?: Newcomer };
type Tracing = (detail?: Trace['detail'], mails?: Trace['mails']) => Trace;

/** `already`: they have what it offers, and the invitation is closed. */
type Accepted =
  'accepted' | 'already' | 'over' | 'on-a-team' | 'no-vendor' | 'own-app' | 'changed' | 'email-taken';

/** A team of one without apps may be left for another; any other team is a reason to stop. */
const teamToLeave = async (domain: Domain, own: Vendor | undefined): Promise<number | undefined> => {
  if (own === undefined) return undefined;
  const { vendors, apps } = domain.stores;
  const [team, owned] = await Promise.all([vendors.teamOf(own.id, 2), apps.listOf(own.id)]);
  return team.length === 1 && owned.length === 0 ? own.id : undefined;
};

const tellTeam = async (domain: Domain, vendor: Vendor, who: Accepter): Promise<readonly NewMail[]> => {
  const team = await domain.stores.vendors.teamOf(vendor.id, 50);
  return team.map(({ user }) =>
    letterTo(domain, user.email, 'team-joined', proofLetters.joinedTeam(who.fullName, vendor.name)),
  );
};

const acceptTeam = async (
  domain: Domain,
  { proof, vendor }: Extract<Invitation, { to: 'team' }>,
  who: Accepter,
  trace: Tracing,
): Promise<Accepted> => {
  const { stores } = domain;
  const own = await stores.vendors.ofUser(who.id);
  if (own?.id === vendor.id) return 'already';
  const leaving = await teamToLeave(domain, own);
  if (own !== undefined && leaving === undefined) return 'on-a-team';
  const by = { userId: who.id, ...(who.newcomer === undefined ? {} : { newcomer: who.newcomer }) };
  const mails = await tellTeam(domain, vendor, who);
  const joined = await stores.proofs.joinTeam(
    proof.id,
    vendor.id,
    by,
    leaving,
    trace({ vendor: vendor.publicId }, mails),
  );
  return joined === 'done' ? 'accepted' : joined === 'gone' ? 'over' : joined;
};

const acceptTester = async (
  domain: Domain,
  { proof, app }: Extract<Invitation, { to: 'tester' }>,
  who: Accepter,
  trace: Tracing,
): Promise<Accepted> => {
  if (await isTesterAlready(domain, app, who.id)) return 'already';
  const by = { userId: who.id, ...(who.newcomer === undefined ? {} : { newcomer: who.newcomer }) };
  const accepted = await domain.stores.proofs.acceptTester(
    proof.id,
    app.id,
    by,
    trace({ clientId: app.clientId }),
  );
  if (accepted === 'done') return 'accepted';
  return accepted === 'gone' ? 'over' : accepted === 'exists' ? 'already' : accepted;
};

const acceptWorkspace = async (
  domain: Domain,
  { proof, workspace, role }: Extract<Invitation, { to: 'workspace' }>,
  who: Accepter,
  trace: Tracing,
): Promise<Accepted> => {
  const { stores } = domain;
  const member = {
    id: await stores.nextId(),
    workspaceId: workspace.id,
    userId: who.id,
    role,
    createdAtMs: domain.now(),
  };
  const detail = { workspace: workspace.publicId, role };
  const joined = await stores.proofs.joinWorkspace(proof.id, member, who.newcomer, trace(detail));
  if (joined === 'done') return 'accepted';
  return joined === 'gone' ? 'over' : joined === 'exists' ? 'already' : joined;
};

const acceptTransfer = async (
  domain: Domain,
  { proof, app, vendor, from }: Extract<Invitation, { to: 'transfer' }>,
  who: Accepter,
  trace: Tracing,
): Promise<Accepted> => {
  const own = await domain.stores.vendors.ofUser(who.id);
  if (own === undefined) return 'no-vendor';
  if (own.id === vendor.id) return 'own-app';
  if (app.status === 'under-review' || app.suspendedAtMs !== undefined) return 'changed';
  const mail = letterTo(domain, from.email, 'app-taken', proofLetters.appTaken(app.name, own.name));
  const detail = { clientId: app.clientId, from: vendor.publicId, to: own.publicId };
  // A verb of its own: it is part of the app's history, which other invitations are not.
  const taken = await domain.stores.proofs.takeApp(proof.id, app, own.id, {
    ...trace(detail, [mail]),
    verb: 'apps.take-over',
  });
  return taken === 'done' ? 'accepted' : taken === 'gone' ? 'over' : taken;
};

const accept = (domain: Domain, invitation: Invitation, who: Accepter, trace: Tracing): Promise<Accepted> => {
  switch (invitation.to) {
    case 'team':
      return acceptTeam(domain, invitation, who, trace);
    case 'tester':
      return acceptTester(domain, invitation, who, trace);
    case 'workspace':
      return acceptWorkspace(domain, invitation, who, trace);
    case 'transfer':
      return acceptTransfer(domain, invitation, who, trace);
  }
};

export const acceptInvitation = operation({
  id: 'invitations.accept',
  summary: 'Accept an invitation that was mailed to you',
  http: ['POST', '/api/invitations/accept'],
  sessionOnly: true,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  input: v.strictObject({ link: linkText }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {
    over: 410,
    'other-address': 403,
    'on-a-team': 409,
    'no-vendor': 409,
    'own-app': 409,
    changed: 409,
  },
  async run({ domain, asker: { user }, trace }, { link }) {
    const invitation = await findInvitation(domain, link);
    if (invitation === undefined) return refuse('over');
    if (emailKey(user.email) !== emailKey(invitation.proof.email)) return refuse('other-address');
    const accepted = await accept(domain, invitation, user, trace);
    // What they have already needs no second seat.
    if (accepted === 'already') await domain.stores.proofs.withdraw(invitation.proof, trace());
    if (accepted === 'accepted' || accepted === 'already') return done(invitation);
    return refuse(accepted === 'email-taken' ? 'over' : accepted);
  },
});

const newAccepter = async (
  domain: Domain,
  invitation: Invitation,
  given: { readonly fullName: string; readonly password: string; readonly timeZone: string },
  caused: Caused,
) => {
  const person = {
    email: invitation.proof.email,
    fullName: given.fullName,
    passwordHash: await domain.secrets.passwords.hash(given.password),
    timeZone: given.timeZone === '' ? 'UTC' : given.timeZone,
  };
  // Who joins a workspace has one; the others need one to try apps in.
  const sandbox = invitation.to === 'workspace' ? undefined : `${given.fullName} sandbox`;
  return newcomerFor(domain, person, caused, sandbox);
};

export const acceptAsNewcomer = operation({
  id: 'invitations.accept-as-newcomer',
  summary: 'Accept an invitation and get a sign-in with it',
  http: ['POST', '/api/invitations/accept-as-newcomer'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({
    link: linkText,
    fullName: requiredText(100),
    password: newPasswordText,
    timeZone: optionalText(64),
  }),
  output: v.object({ to: v.picklist(['tester', 'team', 'workspace', 'transfer']) }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { over: 410, 'sign-in-first': 409, 'no-vendor': 409 },
  async run({ domain, asker, caused, trace }, { link, ...given }) {
    const invitation = await findInvitation(domain, link);
    if (invitation === undefined) return refuse('over');
    const { email } = invitation.proof;
    if ((await domain.stores.users.findByEmailKey(emailKey(email))) !== undefined)
      return refuse('sign-in-first');
    // An app goes to a vendor, and whoever has no sign-in has none.
    if (invitation.to === 'transfer') return refuse('no-vendor');
    const weak = passwordProblem(given.password, [given.fullName, email, domain.settings.brand.name]);
    if (weak !== undefined) return refuseField('password', weak);
    const { newcomer, secret } = await newAccepter(domain, invitation, given, caused);
    const { id, fullName } = newcomer.user;
    const accepted = await accept(domain, invitation, { id, fullName, newcomer }, trace);
    if (accepted === 'accepted') {
      await endBefore(domain, asker, caused);
      return done({ invitation, secret });
    }
    return refuse(accepted === 'email-taken' ? 'sign-in-first' : 'over');
  },
  answer: ({ invitation }) => ({ to: invitation.to }),
});
