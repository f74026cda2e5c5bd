// The access matrix: every operation asked over HTTP by everybody who may not, and by those who may [security 49].
// The answers are written by hand. The table is typed by the table of operations: a new one without a row fails tsc.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OperationId } from '../domain/operations.ts';
import { startPortal, type TestPortal } from '../portal/routes/testing/portal.ts';
import { databases } from '../storage/testing/databases.ts';
import { apiOperations } from './table.ts';
import { INPUTS } from './testing/inputs.ts';
import { createTalk, sendTo, type Talk, type Told } from './testing/talk.ts';
import { makeWorld, PERSONAS, type World } from './testing/world.ts';

/** A status, with the code where the status alone could mean something else. */
type Answer = number | `${number} ${string}`;
/** nobody, user (whose it is), another user, another workspace's owner, vendor (whose it is), another vendor, reviewer, operator. */
type Row = readonly [Answer, Answer, Answer, Answer, Answer, Answer, Answer, Answer];

const OVER = '410 over';
const NO_KEY = '403 passkey_refused';

const EXPECTED: Readonly<Record<OperationId, Row>> = {
  'sessions.sign-in': [200, 200, 200, 200, 200, 200, 200, 200],
  'sessions.sign-out': [401, 204, 204, 204, 204, 204, 204, 204],
  'sessions.step-up': [401, 204, 204, 204, 204, 204, 204, 204],
  'sessions.second-step': [
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
  ],
  'sessions.second-step-with-passkey': [
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
    '403 expired',
  ],
  'sessions.sign-in-with-passkey': [NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY],
  'sessions.step-up-with-passkey': [401, NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY, NO_KEY],
  'sessions.list': [401, 200, 200, 200, 200, 200, 200, 200],
  'sessions.end': [401, 204, 404, 404, 404, 404, 404, 404],
  'sessions.end-others': [401, 204, 204, 204, 204, 204, 204, 204],
  'factors.list': [401, 200, 200, 200, 200, 200, 200, 200],
  'factors.start-totp': [401, 200, 200, 200, 200, 200, 200, 200],
  'factors.confirm-totp': [
    401,
    '409 expired',
    '409 expired',
    '409 expired',
    '409 expired',
    '409 expired',
    '409 expired',
    '409 expired',
  ],
  'factors.remove-totp': [401, 204, 204, 204, 204, 204, 204, 204],
  'factors.start-passkey': [401, 200, 200, 200, 200, 200, 200, 200],
  'factors.add-passkey': [
    401,
    '400 passkey_refused',
    '400 passkey_refused',
    '400 passkey_refused',
    '400 passkey_refused',
    '400 passkey_refused',
    '400 passkey_refused',
    '400 passkey_refused',
  ],
  'factors.remove-passkey': [401, 404, 404, 404, 404, 404, 404, 404],
  'factors.renew-recovery-codes': [
    401,
    '409 no_factor',
    '409 no_factor',
    '409 no_factor',
    '409 no_factor',
    '409 no_factor',
    '409 no_factor',
    '409 no_factor',
  ],
  'users.me': [401, 200, 200, 200, 200, 200, 200, 200],
  'users.update-profile': [401, 204, 204, 204, 204, 204, 204, 204],
  'users.change-password': [401, 204, 204, 204, 204, 204, 204, 204],
  'users.sign-up': [200, 200, 200, 200, 200, 200, 200, 200],
  'users.resend-sign-up-code': [OVER, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
  'users.verify-sign-up': [OVER, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
  'users.ask-reset': [204, 204, 204, 204, 204, 204, 204, 204],
  'users.reset-password': [OVER, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
  'users.ask-email-change': [401, 200, 200, 200, 200, 200, 200, 200],
  'users.change-email': [401, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
  'invitations.accept': [401, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
  'invitations.accept-as-newcomer': [OVER, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
  'workspaces.list': [401, 200, 200, 200, 200, 200, 200, 200],
  'workspaces.create': [401, 200, 200, 200, 200, 200, 200, 200],
  // Another user is a plain member of it, another workspace's owner is not.
  'workspaces.rename': [401, 204, 404, 404, 404, 404, 404, 404],
  'workspaces.members': [401, 200, 200, 404, 404, 404, 404, 404],
  'workspaces.invitations': [401, 200, 404, 404, 404, 404, 404, 404],
  'workspaces.invite': [401, 204, 404, 404, 404, 404, 404, 404],
  'workspaces.withdraw-invitation': [401, 204, 404, 404, 404, 404, 404, 404],
  'workspaces.change-role': [401, 204, 404, 404, 404, 404, 404, 404],
  'workspaces.remove-member': [401, 204, 404, 404, 404, 404, 404, 404],
  'workspaces.leave': [401, '409 last_owner', 204, 404, 404, 404, 404, 404],
  'permissions.list': [401, 200, 200, 200, 200, 200, 200, 200],
  'connections.list': [401, 200, 200, 200, 200, 200, 200, 200],
  'connections.disconnect': [401, 200, 404, 404, 404, 404, 404, 404],
  'connections.allow-again': [401, '409 not_ended', 404, 404, 404, 404, 404, 404],
  'keys.list': [401, 200, 200, 200, 200, 200, 200, 200],
  // A key acts in a workspace that its maker is a member of.
  'keys.create': [401, 200, 200, 400, 400, 400, 400, 400],
  'keys.revoke': [401, 204, 404, 404, 404, 404, 404, 404],
  'keys.reveal': [401, 200, 404, 404, 404, 404, 404, 404],
  'keys.import-legacy': [401, 404, 404, 404, 404, 404, 404, 200],
  'management-keys.list': [401, 200, 200, 200, 200, 200, 200, 200],
  'management-keys.create': [401, 200, 200, 200, 200, 200, 200, 200],
  'management-keys.revoke': [401, 404, 404, 404, 204, 404, 404, 404],
  'apps.list': [401, 404, 404, 404, 200, 200, 404, 404],
  'apps.get': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.add-logo': [401, 404, 404, 404, 200, 200, 404, 404],
  'apps.register': [401, 404, 404, 404, 200, 200, 404, 404],
  'apps.set-permissions': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.roll-secret': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.delete': [401, 404, 404, 404, 204, 404, 404, 404],
  'apps.change': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.submit': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.withdraw': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.save-edit': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.set-edit-permissions': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.submit-edit': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.cancel-edit': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.discard-edit': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.publish-edit': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.suspend': [401, 404, 404, 404, 404, 404, 404, 200],
  'apps.lift': [401, 404, 404, 404, 404, 404, 404, 200],
  'apps.list-testers': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.invite-tester': [401, 404, 404, 404, 204, 404, 404, 404],
  'apps.withdraw-tester-invitation': [401, 404, 404, 404, 204, 404, 404, 404],
  'apps.remove-tester': [401, 404, 404, 404, 204, 404, 404, 404],
  'apps.offer-transfer': [401, 404, 404, 404, 204, 404, 404, 404],
  'apps.withdraw-transfer': [401, 404, 404, 404, 204, 404, 404, 404],
  'usage.minutes': [401, 404, 404, 404, 200, 404, 404, 404],
  'usage.days': [401, 404, 404, 404, 200, 404, 404, 404],
  'usage.requests': [401, 404, 404, 404, 200, 404, 404, 404],
  'vendors.change-profile': [401, 404, 404, 404, 204, 204, 404, 404],
  'vendors.list-team': [401, 404, 404, 404, 200, 200, 404, 404],
  'vendors.invite': [401, 404, 404, 404, 204, 204, 404, 404],
  'vendors.withdraw-invitation': [401, 404, 404, 404, 204, 404, 404, 404],
  'vendors.remove-member': [401, 404, 404, 404, 204, 404, 404, 404],
  // This deployment does not ask for it.
  'vendors.submit-qualification': [401, 404, 404, 404, '404 not_asked', '404 not_asked', 404, 404],
  'vendors.decide-qualification': [401, 404, 404, 404, 404, 404, 204, 204],
  'apps.submission': [401, 404, 404, 404, 200, 404, 404, 404],
  'apps.history': [401, 404, 404, 404, 200, 404, 404, 404],
  'reviews.list': [401, 404, 404, 404, 404, 404, 200, 404],
  'reviews.get': [401, 404, 404, 404, 404, 404, 200, 404],
  'reviews.take': [401, 404, 404, 404, 404, 404, 200, 404],
  'reviews.note': [401, 404, 404, 404, 404, 404, 200, 404],
  'reviews.approve': [401, 404, 404, 404, 404, 404, 200, 404],
  'reviews.decline': [401, 404, 404, 404, 404, 404, 200, 404],
  'audit.list': [401, 404, 404, 404, 404, 404, 404, 200],
  'audit.export': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.people': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.person': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.disable-person': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.enable-person': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.set-role': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.workspaces': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.workspace': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.apps': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.app': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.set-app-limit': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.mails': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.retry-mail': [401, 404, 404, 404, 404, 404, 404, '409 not_given_up'],
  'operate.permissions': [401, 404, 404, 404, 404, 404, 404, 200],
  'operate.claim': [OVER, OVER, OVER, OVER, OVER, OVER, OVER, OVER],
};

/** Addresses and mails are throttled by the hour. */
const HOUR_MS = 3_600_000;

const said = (answer: Told, expected: Answer): Answer =>
  typeof expected === 'number' ? answer.status : `${answer.status} ${String(answer.body['code'])}`;

describe('who may do what, over HTTP', () => {
  let portal: TestPortal;
  let talk: Talk;
  let world: World;
  before(async () => {
    portal = await startPortal(databases);
    talk = createTalk(portal);
    world = await makeWorld(portal);
  });
  after(() => portal.close());

  for (const op of apiOperations) {
    it(`${op.id} [security 49]`, async () => {
      const row = EXPECTED[op.id as OperationId];
      const answers: Answer[] = [];
      for (const [index, persona] of PERSONAS.entries()) {
        portal.pass(HOUR_MS);
        const input = await INPUTS[op.id as OperationId](world);
        const headers = persona === 'nobody' ? {} : { cookie: await talk.cookieOf(world.people[persona]) };
        const answer = await sendTo(talk, op, input, headers);
        answers.push(said(answer, row[index] ?? 0));
        if (answer.status === 200) assert.equal(answer.headers['content-type'], 'application/json');
        if (answer.status === 204) assert.equal(answer.text, '');
      }
      assert.deepEqual(answers, row);
    });
  }
});
