// Apps in SQL: the app's row, its secrets and its testers.
import type { App, AppSecret } from '../domain/apps/app.ts';
import type { AppStore } from '../domain/apps/store.ts';
import type { Change } from '../domain/changes/change.ts';
import { appSecretStore, insertSecret } from './app-secrets.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { defineTable, flag, pageValues, readAll, readOne, textList } from './table.ts';

export const appsTable = defineTable<App>('apps', {
  id: 'id',
  publicId: 'public_id',
  clientId: 'client_id',
  vendorId: 'vendor_id',
  kind: 'kind',
  status: 'status',
  statusSinceMs: 'status_since',
  deviceGrant: flag('device_grant'),
  userCodePrefix: 'user_code_prefix',
  epoch: 'epoch',
  version: 'version',
  permissionSetId: 'permission_set_id',
  rateLimitPerMinute: 'rate_limit_per_minute',
  name: 'name',
  website: 'website',
  description: 'description',
  redirectUris: textList('redirect_uris'),
  contactName: 'contact_name',
  contactEmail: 'contact_email',
  contactPhone: 'contact_phone',
  logoHash: 'logo_hash',
  createdAtMs: 'created_at',
  suspendedAtMs: 'suspended_at',
  deletedAtMs: 'deleted_at',
});

const byId = appsTable.select('where id = :id');
const byClientId = appsTable.select('where client_id = :clientId');
const byPublicId = appsTable.select('where public_id = :publicId');
const ofVendor = appsTable.select(
  'where vendor_id = :vendorId and id < :before and deleted_at is null order by id desc limit :limit',
);
const insert = appsTable.insert();
const replace = appsTable.update(
  ['id', 'publicId', 'clientId', 'vendorId', 'kind', 'createdAtMs'],
  'where id = :id and version = :expectedVersion',
);

/** The claim by which every write of an app's row wins, and what it tells the caches. */
export const replaceApp = (next: App, expectedVersion: number): Statement => {
  const { sql, values } = replace(next);
  return { sql, values: { ...values, id: next.id, expectedVersion } };
};
export const appChange = (next: App, atMs: number): Change => ({
  kind: 'app',
  id: next.id,
  atMs,
  ended: next.suspendedAtMs !== undefined || next.deletedAtMs !== undefined,
  epoch: next.epoch,
});

const tester = 'select user_id from app_testers where app_id = :appId and user_id = :userId';
const countTester = `update apps set counted_testers = counted_testers + 1
  where id = :appId and counted_testers < :limit`;
const insertTester = `insert into app_testers (app_id, user_id, added_at) values (:appId, :userId, :at)
  on conflict (app_id, user_id) do nothing`;

export const appStore = (backing: Backing): AppStore => {
  const { engine, record } = backing;
  const isTester = async (appId: number, userId: number): Promise<boolean> =>
    (await engine.read({ sql: tester, values: { appId, userId } })).length > 0;

  return {
    ...appSecretStore(backing),
    isTester,
    find: (id) => readOne(engine, appsTable, byId, { id }),
    findByClientId: (clientId) => readOne(engine, appsTable, byClientId, { clientId }),
    findByPublicId: (publicId) => readOne(engine, appsTable, byPublicId, { publicId }),
    listOf: (vendorId, page) => readAll(engine, appsTable, ofVendor, { vendorId, ...pageValues(page) }),
    async create(app: App, secret: AppSecret | undefined, trace) {
      await record({
        writes: [insert(app), ...(secret === undefined ? [] : [insertSecret(secret)])],
        trace,
        subject: { kind: 'app', id: app.id },
      });
    },
    replace(next, expectedVersion, trace) {
      return record({
        claims: [replaceApp(next, expectedVersion)],
        trace,
        subject: { kind: 'app', id: next.id },
        changes: [appChange(next, trace.atMs)],
      });
    },
    async addTester(appId, userId, limit, trace) {
      const added = await record({
        claims: [
          { sql: countTester, values: { appId, limit } },
          { sql: insertTester, values: { appId, userId, at: trace.atMs } },
        ],
        trace,
        subject: { kind: 'app', id: appId },
      });
      if (added) return 'added';
      return (await isTester(appId, userId)) ? 'exists' : 'too-many';
    },
  };
};
