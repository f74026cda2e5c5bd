// What a person sees of their connections is read a page at a time; what ended without a trace is not walked.
export const sqlite = `
create index connections_entries on connections (user_id, id) where ended_at is null or key_id is not null;
`;
