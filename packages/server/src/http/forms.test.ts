import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPageForm, parsePageForm } from './forms.ts';

const shape = { fields: ['name', 'csrf'], lists: ['permission'] };

test('fields of a list come several times, all others once', () => {
  const read = parsePageForm('name=a+b&permission=x&permission=y%26z&permission=', shape);
  assert.ok(isPageForm(read));
  assert.equal(read.get('name'), 'a b');
  assert.deepEqual(read.list('permission'), ['x', 'y&z']);
  assert.deepEqual(parsePageForm('name=a&name=b', shape), { kind: 'doubled', parameter: 'name' });
});

test('what the page does not know is refused by its name', () => {
  assert.deepEqual(parsePageForm('name=a&role=admin', shape), { kind: 'unknown-field', parameter: 'role' });
  assert.deepEqual(parsePageForm('permission=%ff', shape), { kind: 'not-utf8' });
  assert.deepEqual(parsePageForm('permission=%00', shape), { kind: 'nul' });
});

test('no text makes it throw, and nothing outside the shape comes through', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      const read = parsePageForm(text, shape);
      if (isPageForm(read)) assert.equal(read.get('role'), undefined);
    }),
  );
});

test('every list entry arrives in its order, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { maxLength: 200 }), (values) => {
      const clean = values.filter((value) => !value.includes('\0'));
      const body = clean.map((value) => `permission=${encodeURIComponent(value)}`).join('&');
      const read = parsePageForm(body, shape);
      assert.ok(isPageForm(read));
      assert.deepEqual(read.list('permission'), clean);
    }),
  );
});
