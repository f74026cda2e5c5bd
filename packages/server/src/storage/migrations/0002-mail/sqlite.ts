export const sqlite = `
create table mails (
  id integer primary key,
  recipient text not null,
  subject text not null,
  purpose text not null,
  body blob,
  created_at integer not null,
  attempts integer not null,
  next_attempt_at integer,
  sent_at integer,
  failed_at integer,
  last_error text
) strict;
create index mails_due on mails (next_attempt_at) where next_attempt_at is not null;
`;
