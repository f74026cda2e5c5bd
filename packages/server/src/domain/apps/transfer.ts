// Giving an app to another vendor: offered by mail to somebody of its team, done when they accept (domain/invitations).
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { offerApp, waitingFor } from '../invitations/open.ts';
import { done, operation, refuse } from '../operation.ts';
import { mailWaitSeconds } from '../proofs/mail-pace.ts';
import { emailText, publicIdText } from '../text-rules.ts';
import { emailKey } from '../users/user.ts';
import { teamOfApp } from './rules.ts';

export const offerTransfer = operation({
  id: 'apps.offer-transfer',
  summary: 'Offer an app to another vendor',
  http: ['POST', '/api/apps/{app}/transfer'],
  sessionOnly: true,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, email: emailText }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: true,
  refusals: { 'under-review': 409, suspended: 409, 'own-team': 409, throttled: 429 },
  async run({ domain, asker, caused, trace }, { email }, app) {
    const { stores } = domain;
    if (app.status === 'under-review') return refuse('under-review');
    if (app.suspendedAtMs !== undefined) return refuse('suspended');
    const known = await stores.users.findByEmailKey(emailKey(email));
    const vendorId = app.vendorId ?? 0;
    if (known !== undefined && (await stores.vendors.isOnTeam(known.id, vendorId))) return refuse('own-team');
    const seconds = mailWaitSeconds(domain, email, caused);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    for (const proof of await waitingFor(domain, 'transfer', app.id))
      await stores.proofs.withdraw(proof, trace({ event: 'overtaken' }));
    const vendor = await stores.vendors.find(vendorId);
    const { proof, mail } = await offerApp(domain, app, vendor?.name ?? '', email, asker.user);
    await stores.proofs.open(proof, trace({ clientId: app.clientId }, [mail]));
    return done(undefined);
  },
});

export const withdrawTransfer = operation({
  id: 'apps.withdraw-transfer',
  summary: 'Withdraw the offer of an app to another vendor',
  http: ['POST', '/api/apps/{app}/transfer/withdraw'],
  sessionOnly: true,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'not-waiting': 404 },
  async run({ domain, trace }, _input, app) {
    const found = await waitingFor(domain, 'transfer', app.id);
    for (const proof of found) await domain.stores.proofs.withdraw(proof, trace({ clientId: app.clientId }));
    return found.length === 0 ? refuse('not-waiting') : done(undefined);
  },
});
