// What was mailed, as its reader has it: for tests that go on with a code or a link.
import type { Domain } from '../domain/domain.ts';
import { bodyOf } from '../domain/mail/mail.ts';

export type ReadMail = {
  readonly to: string;
  readonly subject: string;
  readonly purpose: string;
  readonly text: string;
  readonly html: string;
};

/** Newest first. */
export const mailsTo = async (domain: Domain, to: string): Promise<readonly ReadMail[]> => {
  const mails = await domain.stores.mails.list(undefined, 200);
  return mails
    .filter((mail) => mail.to === to)
    .map((mail) => {
      const { text = '', html = '' } = bodyOf(domain, mail) ?? {};
      return { to: mail.to, subject: mail.subject, purpose: mail.purpose, text, html };
    });
};

export const lastMailTo = async (domain: Domain, to: string): Promise<ReadMail> => {
  const [mail] = await mailsTo(domain, to);
  if (mail === undefined) throw new Error(`nothing was mailed to ${to}`);
  return mail;
};

export const codeIn = ({ text }: ReadMail): string => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? '';
/** The path of the first link of ours. */
export const linkIn = ({ text }: ReadMail): string => /^https?:\/\/[^/\s]+(\/\S+)$/m.exec(text)?.[1] ?? '';
