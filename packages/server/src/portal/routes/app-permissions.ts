// `/developer/apps/{id}/permissions`: at once in development; in production the choice becomes an update.
import type { App } from '../../domain/apps/app.ts';
import { setEditPermissions } from '../../domain/apps/save-edit.ts';
import { setPermissions } from '../../domain/apps/set-permissions.ts';
import { perform } from '../../domain/operation.ts';
import { isOpenToChange } from '../../domain/reviews/standing.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import type { PageForm } from '../../http/forms.ts';
import { appPermissionsPage } from '../developer/permissions.ts';
import { addressOf, by, headOf, ofTeam } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { gonePermission } from './shown-permissions.ts';

const flowOf = (page: PersonPage, version: string): string =>
  `apps.set-permissions ${page.part('app')} ${version}`;

/** Of the app itself, or of its update, which may not exist yet. */
const versionOf = (app: App, open: Submission | undefined): number =>
  app.status === 'production' ? (open?.version ?? 0) : app.version;

const show = async (
  page: PersonPage,
  app: App,
  given: { readonly refused?: string } = {},
  status = 200,
): Promise<PageAnswer> => {
  const open = await page.domain.stores.reviews.openOf(app.id);
  const shown = app.status === 'production' && open?.kind === 'edit' ? open : app;
  const set = await page.domain.stores.permissionSets.find(shown.permissionSetId);
  const chosen = new Set(set?.permissions);
  const known = new Set(page.domain.permissions.map(({ id }) => id));
  const version = String(versionOf(app, open));
  const form = page.target(`${addressOf(app)}/permissions`, flowOf(page, version), { version });
  return normal(
    appPermissionsPage({
      frame: page.frame,
      app: await headOf(page, app),
      ...(isOpenToChange(app, open) ? { form } : {}),
      permissions: [
        ...page.domain.permissions.map((one) => ({ ...one, chosen: chosen.has(one.id) })),
        ...[...chosen]
          .filter((id) => !known.has(id))
          .map((id) => ({ ...gonePermission(id), chosen: true, gone: true })),
      ],
      ...given,
    }),
    status,
  );
};

const choose = async (page: PersonPage, app: App, form: PageForm): Promise<PageAnswer> => {
  const known = new Set(page.domain.permissions.map(({ id }) => id));
  // What is gone from the API is dropped with the next save.
  const permissions = form.list('permission').filter((id) => known.has(id));
  const input = { app: app.publicId, version: Number(form.get('version')), permissions };
  const isLive = app.status === 'production';
  const op = isLive ? setEditPermissions : setPermissions;
  const result = isLive
    ? await perform(page.domain, setEditPermissions, by(page), input)
    : await perform(page.domain, setPermissions, by(page), input);
  if (result.ok)
    return isLive
      ? seeOther(`${addressOf(app)}/edit`, 'edit-saved')
      : seeOther(`${addressOf(app)}/permissions`, 'permissions-saved');
  if ('problems' in result || result.reason !== 'changed')
    return refusal(page, op.id, result, `${addressOf(app)}/permissions`);
  const refused = refusalText(op.id, result.reason) ?? '';
  return ofTeam((at, current) => show(at, current, { refused }, refusalStatus(op.id, 'changed')))(page);
};

export const appPermissionRoutes: readonly Route[] = [
  vendorRoute({
    path: '/developer/apps/:app/permissions',
    get: ofTeam((page, app) => show(page, app)),
    post: {
      fields: ['version'],
      lists: ['permission'],
      flow: (page, form) => flowOf(page, form.get('version') ?? ''),
      handle: (page, form) => ofTeam((at, app) => choose(at, app, form))(page),
    },
  }),
];
