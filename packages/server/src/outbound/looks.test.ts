import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFault, type WebsiteAnswer } from '../domain/websites/website.ts';
import { createLooks, noLooks } from './looks.ts';

const SITE = 'https://shop.test/';
const LONG = 600_000;

/** A website that answers when the test says so. */
const world = () => {
  let nowMs = 1_000_000;
  const asked: string[] = [];
  const waiting: ((answer: WebsiteAnswer) => void)[] = [];
  const look = createLooks({
    now: () => nowMs,
    ask: (url) => {
      asked.push(url);
      return new Promise((resolve) => waiting.push(resolve));
    },
  });
  return {
    look,
    asked,
    answer: (answer: WebsiteAnswer) => waiting.shift()?.(answer),
    pass: (ms: number) => (nowMs += ms),
  };
};

test('who does not want to wait hears that it is asked, and the next hears what it answered', async () => {
  const { look, asked, answer } = world();
  const first = await look(SITE, 0);
  assert.deepEqual([first.host, first.answer.kind], ['shop.test', 'waiting']);
  const patient = look(SITE, LONG);
  answer({ kind: 'error-status', status: 503 });
  const known = { host: 'shop.test', answer: { kind: 'error-status', status: 503 }, atMs: 1_000_000 };
  assert.deepEqual(await patient, known);
  assert.deepEqual(await look(SITE, 0), known);
  assert.deepEqual(asked, [SITE], 'asked once for all of them');
});

test('what answered is believed for ten minutes, what did not for half a minute; meanwhile the old answer stands', async () => {
  const { look, asked, answer, pass } = world();
  const ask = async (kind: 'answers' | 'error-status', status: number) => {
    const one = look(SITE, LONG);
    answer({ kind, status });
    await one;
  };
  await ask('error-status', 503);
  pass(29_000);
  await look(SITE, LONG);
  assert.equal(asked.length, 1);
  pass(2_000);
  const meanwhile = await look(SITE, 0);
  assert.equal(meanwhile.answer.kind, 'error-status');
  assert.equal(asked.length, 2);
  answer({ kind: 'answers', status: 200 });
  assert.equal((await look(SITE, LONG)).answer.kind, 'answers');
  pass(9 * 60_000);
  await look(SITE, LONG);
  assert.equal(asked.length, 2);
});

test('eight are asked at once, whoever names more; the rest is not kept waiting [security 54]', async () => {
  const { look, asked } = world();
  const many = Array.from({ length: 50 }, (_, index) => look(`https://shop-${index}.test/`, 0));
  for (const { answer } of await Promise.all(many)) assert.equal(answer.kind, 'waiting');
  assert.equal(asked.length, 8);
});

test('only what surely is the website’s fault counts against it', async () => {
  const faultOf = (answer: WebsiteAnswer) => isFault({ host: 'shop.test', answer, atMs: 0 });
  for (const kind of ['no-such-host', 'not-public', 'certificate', 'redirects'] as const)
    assert.equal(faultOf({ kind }), true, kind);
  assert.equal(faultOf({ kind: 'error-status', status: 404 }), true);
  for (const kind of ['unreachable', 'waiting', 'other-port', 'not-asked'] as const)
    assert.equal(faultOf({ kind }), false, kind);
  assert.equal(isFault(await noLooks(() => 0)(SITE, 0)), false);
});
