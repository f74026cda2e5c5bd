// API keys: from a variable, or from a file that a login wrote. They do not renew.
import type { CredentialSource, Resolution } from '../credential.ts';
import { isHeaderToken } from '../http/token-endpoint.ts';
import { readPrivateFile } from '../store/private-file.ts';
import { displayPath } from '../terminal/display-path.ts';

export type ApiKeyEnvOptions = { readonly name?: string; readonly label?: string; readonly variable: string };

/** A key in a variable. It does not renew: one that the server refused fails with `rejected`. */
export function apiKeyEnv(options: ApiKeyEnvOptions): CredentialSource {
  const { variable } = options;
  const read = (env: Readonly<Record<string, string | undefined>>): string => (env[variable] ?? '').trim();
  return {
    name: options.name ?? 'env',
    label: options.label ?? variable,
    setToken: (io) => (read(io.env) === '' ? undefined : variable),
    resolve: ({ io, refused }) =>
      Promise.resolve(
        read(io.env) === ''
          ? { state: 'not-configured', missing: [variable] }
          : asKey(read(io.env), variable, refused, `set ${variable} to a working key`),
      ),
  };
}

export type ApiKeyFileOptions = {
  readonly name?: string;
  readonly label?: string;
  readonly path: string;
  /** Picks the key out of the file's text; undefined when it is not there. */
  readonly pick: (text: string) => string | undefined;
  readonly loginCommand: string;
};

/**
 * A key in a private file that a login wrote (document 004, lines 66-74). It does not renew; refused, it fails with
 * `rejected` and `loginCommand`.
 */
export function apiKeyFile(options: ApiKeyFileOptions): CredentialSource {
  return {
    name: options.name ?? 'file',
    label: options.label ?? 'Saved key',
    resolve: async ({ io, notice, refused }) => {
      const text = await readPrivateFile(options.path, notice);
      const key = text === undefined ? undefined : options.pick(text);
      if (key === undefined) return { state: 'not-configured', missing: [], reason: 'no key saved' };
      const name = displayPath(options.path, io);
      const answer = asKey(key, name, refused, options.loginCommand);
      if (answer.state !== 'usable') return answer;
      return { ...answer, credential: { ...answer.credential, storage: { kind: 'file', name } } };
    },
  };
}

function asKey(key: string, origin: string, refused: string | undefined, next: string): Resolution {
  if (!isHeaderToken(key)) {
    const reason = `the key in ${origin} holds spaces or unprintable characters`;
    return { state: 'failed', failure: { kind: 'configuration', reason, next } };
  }
  if (key === refused) {
    const reason = `the server does not accept the key in ${origin}`;
    return { state: 'failed', failure: { kind: 'rejected', reason, next } };
  }
  return { state: 'usable', credential: { token: key, scheme: 'Bearer', origin, renews: false } };
}
