// The portal without a browser: names, links, words, times, headers, assets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { portalAsset, scriptUrls, sentAs, styleUrl } from './assets.ts';
import { consentPage } from './consent/consent.ts';
import { pageHeaders } from './headers.ts';
import { attributes, href, html } from './html.ts';
import { mixesAlphabets, name, plainName } from './names.ts';
import { agoText, knownZone, moment } from './parts/time.ts';
import { problemPage } from './problems/problem.ts';
import { samplePermissions, signedOut, target, workspaces } from './testing/samples.ts';
import { previews } from './testing/views.ts';
import { permissionLines, permissionSummary } from './words/permissions.ts';

test('links go only to http, https and our own paths', () => {
  for (const safe of ['https://a.example/x?y=1', 'http://127.0.0.1:4001', '/sign-in', '?q=1', '#content'])
    assert.equal(href(safe), safe);
  for (const unsafe of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    'com.example.app:/callback',
    '',
    'x',
  ])
    assert.equal(href(unsafe), undefined, unsafe);
});

test('templates and attributes escape whatever they are given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const page = html`<p ${attributes({ title: text })}>${text}</p>`.toString();
      assert.equal(page.split('<').length, 3);
      assert.equal(page.split('"').length, 3);
    }),
  );
  assert.throws(() => attributes({ onclick: 'x' }));
  assert.throws(() => attributes({ style: 'x' }));
});

test('names lose direction overrides and invisible characters, and stay isolated [security 45]', () => {
  assert.equal(plainName('\u202eecilA\u2066 \u200bB\u0000ob\n'), 'ecilA B ob');
  assert.equal(name('<b>x</b>').toString(), '<bdi dir="auto">&lt;b&gt;x&lt;/b&gt;</bdi>');
  assert.ok(mixesAlphabets('P\u0430ypal'));
  assert.ok(!mixesAlphabets('Почта CRM'));
  assert.ok(!mixesAlphabets('بريد العملاء'));
});

test('an app name of markup, overrides and look-alikes is shown as text with a warning [security 45]', () => {
  const page = consentPage({
    frame: signedOut,
    form: target('/oauth/authorize'),
    app: { name: '\u202e<script>x</script> P\u0430y', website: 'https://x.example', mode: 'development' },
    vendorName: 'V',
    person: { name: 'Ari', email: 'ari@demo.test' },
    differentSignInUrl: '/sign-in',
    workspaces: { options: workspaces },
    permissions: samplePermissions,
    redirectUri: 'https://x.example/callback',
  }).toString();
  assert.ok(!page.includes('<script>x'));
  assert.ok(!page.includes('\u202e'));
  assert.match(page, /mixes letters of several alphabets/);
});

test('permissions become a line a group, deleting first, then sending', () => {
  const lines = permissionLines(samplePermissions).map(
    (line) => `${line.groupTitle} ${line.verbs.map((one) => one.verb).join(', ')}`,
  );
  assert.deepEqual(lines, [
    'Leads view, create, change, delete',
    'Messages send',
    'Profile view',
    'Members view',
    'Organization view',
  ]);
  assert.equal(permissionSummary(samplePermissions.slice(0, 1)), 'can view profile');
  assert.equal(permissionSummary(samplePermissions.slice(2, 6)), 'can view leads and 2 more');
  assert.equal(permissionSummary(samplePermissions), 'can delete leads and 7 more');
  assert.equal(permissionSummary([]), 'can see who you are, no data');
});

test('what is new after a breaking edit stands apart from what was allowed before', () => {
  const asked = samplePermissions
    .filter((one) => one.group === 'leads')
    .map((one) => ({ ...one, isNew: one.sensitivity === 'deletes' }));
  assert.deepEqual(
    permissionLines(asked).map((line) => [line.isNew, line.verbs.map((one) => one.verb).join(', ')]),
    [
      [true, 'delete'],
      [false, 'view, create, change'],
    ],
  );
});

test('times read as minutes, hours, then as a date in the zone of the reader', () => {
  const nowMs = Date.UTC(2026, 10, 22, 14, 5);
  assert.equal(agoText(nowMs - 30_000, nowMs), 'just now');
  assert.equal(agoText(nowMs - 3 * 60_000, nowMs), '3 min ago');
  assert.equal(agoText(nowMs - 3_600_000, nowMs), '1 hour ago');
  const clock = { nowMs, zone: 'America/New_York' };
  assert.match(
    moment(nowMs - 86_400_000, clock).toString(),
    /datetime="2026-11-21T14:05:00.000Z".*>21 Nov, 09:05</,
  );
  assert.match(moment(nowMs - 400 * 86_400_000, clock).toString(), />18 Oct 2025</);
  assert.equal(knownZone('Nowhere/City'), 'UTC');
  assert.equal(knownZone('"><script>'), 'UTC');
});

test('pages that decide send no form-action, all others only our own; none can be framed or leak an address [security 11, 12]', () => {
  for (const kind of ['decision', 'normal'] as const) {
    const headers = pageHeaders(kind);
    const policy = headers['content-security-policy'] ?? '';
    assert.equal(policy.includes("form-action 'self'"), kind === 'normal');
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|data:|\*/);
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cache-control'], 'no-store');
  }
});

test('no page has inline style or script, and every form carries its token [security 13]', () => {
  for (const [preview, { page }] of Object.entries(previews)) {
    const markup = page().toString();
    assert.doesNotMatch(markup, /\sstyle=|<style|\son[a-z]+="|javascript:|\[object|undefined|NaN/, preview);
    assert.equal(markup.match(/<script(?! type="module" src="\/assets\/)/g), null, preview);
    const posts = markup.match(/method="post"/g)?.length ?? 0;
    assert.equal(markup.match(/name="csrf"\s+value="sample-csrf"/g)?.length ?? 0, posts, preview);
  }
});

test('what the error page repeats from a request is cut, plain and escaped', () => {
  const page = problemPage({
    frame: signedOut,
    title: 'T',
    message: 'M',
    turn: 'W',
    requestId: 'req_1',
    atMs: signedOut.nowMs,
    developer: { code: 'invalid_request', parameter: 'state', received: `<i>\u202e${'x'.repeat(5000)}` },
  }).toString();
  assert.ok(page.includes('&lt;i&gt;'));
  assert.ok(!page.includes('x'.repeat(300)));
});

test('assets are named by their content, kept for ever, and packed for who takes that; other paths have none', () => {
  for (const url of [styleUrl, ...Object.values(scriptUrls)]) {
    const asset = portalAsset(url);
    assert.equal(asset?.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.ok(Number(asset?.headers['content-length']) > 0);
    if (asset === undefined) continue;
    const small = sentAs(asset, 'br;q=1.0, gzip;q=0.8');
    assert.deepEqual(gunzipSync(small.body), Buffer.from(asset.body));
    assert.equal(small.headers['content-length'], String(small.body.length));
    for (const none of [undefined, '', 'br', 'gzip;q=0', 'gzip;q=0.0, br'])
      assert.equal(sentAs(asset, none), asset);
  }
  for (const path of ['/assets/portal.css', `${styleUrl}?x`, '/assets/../assets.ts', '/assets/'])
    assert.equal(portalAsset(path), undefined);
});
