// A vendor's team: who is on it, who was invited, and how people leave it.
import * as v from 'valibot';
import { instant, instantOf, nothing } from '../answers.ts';
import { onAVendorTeam } from '../apps/rules.ts';
import { inviteToTeam, MAX_WAITING, waitingFor, waitingOf } from '../invitations/open.ts';
import { letterTo } from '../mail/letter.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { done, operation, refuse } from '../operation.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { emailText, publicIdText } from '../text-rules.ts';
import { emailKey } from '../users/user.ts';
import { isVendor, vendorOf } from './rules.ts';

/** Of a list on one page; a team of more is not a team. */
const MAX_TEAM = 100;

export const listTeam = operation({
  id: 'vendors.list-team',
  summary: 'List the team and its waiting invitations',
  http: ['GET', '/api/vendor/team'],
  sessionOnly: false,
  output: v.object({
    members: v.array(v.object({ id: v.string(), name: v.string(), email: v.string(), joinedAt: instant })),
    invitations: v.array(v.object({ email: v.string(), expiresAt: instant })),
  }),
  who: 'signed-in',
  input: v.strictObject({}),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: { 'no-vendor': 404 },
  async run({ domain, asker }) {
    const vendor = await vendorOf(domain, asker);
    if (!isVendor(vendor)) return vendor;
    const [members, invitations] = await Promise.all([
      domain.stores.vendors.teamOf(vendor.id, MAX_TEAM),
      waitingFor(domain, 'team', vendor.id),
    ]);
    return done({ vendor, members, invitations });
  },
  answer: ({ members, invitations }) => ({
    members: members.map(({ user, joinedAtMs }) => ({
      id: user.publicId,
      name: user.fullName,
      email: user.email,
      joinedAt: instantOf(joinedAtMs),
    })),
    invitations: invitations.map(({ email, expiresAtMs }) => ({ email, expiresAt: instantOf(expiresAtMs) })),
  }),
});

/** What the operations on the team share. */
const byTheTeam = {
  sessionOnly: false,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
} as const;

export const inviteTeamMember = operation({
  id: 'vendors.invite',
  summary: 'Invite somebody to the team',
  http: ['POST', '/api/vendor/invitations'],
  ...byTheTeam,
  input: v.strictObject({ email: emailText }),
  refusals: { 'no-vendor': 404, 'on-the-team': 409, 'too-many': 409, throttled: 429 },
  async run({ domain, asker, caused, trace }, { email }) {
    const { stores } = domain;
    const vendor = await vendorOf(domain, asker);
    if (!isVendor(vendor)) return vendor;
    const known = await stores.users.findByEmailKey(emailKey(email));
    if (known !== undefined && (await stores.vendors.isOnTeam(known.id, vendor.id)))
      return refuse('on-the-team');
    const waiting = await waitingFor(domain, 'team', vendor.id);
    const before = waitingOf(waiting, email);
    if (before.length === 0 && waiting.length >= MAX_WAITING) return refuse('too-many');
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    // The newest link is the one that works.
    for (const proof of before) await stores.proofs.withdraw(proof, trace({ event: 'overtaken' }));
    const { proof, mail } = await inviteToTeam(domain, vendor, email, asker.user);
    await stores.proofs.open(proof, trace({ vendor: vendor.publicId }, [mail]));
    return done(undefined);
  },
});

export const withdrawTeamInvitation = operation({
  id: 'vendors.withdraw-invitation',
  summary: 'Withdraw an invitation to the team',
  http: ['POST', '/api/vendor/invitations/withdraw'],
  ...byTheTeam,
  input: v.strictObject({ email: emailText }),
  refusals: { 'no-vendor': 404, 'not-waiting': 404 },
  async run({ domain, asker, trace }, { email }) {
    const vendor = await vendorOf(domain, asker);
    if (!isVendor(vendor)) return vendor;
    const found = waitingOf(await waitingFor(domain, 'team', vendor.id), email);
    for (const proof of found) await domain.stores.proofs.withdraw(proof, trace());
    return found.length === 0 ? refuse('not-waiting') : done(undefined);
  },
});

export const removeTeamMember = operation({
  id: 'vendors.remove-member',
  summary: 'Remove somebody from the team, or leave it',
  http: ['POST', '/api/vendor/team/{user}/remove'],
  ...byTheTeam,
  input: v.strictObject({ user: publicIdText }),
  refusals: { 'no-vendor': 404, 'not-on-team': 404, 'last-member': 409 },
  async run({ domain, asker, trace }, input) {
    const vendor = await vendorOf(domain, asker);
    if (!isVendor(vendor)) return vendor;
    const user = await domain.stores.users.findByPublicId(input.user);
    if (user === undefined) return refuse('not-on-team');
    const mail = letterTo(domain, user.email, 'team-left', proofLetters.removedFromTeam(vendor.name));
    const removed = await domain.stores.vendors.removeFromTeam(
      vendor.id,
      user.id,
      trace({ user: user.publicId }, [mail]),
    );
    return removed === 'removed' ? done({ self: user.id === asker.user.id }) : refuse(removed);
  },
});
