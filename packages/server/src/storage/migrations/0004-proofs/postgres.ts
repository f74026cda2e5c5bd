export const postgres = `
alter table apps add column logo_hash text;
create table app_logos (
  hash text primary key,
  body bytea not null,
  created_at bigint not null
);

alter table vendors add column counted_members integer not null default 0;
update vendors set counted_members = (select count(*) from vendor_members m where m.vendor_id = vendors.id);
create index vendor_members_vendor on vendor_members (vendor_id);

create table vendor_qualifications (
  vendor_id bigint primary key references vendors (id),
  status text not null,
  company_name text not null,
  company_website text not null,
  privacy_url text not null,
  assessor_name text not null,
  assessor_title text not null,
  email text not null,
  phone text not null,
  version integer not null,
  submitted_by bigint not null,
  submitted_at bigint not null,
  decided_by bigint,
  decided_at bigint,
  reason text
);
create index vendor_qualifications_waiting on vendor_qualifications (submitted_at, vendor_id)
  where status = 'under-review';

create table proofs (
  id bigint primary key,
  kind text not null,
  hash bytea not null,
  bound_hash bytea,
  email text not null,
  email_key text not null,
  user_id bigint,
  subject_id bigint,
  role text,
  invited_by bigint,
  details text,
  tries integer not null,
  sends integer not null,
  sent_at bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  ended_at bigint,
  uncounted_at bigint
);
create index proofs_waiting on proofs (subject_id, kind) where used_at is null and ended_at is null;
create index proofs_user on proofs (user_id) where used_at is null and ended_at is null;
create index proofs_counted on proofs (subject_id, expires_at) where kind = 'tester' and uncounted_at is null;
`;
