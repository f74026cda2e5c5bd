import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createBox } from './box.ts';
import { createKeyRing } from './key-ring.ts';

const random = (length: number): Uint8Array => randomBytes(length);
const masters = [{ id: 1, secret: random(32) }];

describe('a box', () => {
  const box = createBox(createKeyRing(masters, 'https://a.test'), 'outbox', random);
  it('gives back what was locked, and shows nothing of it [security 32]', () => {
    const locked = box.lock('code 123456', 'mail 7');
    assert.equal(Buffer.from(locked).includes('123456'), false);
    assert.equal(box.open(locked, 'mail 7'), 'code 123456');
  });
  it('opens for no other record, no other purpose, no other deployment, and not after a change', () => {
    const locked = box.lock('x', 'mail 7');
    assert.equal(box.open(locked, 'mail 8'), undefined);
    for (const other of [
      createBox(createKeyRing(masters, 'https://a.test'), 'totp', random),
      createBox(createKeyRing(masters, 'https://b.test'), 'outbox', random),
      createBox(createKeyRing([{ id: 2, secret: random(32) }], 'https://a.test'), 'outbox', random),
    ])
      assert.equal(other.open(locked, 'mail 7'), undefined);
    for (let at = 0; at < locked.length; at += 1) {
      const changed = Uint8Array.from(locked);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(box.open(changed, 'mail 7'), undefined, `byte ${at}`);
    }
    assert.equal(box.open(new Uint8Array(3), 'mail 7'), undefined);
  });
});
