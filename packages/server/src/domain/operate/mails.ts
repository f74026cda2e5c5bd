// The outbox as operators see it: who was written to, about what, and how it went. Never what a mail says [security 32].
import * as v from 'valibot';
import { instant, instantOf, instantOrNull, pageAnswer, pageInput } from '../answers.ts';
import type { Mail } from '../mail/mail.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { pageOfPart } from './pages.ts';
import { byOperator } from './rules.ts';

export type MailStatus = 'waiting' | 'sent' | 'failed';

export const mailStatus = (mail: Mail): MailStatus => {
  if (mail.sentAtMs !== undefined) return 'sent';
  return mail.failedAtMs === undefined ? 'waiting' : 'failed';
};

export const canRetry = (mail: Mail): boolean => mailStatus(mail) === 'failed' && mail.body !== undefined;

const numberText = v.pipe(v.string(), v.maxLength(15));
const numberOf = (text: string): number | undefined =>
  /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;

export const operateMails = operation({
  id: 'operate.mails',
  summary: 'List mails in the outbox, without what they say',
  http: ['GET', '/api/operate/mails'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject(pageInput),
  output: pageAnswer(
    v.object({
      id: v.string(),
      to: v.string(),
      subject: v.string(),
      purpose: v.string(),
      status: v.picklist(['waiting', 'sent', 'failed']),
      attempts: v.number(),
      lastError: v.nullable(v.string()),
      createdAt: instant,
      nextAttemptAt: v.nullable(instant),
      sentAt: v.nullable(instant),
      canRetry: v.boolean(),
    }),
  ),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain }, { limit, after }) {
    const before = numberOf(after);
    if (after !== '' && before === undefined) return refuseField('after', 'malformed');
    const found = await domain.stores.mails.list(before, limit + 1);
    return done(pageOfPart(found, limit, ({ id }) => String(id)));
  },
  answer: ({ items, next }) => ({
    items: items.map((mail) => ({
      id: String(mail.id),
      to: mail.to,
      subject: mail.subject,
      purpose: mail.purpose,
      status: mailStatus(mail),
      attempts: mail.attempts,
      lastError: mail.lastError ?? null,
      createdAt: instantOf(mail.createdAtMs),
      nextAttemptAt: instantOrNull(mail.nextAttemptAtMs),
      sentAt: instantOrNull(mail.sentAtMs),
      canRetry: canRetry(mail),
    })),
    next,
  }),
});

export const retryMail = operation({
  id: 'operate.retry-mail',
  summary: 'Try again to send a mail that was given up',
  http: ['POST', '/api/operate/mails/{mail}/retry'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ mail: numberText }),
  output: v.object({ mail: v.string(), waiting: v.literal(true) }),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: { 'not-given-up': 409 },
  async run({ domain, trace }, { mail }) {
    const id = numberOf(mail);
    const retried = id !== undefined && (await domain.stores.mails.retry(id, trace()));
    return retried ? done({ mail, waiting: true as const }) : refuse('not-given-up');
  },
});
