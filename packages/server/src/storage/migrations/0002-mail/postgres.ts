export const postgres = `
create table mails (
  id bigint primary key,
  recipient text not null,
  subject text not null,
  purpose text not null,
  body bytea,
  created_at bigint not null,
  attempts integer not null,
  next_attempt_at bigint,
  sent_at bigint,
  failed_at bigint,
  last_error text
);
create index mails_due on mails (next_attempt_at) where next_attempt_at is not null;
`;
