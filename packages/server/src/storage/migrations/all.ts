// All migrations in order. A released one is never edited; add the next number, in both dialects.
import { postgres as foundingPostgres } from './0001-founding/postgres.ts';
import { sqlite as foundingSqlite } from './0001-founding/sqlite.ts';
import { postgres as mailPostgres } from './0002-mail/postgres.ts';
import { sqlite as mailSqlite } from './0002-mail/sqlite.ts';
import { postgres as reviewPostgres } from './0003-review/postgres.ts';
import { sqlite as reviewSqlite } from './0003-review/sqlite.ts';
import { postgres as proofsPostgres } from './0004-proofs/postgres.ts';
import { sqlite as proofsSqlite } from './0004-proofs/sqlite.ts';
import { postgres as peoplePostgres } from './0005-people/postgres.ts';
import { sqlite as peopleSqlite } from './0005-people/sqlite.ts';
import { postgres as managementKeysPostgres } from './0006-management-keys/postgres.ts';
import { sqlite as managementKeysSqlite } from './0006-management-keys/sqlite.ts';
import { postgres as usagePostgres } from './0007-usage/postgres.ts';
import { sqlite as usageSqlite } from './0007-usage/sqlite.ts';
import { postgres as operatePostgres } from './0008-operate/postgres.ts';
import { sqlite as operateSqlite } from './0008-operate/sqlite.ts';
import { postgres as discardPostgres } from './0009-discard/postgres.ts';
import { sqlite as discardSqlite } from './0009-discard/sqlite.ts';
import { postgres as pagesPostgres } from './0010-pages/postgres.ts';
import { sqlite as pagesSqlite } from './0010-pages/sqlite.ts';
import { postgres as connectionPagesPostgres } from './0011-connection-pages/postgres.ts';
import { sqlite as connectionPagesSqlite } from './0011-connection-pages/sqlite.ts';
import { postgres as secretFromPostgres } from './0012-secret-from/postgres.ts';
import { sqlite as secretFromSqlite } from './0012-secret-from/sqlite.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  { number: 1, name: 'founding', sqlite: foundingSqlite, postgres: foundingPostgres },
  { number: 2, name: 'mail', sqlite: mailSqlite, postgres: mailPostgres },
  { number: 3, name: 'review', sqlite: reviewSqlite, postgres: reviewPostgres },
  { number: 4, name: 'proofs', sqlite: proofsSqlite, postgres: proofsPostgres },
  { number: 5, name: 'people', sqlite: peopleSqlite, postgres: peoplePostgres },
  { number: 6, name: 'management-keys', sqlite: managementKeysSqlite, postgres: managementKeysPostgres },
  { number: 7, name: 'usage', sqlite: usageSqlite, postgres: usagePostgres },
  { number: 8, name: 'operate', sqlite: operateSqlite, postgres: operatePostgres },
  { number: 9, name: 'discard', sqlite: discardSqlite, postgres: discardPostgres },
  { number: 10, name: 'pages', sqlite: pagesSqlite, postgres: pagesPostgres },
  { number: 11, name: 'connection-pages', sqlite: connectionPagesSqlite, postgres: connectionPagesPostgres },
  { number: 12, name: 'secret-from', sqlite: secretFromSqlite, postgres: secretFromPostgres },
];
