// Ids of permissions as people read them, those that the API's document no longer has included.
import type { Diff } from '../../domain/reviews/diff.ts';
import type { Permission } from '../../domain/permissions/permission.ts';
import type { ShownDiff } from '../parts/diff.ts';
import type { Page } from './page.ts';

/** All that is left of it is its id. */
export const gonePermission = (id: string): Permission => ({
  id,
  group: 'gone',
  groupTitle: id,
  method: '',
  path: '',
  sentence: id,
  sensitivity: 'reads',
  deprecated: false,
});

export const shownPermissions = (
  { domain }: Pick<Page, 'domain'>,
  ids: readonly string[],
): readonly Permission[] => {
  const byId = new Map(domain.permissions.map((one) => [one.id, one]));
  return ids.map((id) => byId.get(id) ?? gonePermission(id));
};

export const shownDiff = (page: Pick<Page, 'domain'>, given: Diff): ShownDiff => ({
  ...given,
  permissions: {
    added: shownPermissions(page, given.permissions.added),
    removed: shownPermissions(page, given.permissions.removed),
    kept: given.permissions.kept.length,
  },
});
