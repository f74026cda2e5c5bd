import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

const GOOD = {
  issuer: 'https://accounts.crm.test',
  brand: { name: 'CRM', support: 'help@crm.test' },
  upstream: 'http://127.0.0.1:4100',
  openapi: 'openapi.yaml',
};

const problemsOf = (data: unknown): readonly string[] => {
  try {
    readConfig(data);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
};

describe('the configuration', () => {
  it('fills in every default and keeps what was said', () => {
    const config = readConfig({ ...GOOD, limits: { access_token_seconds: 600 } });
    assert.equal(config.settings.issuer, GOOD.issuer);
    assert.equal(config.settings.accessTokenSeconds, 600);
    assert.equal(config.settings.codeSeconds, 60);
    assert.deepEqual(config.listen, { port: 4000, hosts: ['127.0.0.1', '::1'] });
  });
  it('names each setting that is wrong, all of them at once, and never fails otherwise', () => {
    const problems = problemsOf({
      ...GOOD,
      issuer: 'https://crm.test/auth',
      upstream: 'nonsense',
      brand: { name: '' },
      typo: 1,
    });
    for (const setting of ['issuer', 'upstream', 'brand.name', 'brand.support', 'typo'])
      assert.ok(
        problems.some((line) => line.startsWith(`${setting}: `)),
        `${setting} in ${problems.join(' | ')}`,
      );
  });
  it('refuses an upstream or gateway origin with a path: it would be asked for another path than was judged', () => {
    assert.equal(problemsOf({ ...GOOD, upstream: 'http://127.0.0.1:4100/api' }).length, 1);
    assert.equal(problemsOf({ ...GOOD, gateway: { origin: 'https://api.crm.test/' } }).length, 1);
  });
  it('refuses what is no configuration at all', () => {
    for (const data of [undefined, null, 7, 'x', [], {}]) assert.ok(problemsOf(data).length > 0);
  });
});
