// The founding tables on SQLite. postgres.ts beside it declares the same columns; a test compares them.
// Times are epoch milliseconds. A flag is 1 or NULL. Ids come from the counter 'ids'; `id integer primary key` is the rowid.

export const sqlite = `
create table counters (name text primary key, n integer not null) strict, without rowid;
insert into counters (name, n) values ('ids', 0), ('devices-pending', 0);

create table users (
  id integer primary key,
  public_id text not null unique,
  external_id text not null,
  email text not null,
  email_key text not null unique,
  full_name text not null,
  password_hash text not null,
  platform_role text not null,
  time_zone text not null,
  created_at integer not null,
  disabled_at integer
) strict;

create table workspaces (
  id integer primary key,
  public_id text not null unique,
  external_id text not null,
  name text not null,
  created_at integer not null
) strict;

create table members (
  id integer primary key,
  workspace_id integer not null references workspaces (id),
  user_id integer not null references users (id),
  role text not null,
  created_at integer not null,
  ended_at integer,
  counted_keys integer not null default 0
) strict;
create unique index members_active on members (user_id, workspace_id) where ended_at is null;

create table sessions (
  id integer primary key,
  kind text not null,
  user_id integer not null references users (id),
  hash blob not null,
  created_at integer not null,
  authenticated_at integer not null,
  last_seen_at integer not null,
  ends_at integer not null,
  address text not null,
  device text not null,
  ended_at integer
) strict;
create index sessions_user on sessions (user_id);

create table vendors (
  id integer primary key,
  public_id text not null unique,
  name text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text not null,
  created_at integer not null
) strict;

create table vendor_members (
  user_id integer primary key references users (id),
  vendor_id integer not null references vendors (id),
  joined_at integer not null
) strict;

create table permission_sets (
  id integer primary key,
  digest blob not null unique,
  permissions text not null
) strict;

create table apps (
  id integer primary key,
  public_id text not null unique,
  client_id text not null unique,
  vendor_id integer references vendors (id),
  kind text not null,
  status text not null,
  status_since integer not null,
  device_grant integer,
  user_code_prefix text not null,
  epoch integer not null,
  version integer not null,
  permission_set_id integer not null references permission_sets (id),
  rate_limit_per_minute integer,
  name text not null,
  website text not null,
  description text not null,
  redirect_uris text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text not null,
  created_at integer not null,
  suspended_at integer,
  deleted_at integer,
  older_secrets_end_at integer,
  counted_testers integer not null default 0
) strict;
create index apps_vendor on apps (vendor_id);

create table app_secrets (
  id integer primary key,
  app_id integer not null references apps (id),
  hash blob not null,
  last_four text not null,
  created_at integer not null,
  ends_at integer,
  last_used_at integer
) strict;
create index app_secrets_app on app_secrets (app_id);

create table app_testers (
  app_id integer not null references apps (id),
  user_id integer not null references users (id),
  added_at integer not null,
  primary key (app_id, user_id)
) strict, without rowid;

create table api_keys (
  id integer primary key,
  public_id text not null unique,
  user_id integer not null references users (id),
  workspace_id integer not null references workspaces (id),
  member_id integer not null references members (id),
  form text not null,
  name text not null,
  description text not null,
  hash blob,
  nonce blob not null,
  last_four text not null,
  made_by text not null,
  created_at integer not null,
  expires_at integer,
  revoked_at integer,
  collected_at integer,
  last_used_at integer,
  acknowledged_at integer not null,
  acknowledged_address text not null,
  acknowledged_device text not null,
  uncounted_at integer
) strict;
create index api_keys_user on api_keys (user_id);
create index api_keys_member on api_keys (member_id);

create table connections (
  id integer primary key,
  public_id text not null unique,
  user_id integer not null references users (id),
  workspace_id integer not null references workspaces (id),
  app_id integer not null references apps (id),
  key_id integer references api_keys (id),
  permission_set_id integer not null references permission_sets (id),
  created_at integer not null,
  last_used_at integer,
  ended_at integer
) strict;
create index connections_user on connections (user_id, workspace_id);
create index connections_app on connections (app_id) where ended_at is null;

create table grants (
  id integer primary key,
  tag blob not null,
  connection_id integer not null references connections (id),
  permission_set_id integer not null references permission_sets (id),
  epoch integer not null,
  generation integer not null,
  rotated_at integer,
  retries integer not null,
  created_at integer not null,
  ends_at integer not null,
  ended_at integer
) strict;
create index grants_connection on grants (connection_id);

create table key_pairs (
  app_id integer not null references apps (id),
  key_id integer not null references api_keys (id),
  connection_id integer not null references connections (id),
  grant_id integer not null references grants (id),
  primary key (app_id, key_id)
) strict, without rowid;

create table codes (
  id integer primary key,
  hash blob not null,
  app_id integer not null references apps (id),
  user_id integer not null references users (id),
  workspace_id integer not null references workspaces (id),
  redirect_uri text not null,
  redirect_uri_stated integer,
  challenge text,
  permission_set_id integer not null references permission_sets (id),
  epoch integer not null,
  issued_at integer not null,
  expires_at integer not null,
  redeemed_at integer,
  burnt_at integer,
  grant_id integer
) strict;
create index codes_user on codes (user_id, workspace_id);

create table device_requests (
  id integer primary key,
  hash blob not null,
  user_code_hash blob not null unique,
  app_id integer not null references apps (id),
  outcome text not null,
  permission_set_id integer not null references permission_sets (id),
  epoch integer not null,
  created_at integer not null,
  expires_at integer not null,
  address text not null,
  device text not null,
  bound_user_id integer,
  bound_session_id integer,
  approved_at integer,
  denied_at integer,
  claimed_at integer,
  user_id integer,
  workspace_id integer,
  key_id integer,
  connection_id integer,
  grant_id integer,
  uncounted_at integer
) strict;
create index device_requests_counted on device_requests (expires_at) where uncounted_at is null;
create index device_requests_connection on device_requests (connection_id) where connection_id is not null;

create table audit (
  id integer primary key,
  at integer not null,
  verb text not null,
  actor_kind text not null,
  actor_id integer,
  subject_kind text not null,
  subject_id integer not null,
  request_id text not null,
  detail text
) strict;
create index audit_subject on audit (subject_kind, subject_id);

create table feed (only_row integer primary key, n integer not null) strict;
insert into feed (only_row, n) values (1, 0);

create table changes (
  n integer primary key,
  kind text not null,
  subject_id integer not null,
  at integer not null,
  ended_at integer,
  epoch integer not null,
  expires_at integer
) strict;
create index changes_at on changes (at);
`;
