import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { afterBusinessDays, isLate } from './business-days.ts';
import { diff, type ListChange } from './diff.ts';
import { contentHash, contentOf, versionHash, type Content } from './submission.ts';

const word = fc.constantFrom('', 'a', 'b', 'c');
const list = fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's', 't'), { maxLength: 5 });
const content: fc.Arbitrary<Content> = fc
  .record({
    name: word,
    website: word,
    description: word,
    redirectUris: list,
    contactName: word,
    contactEmail: word,
    contactPhone: word,
    logo: fc.option(word, { nil: undefined }),
    permissions: list,
  })
  .map(({ logo, permissions, ...fields }) =>
    contentOf({ ...fields, ...(logo === undefined || logo === '' ? {} : { logoHash: logo }) }, permissions),
  );

const apply = ({ kept, added }: ListChange): ReadonlySet<string> => new Set([...kept, ...added]);

test('a diff says everything: applied to what is live it gives what was proposed', () => {
  fc.assert(
    fc.property(content, content, (now, proposed) => {
      const change = diff(now, proposed);
      const texts = Object.fromEntries(change.texts.map(({ field, proposed: text }) => [field, text]));
      const asText = ({ redirectUris: _uris, permissions: _set, ...rest }: Content) => ({
        logoHash: '',
        ...rest,
      });
      assert.deepEqual({ ...asText(now), ...texts }, asText(proposed));
      assert.deepEqual(apply(change.redirectUris), new Set(proposed.redirectUris));
      assert.deepEqual(apply(change.permissions), new Set(proposed.permissions));
    }),
  );
});

test('a diff says nothing that is not so: it is empty exactly for equal configurations', () => {
  fc.assert(
    fc.property(content, content, (now, proposed) => {
      assert.equal(diff(now, now).empty, true);
      assert.equal(diff(now, proposed).empty, contentHash(now) === contentHash(proposed));
    }),
  );
});

test('breaking is exactly: a permission is asked for that the live set does not have [security 52]', () => {
  fc.assert(
    fc.property(content, content, (now, proposed) => {
      const asksMore = proposed.permissions.some((one) => !now.permissions.includes(one));
      assert.equal(diff(now, proposed).breaking, asksMore);
      assert.equal(diff(now, { ...proposed, permissions: [] }).breaking, false, 'taking away never is');
    }),
  );
});

test('the way back has what was added as removed', () => {
  fc.assert(
    fc.property(content, content, (now, proposed) => {
      const there = diff(now, proposed);
      const back = diff(proposed, now);
      assert.deepEqual(new Set(there.permissions.added), new Set(back.permissions.removed));
      assert.deepEqual(new Set(there.redirectUris.removed), new Set(back.redirectUris.added));
    }),
  );
});

test('the version hash moves with every field, the logo, each permission, each answer, note and choice [security 51]', () => {
  const base: Content = contentOf(
    {
      name: 'n',
      website: 'w',
      description: 'd',
      redirectUris: ['u'],
      contactName: 'c',
      contactEmail: 'e',
      contactPhone: 'p',
      logoHash: 'l',
    },
    ['x'],
  );
  const asked = {
    appId: 1,
    kind: 'edit',
    note: 'note',
    publish: 'by-hand',
    baseHash: 'base',
    purpose: 'a',
    permissionReasons: 'b',
    howToTry: 'c',
    recording: 'd',
  } as const;
  const fields = Object.keys(base) as (keyof Content)[];
  const answers = Object.keys(asked) as (keyof typeof asked)[];
  const { logoHash: _none, ...withoutLogo } = base;
  const hashes = [
    versionHash(asked, base),
    versionHash(asked, withoutLogo),
    ...fields.map((field) =>
      versionHash(asked, { ...base, [field]: Array.isArray(base[field]) ? ['other'] : 'other' }),
    ),
    ...answers.map((field) => versionHash({ ...asked, [field]: field === 'appId' ? 2 : 'other' }, base)),
  ];
  assert.equal(new Set(hashes).size, hashes.length);
});

test('three business days pass over the weekend', () => {
  const thursday = Date.UTC(2026, 10, 19, 14, 5);
  assert.equal(new Date(afterBusinessDays(thursday, 3)).toISOString(), '2026-11-24T14:05:00.000Z');
  assert.equal(isLate(thursday, Date.UTC(2026, 10, 24, 14, 5)), false);
  assert.equal(isLate(thursday, Date.UTC(2026, 10, 24, 14, 6)), true);
});
