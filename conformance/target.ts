// The server under test: the one that LATCHKEY_TARGET describes (a demo.json file), else a demo started for this process.
import { readFile } from 'node:fs/promises';
import { after } from 'node:test';
import { startTarget, TARGET_VARIABLE } from './start-target.ts';

export type DemoRole = 'agent' | 'vendor' | 'reviewer' | 'operator' | 'stranger';

export type DemoPerson = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: DemoRole;
  readonly workspaces: readonly { readonly id: string; readonly name: string; readonly role: string }[];
};

export type DemoApp = {
  readonly name: string;
  readonly kind: 'confidential' | 'public';
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUris: readonly string[];
  readonly mode: 'development' | 'production';
  readonly permissions: readonly string[];
};

/** What `npm start` writes for scripts. */
export type Demo = {
  readonly issuer: string;
  readonly sampleAppUrl: string;
  readonly tokenServiceUrl: string;
  readonly upstreamUrl: string;
  readonly people: readonly DemoPerson[];
  readonly apps: readonly DemoApp[];
  readonly customerKeys: readonly {
    readonly email: string;
    readonly workspaceId: string;
    readonly form: 'signed' | 'opaque';
    readonly key: string;
  }[];
  readonly resourceServer: { readonly clientId: string; readonly clientSecret: string };
  /** The one session id that the sample token service knows. */
  readonly sessionId: string;
};

const read = async (): Promise<Demo> => {
  let file = process.env[TARGET_VARIABLE];
  if (file === undefined || file === '') {
    const running = await startTarget();
    after(running.close);
    file = running.file;
  }
  return JSON.parse(await readFile(file, 'utf8')) as Demo;
};

/** Read once for each test file. */
export const demo: Demo = await read();
export const { issuer } = demo;

const found = <T>(what: string, value: T | undefined): T => {
  if (value === undefined) throw new Error(`${what} is missing in demo.json`);
  return value;
};

export const personAs = (role: DemoRole): DemoPerson =>
  found(
    `a person who is ${role}`,
    demo.people.find((person) => person.role === role),
  );

export const appAs = (kind: DemoApp['kind'], mode: DemoApp['mode']): DemoApp =>
  found(
    `a ${kind} app in ${mode}`,
    demo.apps.find((app) => app.kind === kind && app.mode === mode),
  );

export const customerKey = (form: 'signed' | 'opaque'): Demo['customerKeys'][number] =>
  found(
    `a ${form} customer key`,
    demo.customerKeys.find((key) => key.form === form),
  );
