export const postgres = `
create index mails_done on mails (created_at) where next_attempt_at is null;
create index proofs_over on proofs (expires_at);
`;
