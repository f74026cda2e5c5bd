// Submissions with the reviewers' notes, and the mails owed to connected people after a breaking publish.
// At most one submission of an app is open. The index over an app's connections now serves counting and walking them by person.

export const sqlite = `
create table submissions (
  id integer primary key,
  app_id integer not null references apps (id),
  kind text not null,
  status text not null,
  version integer not null,
  permission_set_id integer not null references permission_sets (id),
  base_permission_set_id integer not null references permission_sets (id),
  version_hash text not null,
  base_hash text not null,
  breaking integer,
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
  created_at integer not null,
  changed_at integer not null,
  submitted_at integer,
  submitted_by integer,
  reviewer_id integer,
  decided_at integer,
  decided_by integer,
  reason text not null,
  closed_at integer
) strict;
create unique index submissions_open on submissions (app_id) where closed_at is null;
create index submissions_app on submissions (app_id, id);
create index submissions_waiting on submissions (submitted_at, id) where status = 'under-review';

create table review_notes (
  id integer primary key,
  submission_id integer not null references submissions (id),
  user_id integer not null references users (id),
  at integer not null,
  words text not null
) strict;
create index review_notes_submission on review_notes (submission_id, id);

create table consent_notices (
  id integer primary key,
  app_id integer not null references apps (id),
  submission_id integer not null references submissions (id),
  created_at integer not null,
  told_until integer not null,
  told integer not null,
  done_at integer
) strict;
create index consent_notices_waiting on consent_notices (id) where done_at is null;

drop index connections_app;
create index connections_app on connections (app_id, user_id, ended_at);
`;
