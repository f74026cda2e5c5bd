// Second factors with what was spent of them, and the index by which imported API keys are found (they carry no id).
export const sqlite = `
alter table users add column second_factor_since integer;

create table totp_factors (
  id integer primary key,
  user_id integer not null unique references users (id),
  secret blob not null,
  last_step integer not null,
  created_at integer not null,
  last_used_at integer
) strict;

create table passkeys (
  id integer primary key,
  public_id text not null unique,
  user_id integer not null references users (id),
  credential_id text not null unique,
  public_key blob not null,
  counter integer not null,
  transports text not null,
  name text not null,
  created_at integer not null,
  last_used_at integer
) strict;
create index passkeys_user on passkeys (user_id);

create table recovery_codes (
  id integer primary key,
  user_id integer not null references users (id),
  hash blob not null,
  used_at integer
) strict;
create index recovery_codes_user on recovery_codes (user_id);

create table spent_challenges (
  hash blob primary key,
  expires_at integer not null
) strict, without rowid;
create index spent_challenges_expiry on spent_challenges (expires_at);

create table legacy_keys (
  lookup blob primary key,
  key_id integer not null references api_keys (id)
) strict, without rowid;

create index members_workspace on members (workspace_id, id) where ended_at is null;
`;
