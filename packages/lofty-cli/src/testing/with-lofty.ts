/** Owns a test's surroundings: a fake Lofty and an empty home, gone when the test ends. */
import type { TestContext } from 'node:test';
import type { FakeLofty } from './fake-lofty.ts';
import { startFakeLofty } from './fake-lofty.ts';
import { makeHome } from './run-cli.ts';
import type { EndedHere, Here } from './run-here.ts';
import { obedientBrowser, runHere } from './run-here.ts';

export type Surroundings = {
  readonly lofty: FakeLofty;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs in this process, pointed at the fake. */
  readonly cli: (argv: readonly string[], here?: Partial<Here>) => Promise<EndedHere>;
  readonly signIn: () => Promise<void>;
};

export const clientCredentials = {
  LOFTY_CLIENT_ID: 'vendor-app',
  LOFTY_CLIENT_SECRET: 'canary-client-secret',
} as const;

export async function withLofty(t: TestContext): Promise<Surroundings> {
  const lofty = await startFakeLofty();
  const home = await makeHome();
  t.after(async () => {
    await lofty.close();
    await home.remove();
  });
  const env = { LOFTY_BASE_URL: lofty.url };
  const cli: Surroundings['cli'] = (argv, here = {}) =>
    runHere(argv, { home: home.path, ...here, env: { ...env, ...here.env } });
  const signIn = async (): Promise<void> => {
    const login = await cli(['auth', 'login-browser'], { io: { openBrowser: obedientBrowser() } });
    if (login.code !== 0) throw new Error(login.stderr);
  };
  return { lofty, home: home.path, env, cli, signIn };
}
