// What was mailed, as the demo's outbox shows it.
import { setTimeout as pause } from 'node:timers/promises';
import { issuer } from '../target.ts';
import { createPerson } from './person.ts';
import type { Page } from './person.ts';

export const OUTBOX = '/demo/mail';
/** Some mails are written by a task beside the request that caused them. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;

const reader = createPerson(issuer);

/** The newest mail whose subject is this. */
const findMail = async (subject: string): Promise<Page | undefined> => {
  const outbox = await reader.open(OUTBOX);
  const link = outbox.links.find(({ text, href }) => href.startsWith(`${OUTBOX}/`) && text === subject);
  return link && reader.open(link.href);
};

/** Waits for it; `to` is the only address that it may have gone to. */
export const mailOf = async (subject: string, to: string): Promise<string> => {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const mail = await findMail(subject);
    if (mail?.text.includes(to) === true) return mail.text;
    if (mail !== undefined) throw new Error(`“${subject}” went to somebody else: ${mail.text.slice(0, 300)}`);
    if (Date.now() > until) throw new Error(`no mail “${subject}” in the outbox`);
    await pause(LOOK_EVERY_MS);
  }
};

export const wasMailed = async (subject: string): Promise<boolean> => (await findMail(subject)) !== undefined;

/** The six digits of the newest mail to the address. */
export const mailedCode = async (to: string): Promise<string> => {
  const outbox = await reader.open(OUTBOX);
  const at = outbox.reply.text.indexOf(to);
  const link = outbox.links.findLast((one) => one.at < at && one.href.startsWith(`${OUTBOX}/`));
  const code = link && /\b\d{6}\b/.exec((await reader.open(link.href)).text)?.[0];
  if (at < 0 || code === undefined) throw new Error(`no code was mailed to ${to}`);
  return code;
};
