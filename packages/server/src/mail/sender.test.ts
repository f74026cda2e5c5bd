// Mail against a real SMTP server that the test starts: sent once, refused, slow, down and back.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { letterTo } from '../domain/mail/letter.ts';
import { bodyOf, type Mail } from '../domain/mail/mail.ts';
import { databases } from '../storage/testing/databases.ts';
import { silentLog } from '../telemetry/log.ts';
import { startService, type Service } from '../testing/service.ts';
import { sendDue, startSender, type SenderPorts } from './sender.ts';
import { createSmtpTransport, type Transport } from './smtp.ts';
import { partsOf, startRelay, type Relay } from './testing/relay.ts';

const MINUTE_MS = 60_000;
const sqlite = databases.find(({ name }) => name === 'sqlite') ?? assert.fail();

describe('mail', () => {
  let service: Service;
  let relay: Relay;
  const opened: Transport[] = [];
  before(async () => {
    service = await startService(sqlite);
  });
  after(() => service.close());
  beforeEach(async () => {
    relay = await startRelay();
  });
  afterEach(async () => {
    for (const transport of opened.splice(0)) transport.close();
    await relay.close();
    // Whatever a test left waiting is no business of the next.
    const { domain } = service;
    for (const mail of await domain.stores.mails.due(Number.MAX_SAFE_INTEGER, 100))
      await domain.stores.mails.sent(mail.id, domain.now(), false);
  });

  const portsFor = (port: number, more: Partial<SenderPorts> & { timeoutMs?: number } = {}): SenderPorts => {
    const { timeoutMs, ...ports } = more;
    const transport = createSmtpTransport({
      from: 'Test CRM <no-reply@crm.test>',
      host: '127.0.0.1',
      port,
      secure: false,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    opened.push(transport);
    return { domain: service.domain, transport, keepBody: false, log: silentLog, ...ports };
  };
  const post = async (to = 'ari@crm.test', subject = 'Hello'): Promise<Mail> => {
    const { domain } = service;
    const letter = {
      subject,
      parts: ['Your code & more:', { kind: 'code', code: '123456' }] as const,
    };
    await domain.stores.mails.queue(
      {
        verb: 'test.mail',
        actor: { kind: 'system' },
        requestId: 'test',
        atMs: domain.now(),
        mails: [letterTo(domain, to, 'test', letter)],
      },
      { kind: 'user', id: 1 },
    );
    const [mail] = await domain.stores.mails.list(undefined, 1);
    return mail ?? assert.fail();
  };
  const now = async (mail: Mail): Promise<Mail> =>
    (await service.domain.stores.mails.find(mail.id)) ?? assert.fail();

  it('goes out once in text and HTML, and its text is wiped [security 32]', async () => {
    const mail = await post();
    assert.ok(!Buffer.from(mail.body ?? []).includes('123456'), 'locked while it waits');
    assert.equal(await sendDue(portsFor(relay.port)), 1);
    assert.equal(await sendDue(portsFor(relay.port)), 0);
    assert.equal(relay.received.length, 1);
    const [one] = relay.received;
    assert.deepEqual([one?.from, one?.to], ['no-reply@crm.test', 'ari@crm.test']);
    const raw = partsOf(one?.raw ?? '');
    assert.match(raw, /^Subject: Hello\r$/m);
    assert.match(raw, /^From: Test CRM <no-reply@crm\.test>\r$/m);
    assert.match(raw, /^Message-ID: <\d+\.\d+@localhost>\r$/m);
    assert.match(
      raw,
      /text\/plain[\s\S]*Your code & more:[\s\S]*123456[\s\S]*text\/html[\s\S]*Your code &amp; more:/,
    );
    const sent = await now(mail);
    assert.equal(sent.sentAtMs, service.domain.now());
    assert.equal(sent.body, undefined);
  });

  it('keeps its text where the demo shows it', async () => {
    const mail = await post();
    await sendDue(portsFor(relay.port, { keepBody: true }));
    assert.match(bodyOf(service.domain, await now(mail))?.text ?? '', /123456/);
  });

  it('is sent once, however many senders look at the outbox', async () => {
    for (let index = 0; index < 12; index += 1) await post(`person-${index}@crm.test`);
    const ports = portsFor(relay.port);
    await Promise.all(Array.from({ length: 6 }, () => sendDue(ports)));
    const to = relay.received.map((one) => one.to).toSorted();
    assert.equal(to.length, 12);
    assert.equal(new Set(to).size, 12);
  });

  it('that the server refuses for good is given up at once, and the others go out', async () => {
    const refusing = await startRelay({
      onRcptTo({ address }, _session, callback) {
        callback(
          address.startsWith('nobody')
            ? Object.assign(new Error('No such mailbox'), { responseCode: 550 })
            : null,
        );
      },
    });
    const [bad, good] = [await post('nobody@crm.test'), await post('somebody@crm.test')];
    await sendDue(portsFor(refusing.port));
    const refused = await now(bad);
    assert.equal(refused.failedAtMs, service.domain.now());
    assert.equal(refused.nextAttemptAtMs, undefined);
    assert.match(refused.lastError ?? '', /No such mailbox/);
    assert.doesNotMatch(refused.lastError ?? '', /123456/);
    assert.ok((await now(good)).sentAtMs);
    // An operator may try it again, for its text is kept.
    const retried = {
      verb: 'operate.retry-mail',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: service.domain.now(),
    } as const;
    assert.equal(await service.domain.stores.mails.retry(bad.id, retried), true);
    await sendDue(portsFor(relay.port));
    assert.ok((await now(bad)).sentAtMs);
    await refusing.close();
  });

  it('waits longer after each failure, and is given up after a day', async () => {
    const busy = await startRelay({
      onMailFrom(_address, _session, callback) {
        callback(Object.assign(new Error('Try again later'), { responseCode: 451 }));
      },
    });
    const mail = await post();
    const ports = portsFor(busy.port);
    const waits: number[] = [];
    for (;;) {
      await sendDue(ports);
      const { nextAttemptAtMs, failedAtMs } = await now(mail);
      if (nextAttemptAtMs === undefined) {
        assert.ok(failedAtMs);
        break;
      }
      waits.push((nextAttemptAtMs - service.domain.now()) / MINUTE_MS);
      service.pass(nextAttemptAtMs - service.domain.now() - 1);
      assert.equal(await sendDue(ports), 0, 'not before its time');
      service.pass(1);
    }
    assert.deepEqual(waits.slice(0, 8), [1, 2, 4, 8, 16, 32, 60, 60]);
    const passed = waits.reduce((sum, wait) => sum + wait, 0);
    assert.ok(passed > 22 * 60 && passed < 24 * 60, String(passed));
    assert.equal(await sendDue(ports), 0);
    await busy.close();
  });

  it('waits for a server that is down, and goes out when it is back', async () => {
    const gone = await startRelay();
    await gone.close();
    const mail = await post();
    await sendDue(portsFor(gone.port, { timeoutMs: 5000 }));
    const waiting = await now(mail);
    assert.equal(waiting.sentAtMs, undefined);
    assert.match(waiting.lastError ?? '', /ECONNREFUSED/);
    service.pass(MINUTE_MS);
    await sendDue(portsFor(relay.port));
    assert.ok((await now(mail)).sentAtMs);
    assert.equal(relay.received.length, 1);
  });

  it('is not taken by a second sender while a slow server has it', async () => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    let answer = (): void => assert.fail('nobody asked');
    const slow = await startRelay({
      onRcptTo(_address, _session, callback) {
        answer = () => callback();
        isAsked();
      },
    });
    await post();
    const first = sendDue(portsFor(slow.port));
    await asked;
    assert.equal(await sendDue(portsFor(slow.port)), 0);
    answer();
    await first;
    assert.equal(slow.received.length, 1);
    await slow.close();
  });

  it('of a server that never answers ends in time and is tried again', async () => {
    const silent = await startRelay({ onConnect: () => undefined });
    const mail = await post();
    await sendDue(portsFor(silent.port, { timeoutMs: 200 }));
    const waiting = await now(mail);
    assert.match(waiting.lastError ?? '', /imeout|never received/);
    assert.ok(waiting.nextAttemptAtMs);
    await silent.close();
  });

  it('proves who sends it, and keeps the password to itself', async () => {
    const logins: string[] = [];
    const closed = await startRelay({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth(auth, _session, callback) {
        logins.push(`${auth.username ?? ''} ${auth.password ?? ''}`);
        if (auth.password === 'right') callback(null, { user: 1 });
        else callback(new Error('Invalid credentials'));
      },
    });
    const mail = await post();
    for (const password of ['wrong', 'right']) {
      const transport = createSmtpTransport({
        from: 'no-reply@crm.test',
        host: '127.0.0.1',
        port: closed.port,
        secure: false,
        user: 'relay',
        password,
      });
      opened.push(transport);
      await sendDue({ domain: service.domain, transport, keepBody: false, log: silentLog });
      const { lastError, nextAttemptAtMs } = await now(mail);
      if (password === 'right') break;
      assert.doesNotMatch(lastError ?? '', /wrong/);
      assert.ok(nextAttemptAtMs, 'our own mistake can be put right');
      service.pass(nextAttemptAtMs - service.domain.now());
    }
    assert.ok((await now(mail)).sentAtMs);
    assert.deepEqual([...new Set(logins)], ['relay wrong', 'relay right']);
    await closed.close();
  });

  it('carries no header that a name could smuggle in', async () => {
    await post('ari@crm.test', 'Join \r\nBcc: evil@x.test\u202e team');
    await sendDue(portsFor(relay.port));
    const [one] = relay.received;
    assert.equal(one?.to, 'ari@crm.test');
    assert.doesNotMatch(one?.raw ?? '', /^Bcc:/m);
  });

  it('under way is finished by a graceful stop', async () => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    let answer = (): void => assert.fail('nobody asked');
    const slow = await startRelay({
      onRcptTo(_address, _session, callback) {
        answer = () => callback();
        isAsked();
      },
    });
    const mail = await post();
    const sender = startSender(portsFor(slow.port), 5);
    await asked;
    const stopped = sender.stop();
    answer();
    await stopped;
    assert.equal(slow.received.length, 1);
    assert.ok((await now(mail)).sentAtMs);
    await post();
    await slow.close();
  });
});
