// The body of a lead create or update: which fields may be written and what each must look like.
import type { Json, JsonObject } from '../lossless-json.ts';
import { invalid, isRefusal, tooLong, type Refusal } from './answer.ts';
import { leadTypeIds, stages, type Lead } from './records.ts';

type Writable = Omit<
  Lead,
  | 'leadId'
  | 'assignedUserId'
  | 'createTimeMs'
  | 'assignTimeMs'
  | 'lastActivityTimeMs'
  | 'inquiry'
  | 'score'
  | 'hiddenFlag'
>;
export type LeadChange = Partial<Writable>;

type Reader<T> = (value: Json, name: string) => T | Refusal;

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/;

const text =
  (max: number): Reader<string> =>
  (value, name) => {
    if (typeof value !== 'string' || !value.isWellFormed()) return invalid(`${name} must be text.`);
    if (controls.test(value)) return invalid(`${name} holds control characters.`);
    return [...value].length > max ? tooLong(`${name} is longer than ${max} characters.`) : value.trim();
  };

const textOrNull =
  (max: number): Reader<string | null> =>
  (value, name) =>
    value === null ? null : text(max)(value, name);

const flag: Reader<boolean> = (value, name) =>
  typeof value === 'boolean' ? value : invalid(`${name} must be true or false.`);

const listOfMax =
  <T>(max: number, read: Reader<T>): Reader<readonly T[]> =>
  (value, name) => {
    if (!Array.isArray(value)) return invalid(`${name} must be a list.`);
    if (value.length > max) return tooLong(`${name} holds more than ${max} entries.`);
    const all: T[] = [];
    for (const [index, entry] of (value as readonly Json[]).entries()) {
      const one = read(entry, `${name}[${index}]`);
      if (isRefusal(one)) return one;
      all.push(one);
    }
    return all;
  };

const email: Reader<string> = (value, name) => {
  const address = text(254)(value, name);
  if (isRefusal(address)) return address;
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : invalid(`${name} must be an e-mail address.`);
};

const phone: Reader<string> = (value, name) => {
  const number = text(32)(value, name);
  if (isRefusal(number)) return number;
  return /^\+?[\d ().-]{3,31}$/.test(number) ? number : invalid(`${name} must be a phone number.`);
};

const birthday: Reader<string | null> = (value, name) => {
  if (value === null) return null;
  const fits = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  // A day that does not exist, such as 2023-02-30, comes back as another or not at all.
  const day = fits ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN);
  return fits && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
    ? value
    : invalid(`${name} must be a date such as 1984-05-17.`);
};

const stage: Reader<Lead['stage']> = (value, name) =>
  stages.find((known) => known === value) ?? invalid(`${name} must be one of ${stages.join(', ')}.`);

const leadType: Reader<number> = (value, name) =>
  leadTypeIds.find((known) => known === value) ??
  invalid(`${name} must be one of ${leadTypeIds.join(', ')}.`);

const fields: { readonly [Name in keyof Writable]: Reader<Writable[Name]> } = {
  firstName: text(30),
  lastName: text(30),
  birthday,
  emails: listOfMax(10, email),
  phones: listOfMax(10, phone),
  source: text(60),
  stage,
  tags: listOfMax(20, text(40)),
  leadTypes: listOfMax(8, leadType),
  streetAddress: textOrNull(200),
  city: textOrNull(80),
  state: textOrNull(40),
  zipCode: textOrNull(12),
  cannotText: flag,
  cannotCall: flag,
  cannotEmail: flag,
  referredBy: textOrNull(80),
};

/** Unknown and read-only fields are refused by name: a mistyped field must not look as if it had been saved. */
export const readLeadChange = (body: JsonObject): LeadChange | Refusal => {
  const change: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(fields, name)) {
      return invalid(
        `${JSON.stringify(name.slice(0, 40))} is no field that can be written; those are ${Object.keys(fields).join(', ')}.`,
      );
    }
    const read = fields[name as keyof Writable](value ?? null, name);
    if (isRefusal(read)) return read;
    change[name] = read;
  }
  return change;
};
