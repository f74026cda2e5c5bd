// Keys of the management API. A live key holds one of its maker's places (`slot`), so that no race makes too many.
export const sqlite = `
create table management_keys (
  id integer primary key,
  public_id text not null unique,
  user_id integer not null references users (id),
  vendor_id integer references vendors (id),
  name text not null,
  hash blob not null,
  last_four text not null,
  operations text not null,
  created_at integer not null,
  expires_at integer,
  revoked_at integer,
  last_used_at integer,
  slot integer
) strict;
create unique index management_keys_slot on management_keys (user_id, slot);
create index management_keys_user on management_keys (user_id, id);
create index management_keys_vendor on management_keys (vendor_id, id);
`;
