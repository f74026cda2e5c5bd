// The documents' own curl requests, run by the real curl (DESIGN.md section 6: also those whose method surprises).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startedLoomta } from './apps/devices.ts';
import { AGENT_WORKSPACE, productionApp, publicApp } from './apps/known.ts';
import { codeFor, createPkce, redeem, s256, tokensOf } from './apps/tokens.ts';
import { runCurl } from './cli/curl.ts';
import type { CurlAnswer } from './cli/curl.ts';
import { commandOf, curlRequest } from './curl-requests.ts';
import type { Values } from './curl-requests.ts';
import { signedInAs } from './person/sign-in.ts';
import { customerKey, issuer, personAs } from './target.ts';

const basic = Buffer.from(`${productionApp.clientId}:${productionApp.clientSecret ?? ''}`).toString('base64');

const run = async (id: string, values: Values): Promise<CurlAnswer> => {
  const request = curlRequest(id);
  const answer = await runCurl(commandOf(request, { origin: issuer, ...values }));
  assert.equal(answer.method, request.method);
  return answer;
};

const fields = (answer: CurlAnswer): Readonly<Record<string, unknown>> => {
  assert.match(answer.contentType, /^application\/json/);
  return JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
};

const newCode = async (): Promise<string> =>
  codeFor(await signedInAs(personAs('agent')), productionApp, { workspace: AGENT_WORKSPACE });

const VENDOR_FIELDS = ['access_token', 'expires_in', 'refresh_token', 'scope', 'token_type'];
const assertVendorTokens = (answer: CurlAnswer): void => {
  assert.equal(answer.status, 200, answer.body);
  const body = fields(answer);
  assert.deepEqual(Object.keys(body).toSorted(), VENDOR_FIELDS);
  assert.equal(body['scope'], 'openApi');
  assert.equal(body['token_type'], 'Bearer');
};

const values = {
  clientId: productionApp.clientId,
  clientSecret: productionApp.clientSecret ?? '',
  redirectUri: productionApp.redirectUri,
  basic,
};

describe('the curl requests of the documents', () => {
  it('001: exchanges a code with the client secret in the body', async () => {
    const answer = await run('001-code', { ...values, code: await newCode() });
    assert.equal(answer.status, 200, answer.body);
    assert.deepEqual(Object.keys(fields(answer)).toSorted(), VENDOR_FIELDS);
  });

  it('001: calls an endpoint with the access token', async () => {
    const { access } = tokensOf(await redeem(productionApp, await newCode()));
    const answer = await run('001-leads', { accessToken: access });
    assert.equal(answer.status, 200, answer.body);
    assert.ok(Array.isArray(fields(answer)['leads']));
  });

  it('001: exchanges a code with a PKCE verifier and no secret', async () => {
    const pkce = createPkce();
    const person = await signedInAs(personAs('agent'));
    const code = await codeFor(person, publicApp, { workspace: AGENT_WORKSPACE, more: s256(pkce) });
    const answer = await run('001-pkce', {
      clientId: publicApp.clientId,
      code,
      verifier: pkce.verifier,
      redirectUri: publicApp.redirectUri,
    });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(fields(answer)['token_type'], 'Bearer');
  });

  it('001: exchanges a customer key by client credentials', async () => {
    const answer = await run('001-client-credentials', { ...values, customerKey: customerKey('signed').key });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(fields(answer)['token_type'], 'Bearer');
    assert.equal(fields(answer)['refresh_token'], undefined);
  });

  it('002: exchanges a code by the printed request, which sends GET', async () => {
    assertVendorTokens(await run('002-code', { ...values, code: await newCode() }));
  });

  it('002: refreshes by the printed request, which sends GET', async () => {
    const { refresh } = tokensOf(await redeem(productionApp, await newCode()));
    assertVendorTokens(await run('002-refresh', { ...values, refreshToken: refresh }));
  });

  it('003: exchanges a code by the printed request, which sends GET', async () => {
    assertVendorTokens(await run('003-code', { ...values, code: await newCode() }));
  });

  it('003: reads the profile by the printed request of the old host, which sends POST', async () => {
    const answer = await run('003-me-from', { customerKey: customerKey('signed').key });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(fields(answer)['email'], customerKey('signed').email);
  });

  it('003: reads the profile by the printed request of the new host, which sends POST', async () => {
    const answer = await run('003-me-to', { customerKey: customerKey('signed').key });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(fields(answer)['email'], customerKey('signed').email);
  });

  it('004: starts a device login', async () => {
    const answer = await run('004-start', {});
    assert.equal(answer.status, 200, answer.body);
    assert.match(String(fields(answer)['user_code']), /^LMT-/);
  });

  it('004: polls a device login', async () => {
    const { deviceCode } = await startedLoomta();
    const answer = await run('004-token', { deviceCode });
    assert.equal(answer.status, 400, answer.body);
    assert.deepEqual(fields(answer), { error: 'authorization_pending' });
  });
});
