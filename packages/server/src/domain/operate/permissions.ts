// The catalogue of permissions, each with how many apps may ask people for it.
import * as v from 'valibot';
import { done, operation } from '../operation.ts';
import type { Permission } from '../permissions/permission.ts';
import { byOperator } from './rules.ts';

export type HeldPermission = { readonly permission: Permission; readonly apps: number };
export type HeldPermissions = {
  readonly held: readonly HeldPermission[];
  /** Ids that apps hold and the API's document no longer has. */
  readonly gone: readonly { readonly id: string; readonly apps: number }[];
};

export const operatePermissions = operation({
  id: 'operate.permissions',
  summary: 'See how many apps hold each permission',
  http: ['GET', '/api/operate/permissions'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: v.object({
    permissions: v.array(
      v.object({ id: v.string(), method: v.string(), path: v.string(), apps: v.number() }),
    ),
    gone: v.array(v.object({ id: v.string(), apps: v.number() })),
  }),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain }) {
    const counts = new Map<string, number>();
    for (const { permissions, apps } of await domain.stores.directory.permissionSetsInUse())
      for (const id of permissions) counts.set(id, (counts.get(id) ?? 0) + apps);
    const held = domain.permissions.map((permission) => ({
      permission,
      apps: counts.get(permission.id) ?? 0,
    }));
    for (const { id } of domain.permissions) counts.delete(id);
    const gone = [...counts].map(([id, apps]) => ({ id, apps }));
    return done<HeldPermissions>({ held, gone });
  },
  answer: ({ held, gone }) => ({
    permissions: held.map(({ permission: { id, method, path }, apps }) => ({ id, method, path, apps })),
    gone: [...gone],
  }),
});
