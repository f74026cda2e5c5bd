export const postgres = `
create index audit_actor on audit (actor_id, id) where actor_kind = 'user';

create table operator_claim (
  only_row bigint primary key,
  id bigint not null,
  hash bytea not null,
  expires_at bigint not null,
  used_at bigint
);
`;
