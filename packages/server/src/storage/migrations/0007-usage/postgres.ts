export const postgres = `
create table requests (
  id bigint primary key,
  app_id bigint not null references apps (id),
  at bigint not null,
  method text not null,
  path text not null,
  status bigint not null,
  reason text not null,
  request_id text not null,
  duration_ms bigint not null
);
create index requests_of_app on requests (app_id, id);
create table usage_minutes (
  app_id bigint not null references apps (id),
  start_at bigint not null,
  what text not null,
  outcome text not null,
  n bigint not null,
  primary key (app_id, start_at, what, outcome)
);
create index usage_minutes_by_age on usage_minutes (start_at);
create table usage_days (
  app_id bigint not null references apps (id),
  start_at bigint not null,
  what text not null,
  outcome text not null,
  n bigint not null,
  primary key (app_id, start_at, what, outcome)
);
create index usage_days_by_age on usage_days (start_at);
`;
