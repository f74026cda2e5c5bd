// The difference between two configurations of an app, field by field and permission by permission. Pure.
import type { Content } from './submission.ts';

const TEXT_FIELDS = [
  'name',
  'website',
  'description',
  'logoHash',
  'contactName',
  'contactEmail',
  'contactPhone',
] as const;

export type TextField = (typeof TEXT_FIELDS)[number];
export type TextChange = { readonly field: TextField; readonly now: string; readonly proposed: string };
export type ListChange = {
  readonly kept: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

export type Diff = {
  readonly texts: readonly TextChange[];
  /** `moved`: the same addresses in another order; the first one heads the consent link. */
  readonly redirectUris: ListChange & { readonly moved: boolean };
  readonly permissions: ListChange;
  /** A permission is added: publishing makes everybody authorize again (protocol.md 13). */
  readonly breaking: boolean;
  readonly empty: boolean;
};

const listChange = (now: readonly string[], proposed: readonly string[]): ListChange => {
  const before = new Set(now);
  const after = new Set(proposed);
  return {
    kept: now.filter((one) => after.has(one)),
    added: proposed.filter((one) => !before.has(one)),
    removed: now.filter((one) => !after.has(one)),
  };
};

const touches = ({ added, removed }: ListChange): boolean => added.length > 0 || removed.length > 0;

export const diff = (now: Content, proposed: Content): Diff => {
  const texts = TEXT_FIELDS.map((field) => ({
    field,
    now: now[field] ?? '',
    proposed: proposed[field] ?? '',
  })).filter((change) => change.now !== change.proposed);
  const addresses = listChange(now.redirectUris, proposed.redirectUris);
  const moved =
    !touches(addresses) && now.redirectUris.some((one, index) => one !== proposed.redirectUris[index]);
  const permissions = listChange(now.permissions, proposed.permissions);
  return {
    texts,
    redirectUris: { ...addresses, moved },
    permissions,
    breaking: permissions.added.length > 0,
    empty: texts.length === 0 && !moved && !touches(addresses) && !touches(permissions),
  };
};
