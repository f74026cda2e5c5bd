// The founding tables on Postgres. sqlite.ts beside it declares the same columns; a test compares them.
// Times are epoch milliseconds. A flag is 1 or NULL. Ids come from the counter 'ids'.

export const postgres = `
create table counters (name text primary key, n bigint not null);
insert into counters (name, n) values ('ids', 0), ('devices-pending', 0);

create table users (
  id bigint primary key,
  public_id text not null unique,
  external_id text not null,
  email text not null,
  email_key text not null unique,
  full_name text not null,
  password_hash text not null,
  platform_role text not null,
  time_zone text not null,
  created_at bigint not null,
  disabled_at bigint
);

create table workspaces (
  id bigint primary key,
  public_id text not null unique,
  external_id text not null,
  name text not null,
  created_at bigint not null
);

create table members (
  id bigint primary key,
  workspace_id bigint not null references workspaces (id),
  user_id bigint not null references users (id),
  role text not null,
  created_at bigint not null,
  ended_at bigint,
  counted_keys bigint not null default 0
);
create unique index members_active on members (user_id, workspace_id) where ended_at is null;

create table sessions (
  id bigint primary key,
  kind text not null,
  user_id bigint not null references users (id),
  hash bytea not null,
  created_at bigint not null,
  authenticated_at bigint not null,
  last_seen_at bigint not null,
  ends_at bigint not null,
  address text not null,
  device text not null,
  ended_at bigint
);
create index sessions_user on sessions (user_id);

create table vendors (
  id bigint primary key,
  public_id text not null unique,
  name text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text not null,
  created_at bigint not null
);

create table vendor_members (
  user_id bigint primary key references users (id),
  vendor_id bigint not null references vendors (id),
  joined_at bigint not null
);

create table permission_sets (
  id bigint primary key,
  digest bytea not null unique,
  permissions text not null
);

create table apps (
  id bigint primary key,
  public_id text not null unique,
  client_id text not null unique,
  vendor_id bigint references vendors (id),
  kind text not null,
  status text not null,
  status_since bigint not null,
  device_grant bigint,
  user_code_prefix text not null,
  epoch bigint not null,
  version bigint not null,
  permission_set_id bigint not null references permission_sets (id),
  rate_limit_per_minute bigint,
  name text not null,
  website text not null,
  description text not null,
  redirect_uris text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text not null,
  created_at bigint not null,
  suspended_at bigint,
  deleted_at bigint,
  older_secrets_end_at bigint,
  counted_testers bigint not null default 0
);
create index apps_vendor on apps (vendor_id);

create table app_secrets (
  id bigint primary key,
  app_id bigint not null references apps (id),
  hash bytea not null,
  last_four text not null,
  created_at bigint not null,
  ends_at bigint,
  last_used_at bigint
);
create index app_secrets_app on app_secrets (app_id);

create table app_testers (
  app_id bigint not null references apps (id),
  user_id bigint not null references users (id),
  added_at bigint not null,
  primary key (app_id, user_id)
);

create table api_keys (
  id bigint primary key,
  public_id text not null unique,
  user_id bigint not null references users (id),
  workspace_id bigint not null references workspaces (id),
  member_id bigint not null references members (id),
  form text not null,
  name text not null,
  description text not null,
  hash bytea,
  nonce bytea not null,
  last_four text not null,
  made_by text not null,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint,
  collected_at bigint,
  last_used_at bigint,
  acknowledged_at bigint not null,
  acknowledged_address text not null,
  acknowledged_device text not null,
  uncounted_at bigint
);
create index api_keys_user on api_keys (user_id);
create index api_keys_member on api_keys (member_id);

create table connections (
  id bigint primary key,
  public_id text not null unique,
  user_id bigint not null references users (id),
  workspace_id bigint not null references workspaces (id),
  app_id bigint not null references apps (id),
  key_id bigint references api_keys (id),
  permission_set_id bigint not null references permission_sets (id),
  created_at bigint not null,
  last_used_at bigint,
  ended_at bigint
);
create index connections_user on connections (user_id, workspace_id);
create index connections_app on connections (app_id) where ended_at is null;

create table grants (
  id bigint primary key,
  tag bytea not null,
  connection_id bigint not null references connections (id),
  permission_set_id bigint not null references permission_sets (id),
  epoch bigint not null,
  generation bigint not null,
  rotated_at bigint,
  retries bigint not null,
  created_at bigint not null,
  ends_at bigint not null,
  ended_at bigint
);
create index grants_connection on grants (connection_id);

create table key_pairs (
  app_id bigint not null references apps (id),
  key_id bigint not null references api_keys (id),
  connection_id bigint not null references connections (id),
  grant_id bigint not null references grants (id),
  primary key (app_id, key_id)
);

create table codes (
  id bigint primary key,
  hash bytea not null,
  app_id bigint not null references apps (id),
  user_id bigint not null references users (id),
  workspace_id bigint not null references workspaces (id),
  redirect_uri text not null,
  redirect_uri_stated bigint,
  challenge text,
  permission_set_id bigint not null references permission_sets (id),
  epoch bigint not null,
  issued_at bigint not null,
  expires_at bigint not null,
  redeemed_at bigint,
  burnt_at bigint,
  grant_id bigint
);
create index codes_user on codes (user_id, workspace_id);

create table device_requests (
  id bigint primary key,
  hash bytea not null,
  user_code_hash bytea not null unique,
  app_id bigint not null references apps (id),
  outcome text not null,
  permission_set_id bigint not null references permission_sets (id),
  epoch bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  address text not null,
  device text not null,
  bound_user_id bigint,
  bound_session_id bigint,
  approved_at bigint,
  denied_at bigint,
  claimed_at bigint,
  user_id bigint,
  workspace_id bigint,
  key_id bigint,
  connection_id bigint,
  grant_id bigint,
  uncounted_at bigint
);
create index device_requests_counted on device_requests (expires_at) where uncounted_at is null;
create index device_requests_connection on device_requests (connection_id) where connection_id is not null;

create table audit (
  id bigint primary key,
  at bigint not null,
  verb text not null,
  actor_kind text not null,
  actor_id bigint,
  subject_kind text not null,
  subject_id bigint not null,
  request_id text not null,
  detail text
);
create index audit_subject on audit (subject_kind, subject_id);

create table feed (only_row bigint primary key, n bigint not null);
insert into feed (only_row, n) values (1, 0);

create table changes (
  n bigint primary key,
  kind text not null,
  subject_id bigint not null,
  at bigint not null,
  ended_at bigint,
  epoch bigint not null,
  expires_at bigint
);
create index changes_at on changes (at);
`;
