export const postgres = `
create index connections_entries on connections (user_id, id) where ended_at is null or key_id is not null;
`;
