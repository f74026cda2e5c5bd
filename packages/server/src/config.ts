// The configuration: one YAML file plus a few environment variables, read once, checked, frozen (DESIGN.md 4.16).
// deploy/latchkey.yaml is the commented reference; a test holds it against this file.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { DEFAULT_SETTINGS, type Settings } from './domain/settings.ts';
import { readPasswordFile } from './mail/smtp.ts';

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const url = v.pipe(text, v.url(), v.regex(/^https?:\/\//, 'must begin with https:// or http://'));
/** The path that a request is judged by must be the path that is asked for: so no base path anywhere. */
const origin = v.pipe(
  url,
  v.check(
    (value) => URL.parse(value)?.pathname === '/' && !value.endsWith('/'),
    'must be an origin without a path or a slash at the end, like https://crm.example.com',
  ),
);
const role = v.picklist(['owner', 'admin', 'member']);

const firstPartyApp = v.strictObject({
  client_id: text,
  name: text,
  redirect_uris: v.optional(v.array(text), []),
  device_grant: v.optional(v.boolean(), true),
  user_code_prefix: v.pipe(text, v.regex(/^[A-Z]{3}$/, 'must be three capital letters')),
  rate_limit_per_minute: v.optional(count),
});

const schema = v.strictObject({
  issuer: origin,
  listen: v.optional(
    v.strictObject({ port: v.optional(port, 4000), hosts: v.optional(v.array(text), ['127.0.0.1', '::1']) }),
    {},
  ),
  data: v.optional(text, 'data'),
  trusted_proxies: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 0),
  brand: v.strictObject({
    name: text,
    accent: v.optional(v.pipe(text, v.regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour like #2B4C9B'))),
    logo: v.optional(text),
    support: v.pipe(text, v.email()),
    privacy: v.optional(url),
    terms: v.optional(url),
  }),
  mail: v.optional(
    v.strictObject({
      from: text,
      smtp: v.strictObject({
        host: text,
        port: v.optional(port, 587),
        secure: v.optional(v.boolean(), false),
        user: v.optional(text),
        password_file: v.optional(text),
      }),
    }),
  ),
  vendors: v.optional(v.strictObject({ qualification: v.optional(v.boolean(), false) }), {}),
  staff_second_factor: v.optional(v.boolean(), true),
  upstream: origin,
  openapi: text,
  gateway: v.optional(
    v.strictObject({
      origin: v.optional(origin),
      shared_origin: v.optional(v.boolean(), false),
      forward_auth: v.optional(v.boolean(), false),
      key_limit_per_minute: v.optional(count, 500),
      body_limit_bytes: v.optional(count, 10_485_760),
      timeout_seconds: v.optional(count, 30),
    }),
    {},
  ),
  outbound: v.optional(
    v.strictObject({
      website_checks: v.optional(v.boolean(), true),
      allow: v.optional(
        v.array(
          v.pipe(
            text,
            v.regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}$/, 'must be an address and a port'),
          ),
        ),
        [],
      ),
    }),
    {},
  ),
  resource_servers: v.optional(
    v.array(
      v.strictObject({
        client_id: text,
        secret_sha256: v.pipe(
          text,
          v.regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the secret in lower-case hex'),
        ),
      }),
    ),
    [],
  ),
  first_party_apps: v.optional(v.array(firstPartyApp), []),
  limits: v.optional(
    v.strictObject({
      access_token_seconds: v.optional(count),
      code_seconds: v.optional(count),
      refresh_token_days: v.optional(count),
      device_request_seconds: v.optional(count),
      device_interval_seconds: v.optional(count),
      keys_per_member: v.optional(count),
      terminal_key_roles: v.optional(v.array(role)),
      management_requests_per_minute: v.optional(count),
    }),
    {},
  ),
});

export type ConfigFile = v.InferOutput<typeof schema>;
export type FirstPartyApp = v.InferOutput<typeof firstPartyApp>;

export type Config = Omit<ConfigFile, 'limits'> & {
  readonly settings: Settings;
  /** From `mail.smtp.password_file` or LATCHKEY_SMTP_PASSWORD; never part of the file. */
  readonly smtpPassword?: string;
};

/** What is wrong with a configuration, a line each: the setting, its problem and a fix. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const withoutUndefined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>;

const settingsOf = ({
  issuer,
  gateway,
  limits,
  brand,
  vendors,
  staff_second_factor,
}: ConfigFile): Settings => ({
  ...DEFAULT_SETTINGS,
  ...(withoutUndefined({
    accessTokenSeconds: limits.access_token_seconds,
    codeSeconds: limits.code_seconds,
    refreshTokenDays: limits.refresh_token_days,
    deviceRequestSeconds: limits.device_request_seconds,
    deviceIntervalSeconds: limits.device_interval_seconds,
    keysPerMember: limits.keys_per_member,
    terminalKeyRoles: limits.terminal_key_roles,
    managementRequestsPerMinute: limits.management_requests_per_minute,
  }) as Partial<Settings>),
  issuer,
  apiOrigin: gateway.origin ?? issuer,
  brand: { name: brand.name, support: brand.support },
  vendorQualification: vendors.qualification,
  staffSecondFactor: staff_second_factor,
});

const problemLine = (issue: v.BaseIssue<unknown>): string => {
  const setting = v.getDotPath(issue) ?? 'the file';
  if (issue.kind === 'schema' && issue.expected === 'never')
    return `${setting}: is not a setting. Remove it or check its spelling.`;
  if (issue.input === undefined) return `${setting}: is missing. See deploy/latchkey.yaml for what it means.`;
  return `${setting}: ${issue.message}. See deploy/latchkey.yaml for an example.`;
};

/** Checks plain data (from YAML or a program) and fills the defaults in. Throws ConfigError. */
export const readConfig = (data: unknown): Config => {
  const result = v.safeParse(schema, data);
  if (!result.success) throw new ConfigError(result.issues.map(problemLine));
  const { limits: _limits, ...rest } = result.output;
  return Object.freeze({ ...rest, settings: settingsOf(result.output) });
};

const smtpPasswordOf = (config: Config, base: string, env: NodeJS.ProcessEnv): string | undefined => {
  const given = env['LATCHKEY_SMTP_PASSWORD'];
  const file = config.mail?.smtp.password_file;
  if (given !== undefined || file === undefined) return given;
  try {
    return readPasswordFile(resolve(base, file));
  } catch (error) {
    throw new ConfigError([
      `mail.smtp.password_file: ${error instanceof Error ? error.message : String(error)}. Check the path and who may read it.`,
    ]);
  }
};

/**
 * Reads a YAML file; paths in it are relative to it. `LATCHKEY_PORT`, `LATCHKEY_DATA` and `LATCHKEY_SMTP_PASSWORD`
 * override. Throws ConfigError.
 */
export const loadConfig = (file: string, env: NodeJS.ProcessEnv): Config => {
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError([
      `${file}: ${error instanceof Error ? error.message : String(error)}. Name another file with --config.`,
    ]);
  }
  const config = readConfig(data);
  const base = dirname(resolve(file));
  const listenPort = env['LATCHKEY_PORT'] === undefined ? config.listen.port : Number(env['LATCHKEY_PORT']);
  if (!Number.isInteger(listenPort) || listenPort < 0 || listenPort > 65_535) {
    throw new ConfigError([`LATCHKEY_PORT: must be a port number, not "${env['LATCHKEY_PORT'] ?? ''}".`]);
  }
  const smtpPassword = smtpPasswordOf(config, base, env);
  return Object.freeze({
    ...config,
    ...(smtpPassword === undefined ? {} : { smtpPassword }),
    listen: { ...config.listen, port: listenPort },
    data: resolve(base, env['LATCHKEY_DATA'] ?? config.data),
    openapi: resolve(base, config.openapi),
    brand:
      config.brand.logo === undefined
        ? config.brand
        : { ...config.brand, logo: resolve(base, config.brand.logo) },
  });
};
