// Clean-up finds what is over by an index, however much waits or stays.
export const sqlite = `
create index mails_done on mails (created_at) where next_attempt_at is null;
create index proofs_over on proofs (expires_at);
`;
