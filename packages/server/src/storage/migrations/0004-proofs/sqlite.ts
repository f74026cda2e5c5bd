// Proofs by mail (codes, links, invitations), vendor teams and their qualification, logos of apps.
export const sqlite = `
alter table apps add column logo_hash text;
create table app_logos (
  hash text primary key,
  body blob not null,
  created_at integer not null
) strict;

alter table vendors add column counted_members integer not null default 0;
update vendors set counted_members = (select count(*) from vendor_members m where m.vendor_id = vendors.id);
create index vendor_members_vendor on vendor_members (vendor_id);

create table vendor_qualifications (
  vendor_id integer primary key references vendors (id),
  status text not null,
  company_name text not null,
  company_website text not null,
  privacy_url text not null,
  assessor_name text not null,
  assessor_title text not null,
  email text not null,
  phone text not null,
  version integer not null,
  submitted_by integer not null,
  submitted_at integer not null,
  decided_by integer,
  decided_at integer,
  reason text
) strict;
create index vendor_qualifications_waiting on vendor_qualifications (submitted_at, vendor_id)
  where status = 'under-review';

create table proofs (
  id integer primary key,
  kind text not null,
  hash blob not null,
  bound_hash blob,
  email text not null,
  email_key text not null,
  user_id integer,
  subject_id integer,
  role text,
  invited_by integer,
  details text,
  tries integer not null,
  sends integer not null,
  sent_at integer not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer,
  ended_at integer,
  uncounted_at integer
) strict;
create index proofs_waiting on proofs (subject_id, kind) where used_at is null and ended_at is null;
create index proofs_user on proofs (user_id) where used_at is null and ended_at is null;
create index proofs_counted on proofs (subject_id, expires_at) where kind = 'tester' and uncounted_at is null;
`;
