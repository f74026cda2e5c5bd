// One Postgres for a whole test run: `node --test --test-global-setup=tools/test-postgres.ts …`. Without it each test
// file that needs one starts its own.
import {
  type PostgresServer,
  startPostgres,
} from '../packages/server/src/storage/testing/postgres-server.ts';

let server: PostgresServer | undefined;

export const globalSetup = async (): Promise<void> => {
  if (process.env['LATCHKEY_TEST_POSTGRES']) return;
  server = await startPostgres();
  process.env['LATCHKEY_TEST_POSTGRES'] = server.url;
};

export const globalTeardown = async (): Promise<void> => {
  await server?.stop();
};
