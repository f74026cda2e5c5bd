// From which address a client secret was last used: a vendor sees which of two is still in use, and where.
export const sqlite = `
alter table app_secrets add column last_used_from text;
`;
