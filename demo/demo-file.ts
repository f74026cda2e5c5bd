// demo.json: what scripts need to use a running demo, and what a second start needs to find its people again. Mode 0600.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type DemoFile = {
  readonly issuer: string;
  readonly sampleAppUrl: string;
  readonly tokenServiceUrl: string;
  readonly upstreamUrl: string;
  readonly madeAt: string;
  readonly people: readonly {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly role: string;
    readonly workspaces: readonly { readonly id: string; readonly name: string; readonly role: string }[];
  }[];
  readonly apps: readonly {
    readonly name: string;
    readonly kind: 'confidential' | 'public';
    readonly clientId: string;
    readonly clientSecret?: string;
    readonly redirectUris: readonly string[];
    readonly mode: 'development' | 'production';
    readonly permissions: readonly string[];
  }[];
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

export const demoFilePath = (folder: string): string => join(folder, 'demo.json');

export const readDemoFile = (folder: string): DemoFile | undefined => {
  const file = demoFilePath(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoFile) : undefined;
};

export const writeDemoFile = (folder: string, content: DemoFile): void => {
  const file = demoFilePath(folder);
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};
