// Whether an address has a sign-in is told to nobody who asks: the same answer, the same work, and a mail either way, in
// every place that takes an address [security 59].
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it, mock } from 'node:test';
import { createTalk, type Talk, type Told } from '../../api/testing/talk.ts';
import { startPortal, type TestPortal } from '../../portal/routes/testing/portal.ts';
import { databases, type TestDatabase } from '../../storage/testing/databases.ts';
import { mailsTo } from '../../testing/outbox.ts';
import { openDesk, type Desk } from '../../testing/review-desk.ts';
import type { Person } from '../../testing/service.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'ample violet crane 41';

let commits = 0;
const counted: readonly TestDatabase[] = databases.map((database) => ({
  name: database.name,
  async open() {
    const opened = await database.open();
    // Ids are leased now and then, whoever asks: only what leaves a trace is somebody's request.
    const commit: typeof opened.database.commit = (unit) => {
      if (unit.writes.some(({ sql }) => sql.includes('into audit'))) commits += 1;
      return opened.database.commit(unit);
    };
    return { ...opened, database: { ...opened.database, commit } };
  },
}));

describe('an address with a sign-in and one without', () => {
  let portal: TestPortal;
  let talk: Talk;
  let desk: Desk;
  let vera: Person;
  let derived = (): number => 0;
  before(async () => {
    portal = await startPortal(counted);
    talk = createTalk(portal);
    desk = await openDesk(portal);
    vera = desk.verasPerson;
    // What takes time is deriving from a password; all else is a read or a write.
    const { passwords } = portal.domain.secrets;
    const hash = mock.method(passwords, 'hash');
    const matches = mock.method(passwords, 'matches');
    derived = () => hash.mock.callCount() + matches.mock.callCount();
  });
  after(() => portal.close());

  const disabled = async (): Promise<string> => {
    const { user } = await portal.makePerson();
    const { domain } = portal;
    await domain.stores.users.setDisabled(user.id, true, {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: domain.now(),
    });
    return user.email;
  };
  const addresses = async (): Promise<Readonly<Record<string, string>>> => ({
    unknown: `${randomUUID()}@crm.test`,
    known: (await portal.makePerson()).user.email,
    'known in other letters': (await portal.makePerson()).user.email.toUpperCase(),
    disabled: await disabled(),
  });

  /** Everything of an answer that somebody could compare; what is random in any answer, masked. */
  const seen = ({ status, text, headers, setCookies }: Told) => ({
    status,
    text: text.replaceAll(/lk_flow_[\w-]{48}/g, 'a flow').replaceAll(/"codeExpiresAt":"[^"]+"/g, 'a time'),
    headers: Object.keys(headers).toSorted(),
    setCookies,
  });

  /** However it was typed: a mail goes to the address as its owner wrote it. */
  const mailed = async (email: string): Promise<number> =>
    (await mailsTo(portal.domain, email)).length +
    (email === email.toLowerCase() ? 0 : (await mailsTo(portal.domain, email.toLowerCase())).length);

  const sameFor = async (
    ask: (email: string) => Promise<Told>,
    expected: 'mailed' | 'not mailed',
  ): Promise<void> => {
    const found: Record<string, unknown> = {};
    for (const [kind, email] of Object.entries(await addresses())) {
      portal.pass(HOUR_MS);
      const before = { derived: derived(), commits, mails: await mailed(email) };
      const answer = await ask(email);
      found[kind] = {
        ...seen(answer),
        derived: derived() - before.derived,
        commits: commits - before.commits,
        mails: (await mailed(email)) - before.mails,
      };
    }
    const { unknown } = found;
    for (const [kind, one] of Object.entries(found)) assert.deepEqual(one, unknown, kind);
    assert.equal((unknown as { readonly mails: number }).mails, expected === 'mailed' ? 1 : 0);
  };

  it('are answered alike by sign-in with a wrong password [security 59]', () =>
    sameFor((email) => talk.post('/api/sign-in', { email, password: 'wrong' }), 'not mailed'));

  it('are answered alike by sign-up [security 59]', () =>
    sameFor(
      (email) =>
        talk.post('/api/sign-up', {
          fullName: 'Nora New',
          organization: 'Nova Tools',
          email,
          phone: '+1 555 010 0199',
          password: PASSWORD,
          browser: 'a-browser-of-its-own',
        }),
      'mailed',
    ));

  it('are answered alike by a wrong sign-up code, and by asking for another [security 59]', async () => {
    const browser = 'a-browser-of-its-own';
    const flows = new Map<string, string>();
    for (const email of Object.values(await addresses())) {
      portal.pass(HOUR_MS);
      const { body } = await talk.post('/api/sign-up', {
        fullName: 'Nora New',
        organization: 'Nova Tools',
        email,
        phone: '+1 555 010 0199',
        password: PASSWORD,
        browser,
      });
      flows.set(email, String(body['flow']));
      const wrong = await talk.post('/api/sign-up/verify', { flow: body['flow'], browser, code: '000000' });
      // One in a million is right for the unknown one.
      assert.deepEqual([wrong.status, wrong.body['details']], [403, { left: 4 }]);
      portal.pass(61_000);
      const before = (await mailsTo(portal.domain, email)).length;
      const again = await talk.post('/api/sign-up/resend', { flow: body['flow'], browser });
      assert.equal(again.status, 200);
      assert.equal((await mailsTo(portal.domain, email)).length, before + 1);
    }
    assert.equal(flows.size, 4);
  });

  it('are answered alike by a password reset [security 59]', () =>
    sameFor((email) => talk.post('/api/reset', { email }), 'mailed'));

  it('are answered alike by a change of e-mail [security 59]', () =>
    sameFor(
      async (email) => talk.post('/api/me/email', { email }, { cookie: await talk.cookieOf(vera) }),
      'mailed',
    ));

  it('are answered alike by an invitation to a team, a workspace, an app, and by the offer of an app [security 59]', async () => {
    const app = await desk.newApp();
    const member = await portal.makePerson();
    const invitations = [
      [vera, '/api/vendor/invitations', {}],
      [vera, `/api/apps/${app.publicId}/testers`, {}],
      [vera, `/api/apps/${app.publicId}/transfer`, {}],
      [member, `/api/workspaces/${member.workspace.publicId}/invitations`, { role: 'member' }],
    ] as const;
    for (const [person, path, more] of invitations) {
      const invite = async (email: string): Promise<Told> =>
        talk.post(path, { email, ...more }, { cookie: await talk.cookieOf(person) });
      // An app is offered to one address at a time: each offer but the first ends another.
      await invite(`${randomUUID()}@crm.test`);
      await sameFor(invite, 'mailed');
    }
  });
});
