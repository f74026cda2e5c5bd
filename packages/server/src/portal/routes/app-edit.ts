// `/developer/apps/{id}/edit`: an update of a production app, from its draft to Publish.
import type { App } from '../../domain/apps/app.ts';
import { saveEdit } from '../../domain/apps/save-edit.ts';
import { perform } from '../../domain/operation.ts';
import { proposalOf } from '../../domain/reviews/proposal.ts';
import { isOpenToChange } from '../../domain/reviews/standing.ts';
import { submissionOf } from '../../domain/reviews/new-submission.ts';
import { fieldsOf, type Submission } from '../../domain/reviews/submission.ts';
import type { PageForm } from '../../http/forms.ts';
import type { AppForm } from '../developer/app-form.ts';
import { appEditPage } from '../developer/edit.ts';
import { changesRoutes } from './app-changes.ts';
import { APP_FORM, problemsAtFields, readApp, withAnotherAddress } from './app-form.ts';
import { addressOf, by, headOf, ofTeam, type AppPage } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, notFound } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';

const flowOf = (page: PersonPage, version: string): string => `apps.save-edit ${page.part('app')} ${version}`;

/** Only what is in production has updates. */
const ofLiveApp = (show: AppPage) =>
  ofTeam((page, app) => (app.status === 'production' ? show(page, app) : notFound(page)));

const declinedOf = (open: Submission | undefined) =>
  open?.status === 'declined'
    ? { declined: { atMs: open.decidedAtMs ?? open.changedAtMs, reason: open.reason } }
    : {};

const show = async (
  page: PersonPage,
  app: App,
  given: Partial<AppForm> = {},
  status = 200,
): Promise<PageAnswer> => {
  const open = await page.domain.stores.reviews.openOf(app.id);
  const edit = open ?? (await submissionOf(page.domain, app, 'edit'));
  const { diff, proposed } = await proposalOf(page.domain, app, edit);
  const version = String(open?.version ?? 0);
  const url = `${addressOf(app)}/edit`;
  return normal(
    appEditPage({
      frame: page.frame,
      app: await headOf(page, app),
      values: fieldsOf(edit),
      takesLogo: true,
      ...given,
      ...(isOpenToChange(app, open) ? { form: page.target(url, flowOf(page, version), { version }) } : {}),
      approved: open?.status === 'approved',
      permissions: {
        chosen: proposed.permissions.length,
        added: diff.permissions.added.length,
        removed: diff.permissions.removed.length,
      },
      changesUrl: `${url}/changes`,
      ...declinedOf(open),
    }),
    status,
  );
};

const save = async (page: PersonPage, app: App, form: PageForm): Promise<PageAnswer> => {
  const { typed: values, logoProblem } = await readApp(page, form);
  if (logoProblem !== undefined) return show(page, app, { values, problems: { logo: logoProblem } }, 400);
  const intent = form.get('intent');
  if (intent === 'add-address')
    return show(page, app, { values: withAnotherAddress(values), addressAdded: true });
  const input = { app: app.publicId, version: Number(form.get('version')), ...values };
  const result = await perform(page.domain, saveEdit, by(page), input);
  const url = `${addressOf(app)}/edit`;
  if (result.ok) return intent === 'review' ? seeOther(`${url}/changes`) : seeOther(url, 'edit-saved');
  if ('problems' in result) {
    const problems = problemsAtFields(result.problems);
    return problems === undefined
      ? badValue(page, result.problems[0]?.field ?? '')
      : show(page, app, { values, ...problems }, 400);
  }
  if (result.reason !== 'changed') return refusal(page, saveEdit.id, result, url);
  const refused = refusalText(saveEdit.id, result.reason) ?? '';
  return show(page, app, { values, refused }, refusalStatus(saveEdit.id, result.reason));
};

export const appEditRoutes: readonly Route[] = [
  vendorRoute({
    path: '/developer/apps/:app/edit',
    get: ofLiveApp((page, app) => show(page, app)),
    post: {
      fields: [...APP_FORM.fields, 'version'],
      lists: APP_FORM.lists,
      upload: APP_FORM.upload,
      flow: (page, form) => flowOf(page, form.get('version') ?? ''),
      handle: (page, form) => ofLiveApp((at, app) => save(at, app, form))(page),
    },
  }),
  ...changesRoutes,
];
