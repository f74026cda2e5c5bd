// The audit log by the person who acted, and the one link by which the first operator is made.
export const sqlite = `
create index audit_actor on audit (actor_id, id) where actor_kind = 'user';

create table operator_claim (
  only_row integer primary key,
  id integer not null,
  hash blob not null,
  expires_at integer not null,
  used_at integer
) strict;
`;
