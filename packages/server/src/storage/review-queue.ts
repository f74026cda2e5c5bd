// The reviewers' queue in SQL: the longest waiting first.
import type { QueueCounts, QueueFilter, ReviewStore } from '../domain/reviews/store.ts';
import type { Backing } from './record.ts';
import { submissionsTable } from './submission-table.ts';
import { readAll } from './table.ts';

const waiting = `status = 'under-review'
  and exists (select 1 from apps a where a.id = submissions.app_id and a.deleted_at is null)`;

const filters: Readonly<Record<QueueFilter, string>> = {
  all: '',
  'new-app': "and kind = 'app'",
  standard: "and kind = 'edit' and breaking is null",
  breaking: "and kind = 'edit' and breaking = 1",
  mine: 'and reviewer_id = :reviewerId',
};

const page = (filter: QueueFilter): string =>
  submissionsTable.select(`where ${waiting} ${filters[filter]}
    and (submitted_at > :at or (submitted_at = :at and id > :id)) order by submitted_at, id limit :limit`);

const pages = {
  all: page('all'),
  'new-app': page('new-app'),
  standard: page('standard'),
  breaking: page('breaking'),
  mine: page('mine'),
} as const satisfies Record<QueueFilter, string>;

const counts = `
  select count(*) as everything,
    count(case when kind = 'app' then 1 end) as apps,
    count(case when kind = 'edit' and breaking is null then 1 end) as standard,
    count(case when kind = 'edit' and breaking = 1 then 1 end) as breaking_ones,
    count(case when reviewer_id = :reviewerId then 1 end) as mine
  from submissions where ${waiting}`;

export const reviewQueue = ({ engine }: Backing): Pick<ReviewStore, 'queue' | 'queueCounts'> => ({
  queue(filter, reviewerId, after, limit) {
    const values = { at: after?.submittedAtMs ?? 0, id: after?.id ?? 0, limit };
    return readAll(
      engine,
      submissionsTable,
      pages[filter],
      filter === 'mine' ? { ...values, reviewerId } : values,
    );
  },
  async queueCounts(reviewerId): Promise<QueueCounts> {
    const [row = {}] = await engine.read({ sql: counts, values: { reviewerId } });
    return {
      all: Number(row['everything'] ?? 0),
      'new-app': Number(row['apps'] ?? 0),
      standard: Number(row['standard'] ?? 0),
      breaking: Number(row['breaking_ones'] ?? 0),
      mine: Number(row['mine'] ?? 0),
    };
  },
});
