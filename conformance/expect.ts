// What many answers have in common, asserted in one place.
import assert from 'node:assert/strict';
import { json } from './apps/tokens.ts';
import type { Reply } from './http/exchange.ts';

export const assertJson = (reply: Reply): void =>
  assert.match(
    reply.headers['content-type'] ?? '',
    /^application\/json/,
    `${reply.status} ${reply.text.slice(0, 200)}`,
  );

export const assertNotStored = (reply: Reply): void =>
  assert.match(reply.headers['cache-control'] ?? '', /\bno-store\b/);

/** RFC 6749 5.2: status, code, a description for people, and nothing for a cache. */
export const assertOAuthError = (reply: Reply, status: number, error: string): void => {
  assert.equal(reply.status, status, reply.text);
  assertJson(reply);
  assertNotStored(reply);
  const body = json(reply);
  assert.equal(body['error'], error, reply.text);
  assert.deepEqual(Object.keys(body).toSorted(), ['error', 'error_description']);
  assert.match(String(body['error_description']), /^[\x20\x21\x23-\x5b\x5d-\x7e]{10,}$/);
  if (error === 'invalid_client' && status === 401)
    assert.match(reply.headers['www-authenticate'] ?? '', /^Basic realm=/);
};

/** The whole body of a device endpoint's or the gateway's refusal. */
export const assertBody = (reply: Reply, status: number, body: unknown): void => {
  assert.equal(reply.status, status, reply.text);
  assertJson(reply);
  assert.deepEqual(json(reply), body);
};

export const NO_PERMISSION = {
  code: 200100,
  message: 'Sorry, the vendor does not have permission for this API.',
};

export const assertBadCredentials = (reply: Reply): void => {
  assert.equal(reply.status, 401, reply.text);
  assertJson(reply);
  const body = json(reply);
  assert.deepEqual(Object.keys(body), ['code', 'message']);
  assert.equal(body['code'], 'BAD_CREDENTIALS');
  assert.match(reply.headers['www-authenticate'] ?? '', /^Bearer/);
};

/** A page that refuses on our own host: HTML, no redirect, and no way into a frame. */
export const assertProblemPage = (reply: Reply, statuses: readonly number[]): void => {
  assert.ok(statuses.includes(reply.status), `${reply.status} ${reply.text.slice(0, 300)}`);
  assert.equal(reply.headers.location, undefined);
  assert.match(reply.headers['content-type'] ?? '', /^text\/html/);
  assert.match(String(reply.headers['content-security-policy']), /frame-ancestors 'none'/);
};
