// Every letter that can be sent, through a real SMTP server: to whom, as text and as HTML, with links of ours only.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Letter } from '../domain/mail/letter.ts';
import { letterTo } from '../domain/mail/letter.ts';
import type { NewMail } from '../domain/mail/mail.ts';
import { proofLetters } from '../domain/mail/words/proofs.ts';
import { securityMail, type SecurityEvent } from '../domain/mail/words/security.ts';
import { roleMail } from '../domain/mail/words/staff.ts';
import { workspaceMail, type WorkspaceEvent } from '../domain/mail/words/workspaces.ts';
import {
  consentAgainLetter,
  keyUseGrownLetter,
  stepLetter,
  tellOfRedirects,
  type StepLetter,
} from '../domain/reviews/letters.ts';
import type { PlatformRole } from '../domain/users/user.ts';
import { databases } from '../storage/testing/databases.ts';
import { silentLog } from '../telemetry/log.ts';
import { startService, type Person, type Service, type TestApp } from '../testing/service.ts';
import { sendDue } from './sender.ts';
import { createSmtpTransport } from './smtp.ts';
import { partsOf, startRelay, type Relay } from './testing/relay.ts';

const sqlite = databases.find(({ name }) => name === 'sqlite') ?? assert.fail();
const CODE = '774411';

/** A letter without a row here fails tsc. */
const proofs = (issuer: string): Readonly<Record<keyof typeof proofLetters, Letter>> => {
  const url = `${issuer}/invitations/lk_invitation_1`;
  const support = 'help@crm.test';
  return {
    signUpCode: proofLetters.signUpCode(CODE),
    signUpKnown: proofLetters.signUpKnown(`${issuer}/sign-in`, `${issuer}/reset`),
    resetLink: proofLetters.resetLink(`${issuer}/reset/lk_reset_1`),
    resetUnknown: proofLetters.resetUnknown(`${issuer}/sign-up`),
    passwordChanged: proofLetters.passwordChanged(support),
    emailCode: proofLetters.emailCode(CODE),
    emailTaken: proofLetters.emailTaken(),
    emailChanged: proofLetters.emailChanged('new@crm.test', support),
    invitedTester: proofLetters.invitedTester('Lead & Digest', 'Vendor', url),
    invitedTeam: proofLetters.invitedTeam('Vendor', 'Vera', url),
    invitedWorkspace: proofLetters.invitedWorkspace('Northside', 'Ari', url),
    offeredApp: proofLetters.offeredApp('Lead & Digest', 'Vendor', url),
    appTaken: proofLetters.appTaken('Lead & Digest', 'Harbor'),
    joinedTeam: proofLetters.joinedTeam('Nora', 'Vendor'),
    removedFromTeam: proofLetters.removedFromTeam('Vendor'),
    qualified: proofLetters.qualified('Vendor', `${issuer}/developer/apps/new`),
    notQualified: proofLetters.notQualified('Vendor', 'Unclear.', `${issuer}/developer/qualification`),
  };
};

const security: { readonly [Kind in SecurityEvent['kind']]: Extract<SecurityEvent, { kind: Kind }> } = {
  'password-changed': { kind: 'password-changed' },
  'totp-added': { kind: 'totp-added' },
  'totp-removed': { kind: 'totp-removed' },
  'passkey-added': { kind: 'passkey-added', name: 'Laptop' },
  'passkey-removed': { kind: 'passkey-removed', name: 'Laptop' },
  'recovery-codes-renewed': { kind: 'recovery-codes-renewed' },
  'recovery-code-used': { kind: 'recovery-code-used', left: 3 },
};

const steps: Readonly<Record<StepLetter, true>> = {
  submitted: true,
  withdrawn: true,
  approved: true,
  declined: true,
  'edit-submitted': true,
  'edit-cancelled': true,
  'edit-approved': true,
  'edit-declined': true,
  'edit-published': true,
  'edit-discarded': true,
  suspended: true,
  lifted: true,
  'limit-changed': true,
  deleted: true,
};

const roles: Readonly<Record<PlatformRole, true>> = { none: true, reviewer: true, operator: true };

const HTML_OF: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&quot;': '"', '&#39;': "'" };

describe('every letter', () => {
  let service: Service;
  let relay: Relay;
  let ari: Person;
  let app: TestApp;
  before(async () => {
    service = await startService(sqlite);
    relay = await startRelay();
    ari = await service.makePerson();
    app = await service.makeApp();
  });
  after(async () => {
    await relay.close();
    await service.close();
  });

  const all = async (): Promise<readonly NewMail[]> => {
    const { domain } = service;
    const { issuer } = domain.settings;
    const to = 'ari@crm.test';
    const { workspace } = ari;
    const workspaces: readonly WorkspaceEvent[] = [
      { kind: 'removed', workspace },
      { kind: 'role-changed', workspace, role: 'admin' },
    ];
    const caused = { address: '203.0.113.7', device: 'Firefox on Linux' };
    const before = { ...app.app, contactEmail: to };
    return [
      ...Object.values(proofs(issuer)).map((letter) => letterTo(domain, to, 'proof', letter)),
      ...Object.values(security).flatMap((event) =>
        securityMail(domain, { email: to, timeZone: 'Europe/Berlin' }, event, caused),
      ),
      ...workspaces.flatMap((event) => workspaceMail(domain, { email: to }, event)),
      ...(Object.keys(roles) as PlatformRole[]).flatMap((role) => roleMail(domain, { email: to }, role)),
      ...(Object.keys(steps) as StepLetter[]).map((step) =>
        letterTo(domain, to, step, stepLetter(domain, app.app, step, { reason: 'Because.', breaking: true })),
      ),
      ...(await tellOfRedirects(domain, before, { redirectUris: ['com.example.app:/other'] })),
      letterTo(domain, to, 'again', consentAgainLetter(domain, 'Lead & Digest', ['View leads'], 'A note.')),
      letterTo(domain, to, 'grown', keyUseGrownLetter(domain, 'Lead & Digest', 'Laptop')),
    ];
  };

  it('arrives as text and as HTML that say the same, with no link but ours and no code in its subject [security 32]', async () => {
    const { domain } = service;
    const mails = await all();
    const trace = {
      verb: 'test.mail',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: domain.now(),
      mails,
    } as const;
    await domain.stores.mails.queue(trace, { kind: 'user', id: ari.user.id });
    const transport = createSmtpTransport({
      from: 'Test CRM <no-reply@crm.test>',
      host: '127.0.0.1',
      port: relay.port,
      secure: false,
    });
    while ((await sendDue({ domain, transport, keepBody: false, log: silentLog })) > 0);
    transport.close();
    assert.deepEqual(relay.received.map(({ to }) => to).sort(), mails.map(({ to }) => to).sort());

    for (const { raw } of relay.received) {
      const message = partsOf(raw).replaceAll('\r\n', '\n');
      const subject = /^Subject: (.*(?:\n .*)*)/m.exec(message)?.[1] ?? assert.fail(message);
      assert.doesNotMatch(subject, /\d{6}|lk_/, subject);
      const [, text = '', html = ''] =
        /Content-Type: text\/plain[^\n]*\n(?:[^\n]+\n)*\n([\s\S]*?)\n--[\s\S]*Content-Type: text\/html[^\n]*\n(?:[^\n]+\n)*\n([\s\S]*)/.exec(
          message,
        ) ?? assert.fail(`${subject}: not both as text and as HTML`);
      const read = html
        .replace(/<[^>]+>/g, '\n')
        .replace(/&(?:amp|lt|quot|#39);/g, (one) => HTML_OF[one] ?? one)
        .replaceAll('&gt;', '>');
      const lines = text
        .split('\n')
        .map((line) => line.replace(/^(?:> |- )/, '').trim())
        .filter((line) => line !== '' && line !== '--');
      for (const line of lines)
        assert.ok(read.includes(line) || read.includes(line.replace(/:$/, '')), `${subject}: ${line}`);
      for (const [link] of `${text}\n${html}`.matchAll(/https?:\/\/[^\s"<]+/g))
        assert.ok(link.startsWith(`${domain.settings.issuer}/`) || app.app.redirectUris.includes(link), link);
    }
  });
});
