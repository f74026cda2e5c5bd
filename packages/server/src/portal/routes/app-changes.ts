// `/developer/apps/{id}/edit/changes` and the three ways an update ends: cancelled, discarded, published.
import type { App } from '../../domain/apps/app.ts';
import { cancelEdit, discardEdit } from '../../domain/apps/end-edit.ts';
import { publishEdit } from '../../domain/apps/publish-edit.ts';
import { submitEdit } from '../../domain/apps/submit-edit.ts';
import { perform } from '../../domain/operation.ts';
import { lackOfEdit } from '../../domain/reviews/checklist.ts';
import { proposalOf } from '../../domain/reviews/proposal.ts';
import { can, isOpenToChange } from '../../domain/reviews/standing.ts';
import type { PublishWhen, Submission } from '../../domain/reviews/submission.ts';
import { PAGE_WAIT_MS } from '../../domain/websites/website.ts';
import type { PageForm } from '../../http/forms.ts';
import { changesPage, endEditPage, type ChangesView, type EndEditView } from '../developer/changes.ts';
import { editWords, websiteWords } from '../words/review.ts';
import { ANSWER_FIELDS, splitProblems, typedAnswers, typedLines } from './answers.ts';
import { addressOf, by, headOf, ofTeam, placesOf } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, notFound } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { shownDiff } from './shown-permissions.ts';

type Edit = { readonly app: App; readonly open: Submission };
type EditPage = (page: PersonPage, edit: Edit) => PageAnswer | Promise<PageAnswer>;

const ofEdit = (show: EditPage) =>
  ofTeam(async (page, app) => {
    const open = await page.domain.stores.reviews.openOf(app.id);
    if (app.status !== 'production') return notFound(page);
    return open === undefined ? seeOther(`${addressOf(app)}/review`) : show(page, { app, open });
  });

const submitFlow = (page: PersonPage, version: string): string =>
  `apps.submit-edit ${page.part('app')} ${version}`;

const signedInTo = (page: PersonPage, app: App): Promise<number> =>
  page.domain.stores.reviews.countSignedIn(app.id, app.epoch, page.nowMs);

const lacksOf = async (
  page: PersonPage,
  { app, open }: Edit,
  permissionCount: number,
): Promise<NonNullable<ChangesView['lacks']>> => {
  const { checks, look } = await lackOfEdit(page.domain, app, open, permissionCount, PAGE_WAIT_MS);
  const urls = placesOf(app, `${addressOf(app)}/edit`);
  const cause = look === undefined ? undefined : websiteWords[look.answer.kind]?.(look);
  return checks.map((check) => ({
    check,
    url: urls[check],
    ...(check === 'website' && cause !== undefined ? { cause } : {}),
  }));
};

const show = async (
  page: PersonPage,
  { app, open }: Edit,
  given: Partial<ChangesView> = {},
  status = 200,
): Promise<PageAnswer> => {
  const { diff, proposed } = await proposalOf(page.domain, app, open);
  const version = String(open.version);
  const url = `${addressOf(app)}/edit`;
  const isOpen = isOpenToChange(app, open);
  return normal(
    changesPage({
      frame: page.frame,
      app: await headOf(page, app),
      diff: shownDiff(page, diff),
      connections: await signedInTo(page, app),
      editUrl: url,
      given: open,
      isResubmission: can(app, open, 'resubmit-edit'),
      ...(isOpen
        ? {
            form: page.target(`${url}/changes`, submitFlow(page, version), { version }),
            lacks: await lacksOf(page, { app, open }, proposed.permissions.length),
          }
        : {}),
      ...given,
    }),
    status,
  );
};

const publishOf = (given: string | undefined): PublishWhen | undefined =>
  given === 'at-once' || given === 'by-hand' ? given : undefined;

const WORDS: Readonly<Record<string, readonly [field: 'note' | 'publish' | 'told', text: string]>> = {
  note: ['note', editWords.noteTooLong],
  publish: ['publish', editWords.publishMissing],
  acknowledged: ['told', editWords.toldMissing],
};

const submit = async (page: PersonPage, edit: Edit, form: PageForm): Promise<PageAnswer> => {
  const answers = typedAnswers(form);
  const note = typedLines(form, 'note');
  const publish = publishOf(form.get('publish'));
  const told = form.get('told') === 'yes';
  const result = await perform(page.domain, submitEdit, by(page), {
    app: edit.app.publicId,
    version: Number(form.get('version')),
    note,
    publish: form.get('publish'),
    acknowledged: told,
    ...answers,
  });
  if (result.ok) return seeOther(`${addressOf(edit.app)}/review`, 'edit-submitted');
  const typed = { given: { ...answers, note, publish: publish ?? edit.open.publish }, told };
  if ('problems' in result) {
    const { answers: answerProblems, others } = splitProblems(result.problems);
    const problems: Partial<Record<'note' | 'publish' | 'told', string>> = {};
    for (const { field } of others) {
      const words = WORDS[field];
      if (words === undefined) return badValue(page, field);
      problems[words[0]] = words[1];
    }
    return show(page, edit, { ...typed, answerProblems, problems }, 400);
  }
  if (result.reason === 'not-found' || result.reason === 'step-up-needed')
    return refusal(page, submitEdit.id, result, addressOf(edit.app));
  const refused = refusalText(submitEdit.id, result.reason) ?? '';
  return show(page, edit, { ...typed, refused }, refusalStatus(submitEdit.id, result.reason));
};

type End = EndEditView['what'];

const mayEnd = (what: End, { app, open }: Edit): boolean => {
  if (what === 'publish') return can(app, open, 'publish-edit');
  if (what === 'cancel') return can(app, open, 'cancel-edit');
  return open.status === 'draft' || can(app, open, 'discard-edit');
};

const endFlow = (what: End, page: PersonPage, version: string): string =>
  `apps.${what}-edit ${page.part('app')} ${version}`;

const askEnd =
  (what: End): EditPage =>
  async (page, edit) => {
    const { app, open } = edit;
    if (!mayEnd(what, edit)) return seeOther(`${addressOf(app)}/review`);
    const { diff } = await proposalOf(page.domain, app, open);
    const version = String(open.version);
    return normal(
      endEditPage({
        frame: page.frame,
        appName: app.name,
        what,
        form: page.target(`${addressOf(app)}/edit/${what}`, endFlow(what, page, version), { version }),
        keepUrl: `${addressOf(app)}/review`,
        ...(what === 'publish' && diff.breaking
          ? {
              breaking: {
                added: diff.permissions.added.length,
                connections: await signedInTo(page, app),
              },
            }
          : {}),
      }),
    );
  };

const end = async (what: End, page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const app = page.part('app');
  const back = `/developer/apps/${app}/review`;
  if (what === 'publish') {
    const input = { app, version: Number(form.get('version')) };
    const result = await perform(page.domain, publishEdit, by(page), input);
    return result.ok ? seeOther(back, 'edit-published') : refusal(page, publishEdit.id, result, back);
  }
  if (what === 'cancel') {
    const result = await perform(page.domain, cancelEdit, by(page), { app });
    return result.ok ? seeOther(back, 'edit-cancelled') : refusal(page, cancelEdit.id, result, back);
  }
  const result = await perform(page.domain, discardEdit, by(page), { app });
  return result.ok ? seeOther(back, 'edit-discarded') : refusal(page, discardEdit.id, result, back);
};

const ROOT = '/developer/apps/:app/edit';

const endRoute = (what: End): Route =>
  vendorRoute({
    path: `${ROOT}/${what}`,
    get: ofEdit(askEnd(what)),
    post: {
      fields: ['version'],
      flow: (page, form) => endFlow(what, page, form.get('version') ?? ''),
      handle: (page, form) => end(what, page, form),
    },
  });

export const changesRoutes: readonly Route[] = [
  vendorRoute({
    path: `${ROOT}/changes`,
    get: ofEdit((page, edit) => show(page, edit)),
    post: {
      fields: ['version', 'note', 'publish', 'told', ...ANSWER_FIELDS],
      flow: (page, form) => submitFlow(page, form.get('version') ?? ''),
      handle: (page, form) => ofEdit((at, edit) => submit(at, edit, form))(page),
    },
  }),
  endRoute('cancel'),
  endRoute('discard'),
  endRoute('publish'),
];
