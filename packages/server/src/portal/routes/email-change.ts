// `/settings/profile/email`: a new e-mail address, proven by the code that is mailed to it.
import { perform } from '../../domain/operation.ts';
import { askEmailChange, changeEmail } from '../../domain/users/change-email.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { emailChangePage, type EmailChangeView } from '../email/change.ts';
import { codePage, type CodeView } from '../sign-up/code.ts';
import { fieldText } from '../words/fields.ts';
import { codeWords, emailChangeWords as text, signUpWords } from '../words/sign-up.ts';
import { normal, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { problem } from './problems.ts';
import { refusal, refusalText, secondsOf } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const PROFILE = '/settings/profile';
const CHANGE = `${PROFILE}/email`;
const VERIFY = `${CHANGE}/verify`;

const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });

const show = (
  page: PersonPage,
  given: Pick<EmailChangeView, 'email' | 'problem'> = {},
  status = 200,
): PageAnswer =>
  isFresh(page.domain, page.signedIn.session)
    ? normal(
        emailChangePage({
          frame: page.frame,
          form: page.target(CHANGE, askEmailChange.id),
          present: page.signedIn.user.email,
          profileUrl: PROFILE,
          ...given,
        }),
        status,
      )
    : toStepUp(page);

const ask = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const email = form.get('email') ?? '';
  const result = await perform(page.domain, askEmailChange, by(page), { email });
  if (result.ok) return seeOther(`${VERIFY}?flow=${result.value.flow}`);
  if ('problems' in result) {
    const code = result.problems[0]?.code ?? 'email-malformed';
    return show(page, { email, problem: { text: fieldText(code), atField: true } }, 400);
  }
  if (result.reason === 'throttled') {
    const refused = { text: signUpWords.throttled(secondsOf(result)), atField: false };
    return show(page, { email, problem: refused }, 429);
  }
  if (result.reason !== 'same') return refusal(page, askEmailChange.id, result, CHANGE);
  const same = refusalText(askEmailChange.id, 'same') ?? '';
  return show(page, { email, problem: { text: same, atField: true } }, 409);
};

const showCode = (page: PersonPage, flow: string, given?: CodeView['problem'], status = 200): PageAnswer =>
  normal(
    codePage({
      frame: page.frame,
      title: text.verifyTitle,
      lead: text.verifyLead,
      form: page.target(VERIFY, changeEmail.id, { flow }),
      verify: text.verify,
      startOver: { label: codeWords.startOver, url: CHANGE },
      ...(given === undefined ? {} : { problem: given }),
    }),
    status,
  );

const verify = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const flow = form.get('flow') ?? '';
  const result = await perform(page.domain, changeEmail, by(page), { flow, code: form.get('code') ?? '' });
  if (result.ok) return seeOther(PROFILE, 'email-changed');
  if ('problems' in result)
    return showCode(page, flow, { text: fieldText('code-malformed'), atField: true }, 400);
  if (result.reason === 'wrong-code') {
    const left = result.detail?.['left'] ?? 0;
    return showCode(page, flow, { text: codeWords.wrong(left), atField: true }, 403);
  }
  if (result.reason === 'email-taken') return refusal(page, changeEmail.id, result, CHANGE);
  const action = { label: text.over.action, url: CHANGE };
  return problem(page, result.reason === 'too-many-tries' ? 429 : 410, text.over, { action });
};

export const emailChangeRoutes: readonly Route[] = [
  personRoute({
    path: CHANGE,
    get: (page) => show(page),
    post: { fields: ['email'], flow: () => askEmailChange.id, handle: ask },
  }),
  personRoute({
    path: VERIFY,
    get: (page) => showCode(page, page.search('flow') ?? ''),
    post: { fields: ['code', 'flow'], flow: () => changeEmail.id, handle: verify },
  }),
];
