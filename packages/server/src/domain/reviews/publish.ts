// Publishing an edit, by the vendor or at once with its approval: the same step, so that nothing is forgotten in one of them.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import type { NewMail } from '../mail/mail.ts';
import { tellContact, tellOfRedirects } from './letters.ts';
import { published, type Proposal } from './proposal.ts';
import type { Move } from './store.ts';
import type { Submission } from './submission.ts';

export type Publishing = {
  readonly nextApp: App;
  readonly notice?: NonNullable<Move['notice']>;
  readonly mails: readonly NewMail[];
};

const once = (mails: readonly NewMail[]): readonly NewMail[] => [
  ...new Map(mails.map((mail) => [`${mail.purpose} ${mail.to.toLowerCase()}`, mail])).values(),
];

export const publishing = async (
  domain: Domain,
  app: App,
  submission: Submission,
  proposal: Proposal,
): Promise<Publishing> => {
  const nextApp = published(app, submission, proposal);
  const { breaking } = proposal.diff;
  // A contact that the edit replaces hears of it as well as the new one.
  const mails = once([
    ...(await tellContact(domain, app, 'edit-published', { breaking })),
    ...(await tellContact(domain, nextApp, 'edit-published', { breaking })),
    ...(await tellOfRedirects(domain, app, nextApp)),
  ]);
  return { nextApp, mails, ...(breaking ? { notice: { id: await domain.stores.nextId() } } : {}) };
};
