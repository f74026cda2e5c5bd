// The outbox's row: apart from its store, because every traced write may put mails into it (record.ts).
import type { Mail } from '../domain/mail/mail.ts';
import { defineTable } from './table.ts';

export const mailsTable = defineTable<Mail>('mails', {
  id: 'id',
  to: 'recipient',
  subject: 'subject',
  purpose: 'purpose',
  body: 'body',
  createdAtMs: 'created_at',
  attempts: 'attempts',
  nextAttemptAtMs: 'next_attempt_at',
  sentAtMs: 'sent_at',
  failedAtMs: 'failed_at',
  lastError: 'last_error',
});

export const insertMail = mailsTable.insert();
