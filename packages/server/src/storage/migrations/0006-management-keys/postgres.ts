// Keys of the management API. A live key holds one of its maker's places (`slot`), so that no race makes too many.
export const postgres = `
create table management_keys (
  id bigint primary key,
  public_id text not null unique,
  user_id bigint not null references users (id),
  vendor_id bigint references vendors (id),
  name text not null,
  hash bytea not null,
  last_four text not null,
  operations text not null,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint,
  slot bigint
);
create unique index management_keys_slot on management_keys (user_id, slot);
create index management_keys_user on management_keys (user_id, id);
create index management_keys_vendor on management_keys (vendor_id, id);
`;
