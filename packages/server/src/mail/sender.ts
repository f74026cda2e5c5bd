// The sender: takes due mails from the outbox, one winner each, and hands them to the transport. Failures wait longer each
// time and are given up after a day.
import { bodyOf, type Mail } from '../domain/mail/mail.ts';
import type { Domain } from '../domain/domain.ts';
import type { Log } from '../telemetry/log.ts';
import type { Delivery, Transport } from './smtp.ts';

export type SenderPorts = {
  readonly domain: Pick<Domain, 'stores' | 'secrets' | 'settings' | 'now'>;
  readonly transport: Transport;
  /** The demo's page shows what was sent; else a mail's text is wiped once it is gone. */
  readonly keepBody: boolean;
  readonly log: Log;
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const EVERY_MS = SECOND_MS;
const AT_ONCE = 5;
const BATCH = 50;
/** While a mail is under way nobody else takes it. Much longer than a delivery may last. */
const LEASE_MS = 15 * MINUTE_MS;
const FIRST_WAIT_MS = MINUTE_MS;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE_MS;
/** A stop waits this long for what is under way. */
const STOP_MS = 10 * SECOND_MS;

const waitMs = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10));

/** When it is tried next, or undefined: then it is given up. `attempts` made before this one. */
const nextAttemptAtMs = (createdAtMs: number, attempts: number, nowMs: number): number | undefined => {
  const next = nowMs + waitMs(attempts);
  return next - createdAtMs < GIVE_UP_AFTER_MS ? next : undefined;
};

const deliver = async (ports: SenderPorts, mail: Mail): Promise<Delivery> => {
  const { domain, transport } = ports;
  const body = bodyOf(domain, mail);
  if (body === undefined)
    return { kind: 'refused', why: 'The text cannot be read: its key left the key file.' };
  const { hostname } = new URL(domain.settings.issuer);
  const messageId = `<${mail.id}.${mail.createdAtMs}@${hostname}>`;
  return transport.deliver({ messageId, to: mail.to, subject: mail.subject, ...body });
};

const sendOne = async (ports: SenderPorts, mail: Mail): Promise<void> => {
  const { domain, keepBody, log } = ports;
  const { mails } = domain.stores;
  if (!(await mails.take(mail.id, domain.now(), domain.now() + LEASE_MS))) return;
  const delivery = await deliver(ports, mail);
  const nowMs = domain.now();
  const fields = { mail: mail.id, purpose: mail.purpose, attempt: mail.attempts + 1 };
  if (delivery.kind === 'sent') {
    await mails.sent(mail.id, nowMs, keepBody);
    log.info('mail sent', fields);
    return;
  }
  const next =
    delivery.kind === 'refused' ? undefined : nextAttemptAtMs(mail.createdAtMs, mail.attempts, nowMs);
  await mails.failed(mail.id, nowMs, delivery.why, next);
  log.info(next === undefined ? 'mail given up' : 'mail delayed', { ...fields, why: delivery.why });
};

/** Tries everything that is due, a few at once. Answers how many mails it looked at. */
export const sendDue = async (
  ports: SenderPorts,
  isStopping: () => boolean = () => false,
): Promise<number> => {
  const { domain, log } = ports;
  const due = [...(await domain.stores.mails.due(domain.now(), BATCH))];
  const count = due.length;
  const worker = async (): Promise<void> => {
    for (let mail = due.shift(); mail !== undefined && !isStopping(); mail = due.shift()) {
      try {
        await sendOne(ports, mail);
      } catch (error) {
        // The database's trouble: the mail stays taken and comes back when its lease ends.
        log.error('mail not recorded', error, { mail: mail.id });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, worker));
  return count;
};

export type Sender = { readonly stop: () => Promise<void> };

/** Looks into the outbox every second until stopped; a stop lets what is under way finish. */
export const startSender = (ports: SenderPorts, everyMs: number = EVERY_MS): Sender => {
  let stopping = false;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const round = (): void => {
    running = sendDue(ports, () => stopping)
      .catch((error: unknown) => ports.log.error('outbox not read', error))
      .finally(() => {
        if (!stopping) timer = setTimeout(round, everyMs).unref();
      });
  };
  round();
  return {
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, STOP_MS);
      await Promise.race([running, late]);
      clearTimeout(limit);
      ports.transport.close();
    },
  };
};
