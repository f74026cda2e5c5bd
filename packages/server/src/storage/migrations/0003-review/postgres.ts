export const postgres = `
create table submissions (
  id bigint primary key,
  app_id bigint not null references apps (id),
  kind text not null,
  status text not null,
  version bigint not null,
  permission_set_id bigint not null references permission_sets (id),
  base_permission_set_id bigint not null references permission_sets (id),
  version_hash text not null,
  base_hash text not null,
  breaking bigint,
  name text not null,
  website text not null,
  description text not null,
  redirect_uris text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text not null,
  logo_hash text,
  purpose text not null,
  permission_reasons text not null,
  how_to_try text not null,
  recording text not null,
  note text not null,
  publish text not null,
  created_at bigint not null,
  changed_at bigint not null,
  submitted_at bigint,
  submitted_by bigint,
  reviewer_id bigint,
  decided_at bigint,
  decided_by bigint,
  reason text not null,
  closed_at bigint
);
create unique index submissions_open on submissions (app_id) where closed_at is null;
create index submissions_app on submissions (app_id, id);
create index submissions_waiting on submissions (submitted_at, id) where status = 'under-review';

create table review_notes (
  id bigint primary key,
  submission_id bigint not null references submissions (id),
  user_id bigint not null references users (id),
  at bigint not null,
  words text not null
);
create index review_notes_submission on review_notes (submission_id, id);

create table consent_notices (
  id bigint primary key,
  app_id bigint not null references apps (id),
  submission_id bigint not null references submissions (id),
  created_at bigint not null,
  told_until bigint not null,
  told bigint not null,
  done_at bigint
);
create index consent_notices_waiting on consent_notices (id) where done_at is null;

drop index connections_app;
create index connections_app on connections (app_id, user_id, ended_at);
`;
