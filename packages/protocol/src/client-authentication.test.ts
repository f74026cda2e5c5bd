import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientCredentials, parseBasic } from './client-authentication.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const nothing = { clientId: undefined, secret: undefined };

describe('client authentication [security 37]', () => {
  it('decodes percent, colon and UTF-8 in Basic as RFC 6749 2.3.1 encodes them', () => {
    assert.deepEqual(parseBasic(basic('a%3Ab:c%25d%3A%C3%A9')), { clientId: 'a:b', secret: 'c%d:é' });
  });
  it('takes parts that were sent raw as they stand', () => {
    assert.deepEqual(parseBasic(basic('id:se%cret:more')), { clientId: 'id', secret: 'se%cret:more' });
  });
  it('refuses what is not Basic, not base64, not UTF-8 or holds no colon', () => {
    for (const header of [
      'Bearer x',
      'Basic',
      'Basic ???',
      basic('nocolon'),
      `Basic ${Buffer.from([255, 58, 1]).toString('base64')}`,
    ])
      assert.equal(parseBasic(header), undefined, header);
  });
  it('refuses two methods at once, allows an equal or empty client_id beside Basic', () => {
    assert.equal(clientCredentials(basic('a:b'), { clientId: 'a', secret: 'b' }), 'two-methods');
    assert.equal(clientCredentials(basic('a:b'), { clientId: 'z', secret: undefined }), 'two-methods');
    assert.deepEqual(clientCredentials(basic('a:b'), { clientId: 'a', secret: undefined }), {
      method: 'basic',
      clientId: 'a',
      secret: 'b',
    });
  });
  it('names a public app by client_id alone, and nothing by nothing', () => {
    assert.deepEqual(clientCredentials(undefined, { clientId: 'a', secret: undefined }), {
      method: 'none',
      clientId: 'a',
    });
    assert.equal(clientCredentials(undefined, nothing), 'missing');
  });
});
