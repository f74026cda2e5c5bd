// People who may try an app in development: invited by mail, at most so many an app, the waiting ones included.
import * as v from 'valibot';
import { instant, instantOf, nothing } from '../answers.ts';
import { teamOfApp } from '../apps/rules.ts';
import { inviteTester as newTesterInvitation, waitingFor, waitingOf } from '../invitations/open.ts';
import { done, operation, refuse } from '../operation.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { emailText, publicIdText } from '../text-rules.ts';
import { emailKey } from '../users/user.ts';

export const listTesters = operation({
  id: 'apps.list-testers',
  summary: 'List testers and waiting invitations of an app',
  http: ['GET', '/api/apps/{app}/testers'],
  sessionOnly: false,
  output: v.object({
    seats: v.number(),
    limit: v.number(),
    testers: v.array(v.object({ id: v.string(), name: v.string(), email: v.string(), addedAt: instant })),
    invitations: v.array(v.object({ email: v.string(), expiresAt: instant })),
  }),
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain, nowMs }, _input, app) {
    const { stores, settings } = domain;
    const limit = settings.testersPerApp;
    await stores.proofs.freeExpiredSeats(app.id, nowMs);
    const [testers, invitations, seats] = await Promise.all([
      stores.testers.listOf(app.id, limit),
      waitingFor(domain, 'tester', app.id),
      stores.testers.countSeats(app.id),
    ]);
    return done({ seats, limit, testers, invitations });
  },
  answer: ({ seats, limit, testers, invitations }) => ({
    seats,
    limit,
    testers: testers.map(({ user, addedAtMs }) => ({
      id: user.publicId,
      name: user.fullName,
      email: user.email,
      addedAt: instantOf(addedAtMs),
    })),
    invitations: invitations.map(({ email, expiresAtMs }) => ({ email, expiresAt: instantOf(expiresAtMs) })),
  }),
});

/** What the operations on testers share. */
const byTheTeam = {
  sessionOnly: false,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
} as const;

export const inviteTester = operation({
  id: 'apps.invite-tester',
  summary: 'Invite somebody to try an app in development',
  http: ['POST', '/api/apps/{app}/testers'],
  ...byTheTeam,
  input: v.strictObject({ app: publicIdText, email: emailText }),
  refusals: { 'may-already': 409, 'too-many': 409, throttled: 429 },
  async run({ domain, asker, caused, nowMs, trace }, { email }, app) {
    const { stores, settings } = domain;
    const known = await stores.users.findByEmailKey(emailKey(email));
    const isTheirs =
      known !== undefined &&
      ((await stores.apps.isTester(app.id, known.id)) ||
        (app.vendorId !== undefined && (await stores.vendors.isOnTeam(known.id, app.vendorId))));
    if (isTheirs) return refuse('may-already');
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    await stores.proofs.freeExpiredSeats(app.id, nowMs);
    // The newest link is the one that works, and takes the seat of the one before.
    const before = waitingOf(await waitingFor(domain, 'tester', app.id), email);
    for (const proof of before) await stores.proofs.withdraw(proof, trace({ event: 'overtaken' }));
    const vendor = await stores.vendors.find(app.vendorId ?? 0);
    const { proof, mail } = await newTesterInvitation(domain, app, vendor?.name ?? '', email, asker.user);
    const opened = await stores.proofs.openForTester(
      proof,
      settings.testersPerApp,
      trace({ clientId: app.clientId }, [mail]),
    );
    return opened === 'opened' ? done(undefined) : refuse('too-many');
  },
});

export const withdrawTesterInvitation = operation({
  id: 'apps.withdraw-tester-invitation',
  summary: 'Withdraw the invitation of a tester',
  http: ['POST', '/api/apps/{app}/testers/withdraw'],
  ...byTheTeam,
  input: v.strictObject({ app: publicIdText, email: emailText }),
  refusals: { 'not-waiting': 404 },
  async run({ domain, trace }, { email }, app) {
    const found = waitingOf(await waitingFor(domain, 'tester', app.id), email);
    for (const proof of found) await domain.stores.proofs.withdraw(proof, trace({ clientId: app.clientId }));
    return found.length === 0 ? refuse('not-waiting') : done(undefined);
  },
});

export const removeTester = operation({
  id: 'apps.remove-tester',
  summary: 'Remove a tester; their connection to the app in development ends',
  http: ['POST', '/api/apps/{app}/testers/{user}/remove'],
  ...byTheTeam,
  input: v.strictObject({ app: publicIdText, user: publicIdText }),
  refusals: { 'no-tester': 404 },
  async run({ domain, trace }, input, app) {
    const user = await domain.stores.users.findByPublicId(input.user);
    if (user === undefined) return refuse('no-tester');
    const removed = await domain.stores.testers.remove(
      app.id,
      user.id,
      trace({ clientId: app.clientId, user: user.publicId }),
    );
    return removed ? done(undefined) : refuse('no-tester');
  },
});
