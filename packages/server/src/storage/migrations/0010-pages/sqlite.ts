// Clean-up asks whether anything names a picture; lists begin where the page before ended.
export const sqlite = `
create index apps_logo on apps (logo_hash) where logo_hash is not null;
create index submissions_logo on submissions (logo_hash) where logo_hash is not null;
drop index apps_vendor;
create index apps_vendor on apps (vendor_id, id);
drop index api_keys_user;
create index api_keys_user on api_keys (user_id, id);
`;
