// Second factors with what was spent of them, and the index by which imported API keys are found (they carry no id).
export const postgres = `
alter table users add column second_factor_since bigint;

create table totp_factors (
  id bigint primary key,
  user_id bigint not null unique references users (id),
  secret bytea not null,
  last_step bigint not null,
  created_at bigint not null,
  last_used_at bigint
);

create table passkeys (
  id bigint primary key,
  public_id text not null unique,
  user_id bigint not null references users (id),
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text not null,
  name text not null,
  created_at bigint not null,
  last_used_at bigint
);
create index passkeys_user on passkeys (user_id);

create table recovery_codes (
  id bigint primary key,
  user_id bigint not null references users (id),
  hash bytea not null,
  used_at bigint
);
create index recovery_codes_user on recovery_codes (user_id);

create table spent_challenges (
  hash bytea primary key,
  expires_at bigint not null
);
create index spent_challenges_expiry on spent_challenges (expires_at);

create table legacy_keys (
  lookup bytea primary key,
  key_id bigint not null references api_keys (id)
);

create index members_workspace on members (workspace_id, id) where ended_at is null;
`;
