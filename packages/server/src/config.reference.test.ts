// deploy/latchkey.yaml is the reference of the configuration: this holds it against config.ts, in both directions.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { loadConfig, readConfig, type ConfigFile } from './config.ts';

const reference = fileURLToPath(new URL('../../../deploy/latchkey.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'latchkey-reference-'));
after(() => rmSync(folder, { recursive: true }));

/** `a.b` for every leaf of the schema; lists of objects count by their entries. */
type Paths<T> = {
  [Key in keyof T & string]-?: NonNullable<T[Key]> extends readonly (infer Entry)[]
    ? Entry extends object
      ? `${Key}.${Paths<Entry>}`
      : Key
    : NonNullable<T[Key]> extends object
      ? `${Key}.${Paths<NonNullable<T[Key]>>}`
      : Key;
}[keyof T & string];

/** A setting that is added to or taken from config.ts fails the type check here. */
const settings: Readonly<Record<Paths<ConfigFile>, true>> = {
  issuer: true,
  'listen.port': true,
  'listen.hosts': true,
  data: true,
  trusted_proxies: true,
  'brand.name': true,
  'brand.accent': true,
  'brand.logo': true,
  'brand.support': true,
  'brand.privacy': true,
  'brand.terms': true,
  'mail.from': true,
  'mail.smtp.host': true,
  'mail.smtp.port': true,
  'mail.smtp.secure': true,
  'mail.smtp.user': true,
  'mail.smtp.password_file': true,
  'vendors.qualification': true,
  staff_second_factor: true,
  upstream: true,
  openapi: true,
  'gateway.origin': true,
  'gateway.shared_origin': true,
  'gateway.forward_auth': true,
  'gateway.key_limit_per_minute': true,
  'gateway.body_limit_bytes': true,
  'gateway.timeout_seconds': true,
  'outbound.website_checks': true,
  'outbound.allow': true,
  'resource_servers.client_id': true,
  'resource_servers.secret_sha256': true,
  'first_party_apps.client_id': true,
  'first_party_apps.name': true,
  'first_party_apps.redirect_uris': true,
  'first_party_apps.device_grant': true,
  'first_party_apps.user_code_prefix': true,
  'first_party_apps.rate_limit_per_minute': true,
  'limits.access_token_seconds': true,
  'limits.code_seconds': true,
  'limits.refresh_token_days': true,
  'limits.device_request_seconds': true,
  'limits.device_interval_seconds': true,
  'limits.keys_per_member': true,
  'limits.terminal_key_roles': true,
  'limits.management_requests_per_minute': true,
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const leaves = (value: unknown, path: string): readonly (readonly [string, unknown])[] => {
  const inside: unknown = Array.isArray(value) && isObject(value[0]) ? value[0] : value;
  if (!isObject(inside)) return [[path, value]];
  return Object.entries(inside).flatMap(([key, entry]) =>
    leaves(entry, path === '' ? key : `${path}.${key}`),
  );
};

/** The reference with every switched-off setting switched on. */
const everything = readFileSync(reference, 'utf8').replace(
  /^( *)#(?=(?: {2,})?(?:- )?[a-z_0-9]+:|  # )/gm,
  '$1',
);
const written = new Map(leaves(parse(everything), ''));

const load = (text: string) => {
  const file = join(folder, 'latchkey.yaml');
  writeFileSync(file, text);
  return loadConfig(file, {});
};

test('the reference configuration loads as it is shipped, with its paths beside it', () => {
  const config = loadConfig(reference, {});
  assert.equal(config.openapi, join(dirname(reference), 'openapi.yaml'));
  assert.equal(config.data, join(dirname(reference), 'data'));
});

test('it loads with every setting switched on', () => {
  writeFileSync(join(folder, 'smtp-password'), 'relay-password\n');
  const config = load(everything);
  assert.equal(config.first_party_apps[0]?.user_code_prefix, 'EXA');
  assert.equal(config.smtpPassword, 'relay-password');
});

test('it names every setting, and no other', () => {
  assert.deepEqual([...written.keys()].toSorted(), Object.keys(settings).toSorted());
});

test('every value that it gives as a default is the one that holds without the line', () => {
  const { issuer, brand, upstream, openapi } = parse(everything) as ConfigFile;
  const least = readConfig({
    issuer,
    upstream,
    openapi,
    brand: { name: brand.name, support: brand.support },
    first_party_apps: [{ client_id: 'x', name: 'x', user_code_prefix: 'XXX' }],
  });
  const required = new Set(['issuer', 'upstream', 'openapi', 'brand.name', 'brand.support']);
  const compared: string[] = [];
  for (const [path, value] of leaves(least, '')) {
    if (required.has(path) || path.startsWith('first_party_apps.') || path.startsWith('settings.')) continue;
    if (!written.has(path)) continue;
    assert.deepEqual(written.get(path), value, path);
    compared.push(path);
  }
  assert.equal(compared.length, 13);
  const limits = Object.entries(parse(everything) as ConfigFile)
    .filter(([key]) => key === 'limits')
    .flatMap(([, entries]) => Object.entries(entries as object));
  for (const [key, value] of limits) {
    const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    assert.deepEqual((least.settings as Readonly<Record<string, unknown>>)[name], value, key);
  }
  assert.equal(least.first_party_apps[0]?.device_grant, written.get('first_party_apps.device_grant'));
});
