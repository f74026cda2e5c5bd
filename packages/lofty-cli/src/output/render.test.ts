import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import type { Format } from '../global-options.ts';
import { renderBody } from './render.ts';

const bigLeads =
  '{"get_metadata":{"total":2},"leads":[{"leadId":9007199254740993,"name":"=SUM(A1), \\"x\\"","score":2.370,"tags":[{"tagId":9223372036854775807}]},{"leadId":-9223372036854775808,"name":"山田 太郎","extra":{"a":1}}]}';

const render = (body: string, format: Format, header = true, width?: number): Promise<string> =>
  renderBody(body, { format, header, width });

test('64-bit integers and decimals arrive digit for digit in all four formats', async () => {
  for (const format of ['text', 'json', 'csv', 'yaml'] as const) {
    const shown = await render(bigLeads, format);
    for (const digits of ['9007199254740993', '9223372036854775807', '-9223372036854775808', '2.370']) {
      assert.ok(shown.includes(digits), `${format}: ${digits}`);
    }
  }
});

test('JSON output is the same document', async () => {
  assert.deepEqual(JSON.parse(await render(bigLeads, 'json')), JSON.parse(bigLeads));
});

test('YAML output is the same document', async () => {
  const shown = await render(bigLeads, 'yaml');
  assert.deepEqual(parseYaml(shown, { intAsBigInt: true }), {
    get_metadata: { total: 2n },
    leads: [
      {
        leadId: 9007199254740993n,
        name: '=SUM(A1), "x"',
        score: 2.37,
        tags: [{ tagId: 9223372036854775807n }],
      },
      { leadId: -9223372036854775808n, name: '山田 太郎', extra: { a: 1n } },
    ],
  });
});

test('text that looks like a number stays text in YAML', async () => {
  assert.equal(
    await render('{"zip":"01234","yes":"true","n":"9007199254740993"}', 'yaml'),
    'zip: "01234"\nyes: "true"\nn: "9007199254740993"\n',
  );
});

test('CSV has a header unless --no-header, quotes what needs it and flattens objects', async () => {
  assert.equal(
    await render(bigLeads, 'csv'),
    'leadId,name,score,tags,extra.a\n' +
      '9007199254740993,"=SUM(A1), ""x""",2.370,"[{""tagId"":9223372036854775807}]",\n' +
      '-9223372036854775808,山田 太郎,,,1\n',
  );
  assert.equal((await render(bigLeads, 'csv', false)).split('\n').length, 3);
});

test('a single record is one CSV row and a list of names and values as text', async () => {
  assert.equal(
    await render('{"id":12345678901234567890,"group":{"name":"North"}}', 'csv'),
    'id,group.name\n12345678901234567890,North\n',
  );
  assert.equal(
    await render('{"id":12345678901234567890,"group":{"name":"North"}}', 'text'),
    'id          12345678901234567890\ngroup.name  North\n',
  );
});

test('tables give two columns to wide characters and are cut only on a terminal', async () => {
  const body = '[{"name":"山田","city":"Tokyo"},{"name":"Ana","city":"A place with quite a long name"}]';
  assert.equal(await render(body, 'text'), 'name  city\n山田  Tokyo\nAna   A place with quite a long name\n');
  assert.equal(await render(body, 'text', true, 20), 'name  city\n山田  Tokyo\nAna   A place with …\n');
  assert.equal(await render(body, 'text', false, 20), '山田  Tokyo\nAna   A place with …\n');
});

test('control characters in data cannot steer the terminal', async () => {
  const shown = await render('[{"name":"a\\u001b]0;owned\\u0007b\\u202ec"}]', 'text');
  // eslint-disable-next-line no-control-regex -- their absence is the promise
  assert.doesNotMatch(shown, /[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test('an empty list is no row; null, numbers and text alone are shown as they are', async () => {
  assert.equal(await render('{"leads":[]}', 'text'), '');
  assert.equal(await render('{"leads":[]}', 'csv'), '');
  assert.equal(await render('null', 'json'), 'null\n');
  assert.equal(await render('9007199254740993', 'yaml'), '9007199254740993\n');
});

test('a body that is no JSON, or names a member twice, is passed on as it came', async () => {
  assert.equal(await render('pong', 'json'), 'pong\n');
  assert.equal(await render('{"a":1,"a":2}', 'json'), '{"a":1,"a":2}\n');
  assert.equal(await render('', 'json'), '');
});

test('members called like object internals are data', async () => {
  const shown = await render('{"constructor":1,"toString":2,"hasOwnProperty":3}', 'json');
  assert.deepEqual(JSON.parse(shown), { constructor: 1, toString: 2, hasOwnProperty: 3 });
});
