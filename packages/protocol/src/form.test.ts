import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isForm, parseForm } from './form.ts';

describe('parseForm', () => {
  it('decodes what URLSearchParams encodes, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
        (given) => {
          const clean = Object.entries(given).filter(([k, v]) => !`${k}${v}`.includes('\0'));
          const parsed = parseForm(new URLSearchParams(clean).toString());
          assert.ok(isForm(parsed));
          for (const [name, value] of clean) assert.equal(parsed.get(name), value === '' ? undefined : value);
        },
      ),
    );
  });
  it('refuses a parameter sent twice, also when one is empty, and names it', () => {
    assert.deepEqual(parseForm('code=a&code='), { kind: 'doubled', parameter: 'code' });
  });
  it('refuses bytes that are not UTF-8 and broken escapes [security 7]', () => {
    assert.deepEqual(parseForm('code=%ff'), { kind: 'not-utf8' });
    assert.deepEqual(parseForm('code=%4'), { kind: 'not-utf8' });
  });
  it('refuses NUL and more than 64 parameters [security 7]', () => {
    assert.deepEqual(parseForm('a=%00'), { kind: 'nul' });
    assert.deepEqual(parseForm(Array.from({ length: 65 }, (_, i) => `p${i}=1`).join('&')), {
      kind: 'too-many',
    });
  });
  it('counts empty parameters as absent (document 003 sends client_id=)', () => {
    const parsed = parseForm('client_id=&code=4/P7q');
    assert.ok(isForm(parsed));
    assert.equal(parsed.has('client_id'), false);
    assert.equal(parsed.get('code'), '4/P7q');
  });
});
