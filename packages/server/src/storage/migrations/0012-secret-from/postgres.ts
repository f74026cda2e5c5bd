export const postgres = `
alter table app_secrets add column last_used_from text;
`;
