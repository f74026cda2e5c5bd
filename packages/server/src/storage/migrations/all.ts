// All migrations in order. A released one is never edited; add the next number, in both dialects.
import { postgres as foundingPostgres } from './0001-founding/postgres.ts';
import { sqlite as foundingSqlite } from './0001-founding/sqlite.ts';
import { postgres as mailPostgres } from './0002-mail/postgres.ts';
import { sqlite as mailSqlite } from './0002-mail/sqlite.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  { number: 1, name: 'founding', sqlite: foundingSqlite, postgres: foundingPostgres },
  { number: 2, name: 'mail', sqlite: mailSqlite, postgres: mailPostgres },
];
