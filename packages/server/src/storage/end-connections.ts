// Ends the connections of people who may use an app in development no longer, with all that could still bring tokens.
import type { Statement } from './engine.ts';
import type { EndedRows } from './record.ts';

/** Of the rows under an alias with `user_id` and `app_id`, which are meant; its placeholders are in `values`. */
export type Meant = {
  readonly condition: (alias: string) => string;
  readonly values: Readonly<Record<string, number>>;
};

const notATester = (appId: string, userId: string): string =>
  `not exists (select 1 from app_testers t where t.app_id = ${appId} and t.user_id = ${userId})`;

/** Former testers of one app, unless it is open to everybody or they are on its team. */
export const ofFormerTester = (appId: number, userId: number): Meant => ({
  condition: (row) => `${row}.user_id = :userId and ${row}.app_id = (
    select a.id from apps a where a.id = :appId and a.status <> 'production' and not exists (
      select 1 from vendor_members v where v.user_id = :userId and v.vendor_id = a.vendor_id))`,
  values: { appId, userId },
});

/** Somebody who left a vendor's team, with its apps in development. */
export const ofFormerTeamMember = (vendorId: number, userId: number): Meant => ({
  condition: (row) => `${row}.user_id = :userId and ${row}.app_id in (
    select a.id from apps a where a.vendor_id = :vendorId and a.status <> 'production'
      and ${notATester('a.id', ':userId')})`,
  values: { vendorId, userId },
});

/** Everybody of a team that gave its app in development to another. */
export const ofFormerTeam = (appId: number, vendorId: number): Meant => ({
  condition: (row) => `${row}.app_id = :appId and ${row}.user_id in (
    select v.user_id from vendor_members v where v.vendor_id = :vendorId)
    and ${notATester(`${row}.app_id`, `${row}.user_id`)}
    and exists (select 1 from apps a where a.id = ${row}.app_id and a.status <> 'production')`,
  values: { appId, vendorId },
});

/** In lock order: connections, grants, codes, device requests. */
const texts = (condition: Meant['condition']): readonly string[] => [
  `update connections set ended_at = :at where ended_at is null and ${condition('connections')}`,
  `update grants set ended_at = :at where ended_at is null
   and connection_id in (select c.id from connections c where c.ended_at = :at and ${condition('c')})`,
  `update codes set burnt_at = :at where redeemed_at is null and burnt_at is null and ${condition('codes')}`,
  `update device_requests set denied_at = :at where claimed_at is null and denied_at is null
   and connection_id in (select c.id from connections c where c.ended_at = :at and ${condition('c')})`,
];

export const endConnections = (
  meant: Meant,
  atMs: number,
): { readonly writes: readonly Statement[]; readonly endedRows: readonly EndedRows[] } => ({
  writes: texts(meant.condition).map((sql) => ({ sql, values: { ...meant.values, at: atMs } })),
  endedRows: [
    {
      kind: 'connection',
      from: `connections r where r.ended_at = :at and ${meant.condition('r')}`,
      values: meant.values,
    },
  ],
});
