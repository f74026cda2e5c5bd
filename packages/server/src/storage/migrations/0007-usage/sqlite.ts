export const sqlite = `
create table requests (
  id integer primary key,
  app_id integer not null references apps (id),
  at integer not null,
  method text not null,
  path text not null,
  status integer not null,
  reason text not null,
  request_id text not null,
  duration_ms integer not null
) strict;
create index requests_of_app on requests (app_id, id);
create table usage_minutes (
  app_id integer not null references apps (id),
  start_at integer not null,
  what text not null,
  outcome text not null,
  n integer not null,
  primary key (app_id, start_at, what, outcome)
) strict, without rowid;
create index usage_minutes_by_age on usage_minutes (start_at);
create table usage_days (
  app_id integer not null references apps (id),
  start_at integer not null,
  what text not null,
  outcome text not null,
  n integer not null,
  primary key (app_id, start_at, what, outcome)
) strict, without rowid;
create index usage_days_by_age on usage_days (start_at);
`;
