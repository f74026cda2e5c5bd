// Example values for the reference and the OpenAPI document, from the schemas and from what fields are called.
// A test holds every example of an input against the operation's own schema.
import type { JsonSchema } from './json-schema.ts';

const AT = '2030-01-31T09:30:00.000Z';

const SAMPLES: Readonly<Record<string, unknown>> = {
  id: 'app_5Ww2dQ0cX1k',
  app: 'app_5Ww2dQ0cX1k',
  key: 'key_8Hs1nB7yT4a',
  connection: 'con_2Kf6mV9pR3e',
  managementKey: 'mk_7Qd3xZ8uL5o',
  person: 'usr_5Ww2dQ0cX1k',
  user: 'usr_5Ww2dQ0cX1k',
  vendor: 'ven_3Lt8qW1sD6z',
  passkey: 'pk_1Rb5cN7hG2v',
  review: '57',
  mail: '912',
  session: '8301',
  workspace: '6f1c2b9e-3a57-4d0e-9c41-8b2f7a6d5e10',
  clientId: '9f2c41d07ab8e3655c10f7d2',
  name: 'Pipeline Sync',
  website: 'https://pipeline.example',
  description: 'Keeps leads in step with your calendar.',
  redirectUris: ['https://pipeline.example/callback'],
  contactName: 'Vera Lindqvist',
  contactEmail: 'vera@pipeline.example',
  contactPhone: '+1 555 010 0123',
  permissions: ['leads.list'],
  operations: ['apps.list', 'apps.get'],
  expires: '2030-05-31',
  email: 'vera@pipeline.example',
  fullName: 'Vera Lindqvist',
  password: 'a long phrase of your own',
  lastFour: '4f2a',
  secret: 'shown-once-4f2a',
  clientSecret: 'lk_secret_shown-once-4f2a',
  timeZone: 'Europe/Stockholm',
  next: null,
  code: '123456',
  phone: '+1 555 010 0123',
  organization: 'Pipeline Sync Inc',
  companyName: 'Pipeline Sync Inc',
  companyWebsite: 'https://pipeline.example',
  privacyUrl: 'https://pipeline.example/privacy',
  assessorName: 'Vera Lindqvist',
  assessorTitle: 'Head of security',
  purpose: 'Puts new leads into the calendar of the agent they belong to.',
  permissionReasons: 'leads.list: to see which leads are new.',
  howToTry: 'Sign in at https://pipeline.example as demo / demo and press Connect.',
  reason: 'The redirect address belongs to another site than the website.',
  picture: 'iVBORw0KGgo=',
  text: 'Asked the vendor for a recording.',
  version: 3,
  limit: 50,
};

const fits = (value: unknown, schema: JsonSchema): boolean => {
  if (schema.anyOf !== undefined) return schema.anyOf.some((one) => fits(value, one));
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  if (value === null) return schema.type === 'null';
  if (Array.isArray(value))
    return schema.type === 'array' && value.every((one) => fits(one, schema.items ?? {}));
  if (typeof value === 'string')
    return (
      schema.type === 'string' && schema.format === undefined && value.length <= (schema.maxLength ?? 9999)
    );
  return typeof value === 'number' && (schema.type === 'integer' || schema.type === 'number');
};

const hasSample = (name: string, schema: JsonSchema): boolean =>
  Object.hasOwn(SAMPLES, name) && fits(SAMPLES[name], schema);

const textExample = ({ format, minLength = 0 }: JsonSchema, name: string): string =>
  format === 'date-time' ? AT : name.padEnd(minLength, '-');

export const exampleOf = (schema: JsonSchema, name = 'value'): unknown => {
  if (schema.examples !== undefined) return schema.examples[0];
  if (hasSample(name, schema)) return SAMPLES[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return exampleOf(schema.anyOf[0] ?? {}, name);
  if (schema.type === 'array') return [exampleOf(schema.items ?? {}, name)];
  if (schema.type === 'boolean') return schema.default ?? false;
  if (schema.type === 'integer' || schema.type === 'number') return schema.default ?? schema.minimum ?? 1;
  if (schema.type === 'null') return null;
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([field, one]) => [field, exampleOf(one, field)]),
    );
  return schema.type === 'object' ? {} : textExample(schema, name);
};

/** What must be sent, and what may be and has a telling value. */
export const inputExample = (schema: JsonSchema): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name, field]) => schema.required?.includes(name) === true || hasSample(name, field))
      .map(([name, field]) => [name, exampleOf(field, name)]),
  );
