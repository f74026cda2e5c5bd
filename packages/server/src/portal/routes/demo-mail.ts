// `/demo/mail`, only in the demo: mails are locked at rest and opened here for whoever sits at this computer.
import { bodyOf, type Mail } from '../../domain/mail/mail.ts';
import { demoMailPage, oneMailPage, type ShownMail } from '../demo/mail.ts';
import { trustedMarkup } from '../html.ts';
import { DEMO_MAIL_URL } from '../parts/demo-mail.ts';
import { normal, openRoute, type Page, type PageAnswer, type Route } from './page.ts';
import { notFound } from './problems.ts';

const PER_PAGE = 50;

const shownMail = (mail: Mail): ShownMail => ({
  url: `${DEMO_MAIL_URL}/${mail.id}`,
  to: mail.to,
  subject: mail.subject,
  atMs: mail.createdAtMs,
});

const idOf = (given: string | undefined): number | undefined =>
  given !== undefined && /^[1-9]\d{0,15}$/.test(given) && Number.isSafeInteger(Number(given))
    ? Number(given)
    : undefined;

const list = async (page: Page): Promise<PageAnswer> => {
  const before = idOf(page.search('before'));
  const mails = await page.domain.stores.mails.list(before, PER_PAGE);
  const last = mails.at(-1);
  return normal(
    demoMailPage({
      frame: page.frame,
      mails: mails.map(shownMail),
      isSent: mails.some(({ sentAtMs }) => sentAtMs !== undefined),
      ...(before === undefined ? {} : { firstUrl: DEMO_MAIL_URL }),
      ...(last === undefined || mails.length < PER_PAGE
        ? {}
        : { nextUrl: `${DEMO_MAIL_URL}?before=${last.id}` }),
    }),
  );
};

const mailAt = async (page: Page): Promise<Mail | undefined> => {
  const id = idOf(page.part('mail'));
  return id === undefined ? undefined : page.domain.stores.mails.find(id);
};

const one = async (page: Page): Promise<PageAnswer> => {
  const mail = await mailAt(page);
  if (mail === undefined) return notFound(page);
  const body = bodyOf(page.domain, mail);
  return normal(
    oneMailPage({
      frame: page.frame,
      mail: shownMail(mail),
      htmlUrl: `${DEMO_MAIL_URL}/${mail.id}/html`,
      ...(body === undefined ? {} : { text: body.text }),
    }),
  );
};

/** As a mail program shows it: nothing runs, nothing is loaded, and it is no page of ours. */
const asHtml = async (page: Page): Promise<PageAnswer> => {
  const mail = await mailAt(page);
  const body = mail === undefined ? undefined : bodyOf(page.domain, mail);
  if (body === undefined) return notFound(page);
  return {
    ...normal(trustedMarkup(body.html)),
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups",
    },
  } as PageAnswer;
};

export const demoMailRoutes: readonly Route[] = [
  openRoute({ path: DEMO_MAIL_URL, get: list }),
  openRoute({ path: `${DEMO_MAIL_URL}/:mail`, get: one }),
  openRoute({ path: `${DEMO_MAIL_URL}/:mail/html`, get: asHtml }),
];
