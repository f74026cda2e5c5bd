import assert from 'node:assert/strict';
import { createHmac, createSecretKey } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createMac } from './mac.ts';

describe('the MAC of sealed strings', () => {
  it('is the HMAC-SHA-256 of RFC 4231, test cases 1 and 2', () => {
    const first = createMac(createSecretKey(Buffer.alloc(20, 0x0b)), 'Hi ', 5);
    assert.equal(
      first(Buffer.from('There')).toString('hex'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    const second = createMac(createSecretKey(Buffer.from('Jefe')), '', 28);
    assert.equal(
      second(Buffer.from('what do ya want for nothing?')).toString('hex'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
  it('is what node computes, for any key, prefix and message, and the same again', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.string({ unit: 'binary-ascii', maxLength: 20 }),
        fc.uint8Array({ maxLength: 200 }),
        (key, prefix, message) => {
          const mac = createMac(createSecretKey(key), prefix, message.length);
          const expected = createHmac('sha256', key).update(prefix).update(message).digest('hex');
          assert.equal(mac(message).toString('hex'), expected);
          mac(new Uint8Array(message.length));
          assert.equal(mac(message).toString('hex'), expected);
        },
      ),
    );
  });
  it('refuses a key beyond one block and a message of another length', () => {
    assert.throws(() => createMac(createSecretKey(Buffer.alloc(65, 1)), '', 1), /key of 65 bytes/);
    const mac = createMac(createSecretKey(Buffer.alloc(32, 1)), 'p', 4);
    assert.throws(() => mac(new Uint8Array(5)), /message of 5 bytes/);
  });
});
