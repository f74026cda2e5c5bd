// The kit inside a program that lives long, talks to a machine on standard output and has no person at hand.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fileStore } from '../index.ts';
import { fakeIo } from '../testing/fake-io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';

type ToolAnswer = { readonly content: readonly { readonly text: string }[]; readonly isError: boolean };

type Setup = {
  readonly server: FakeServer;
  readonly ask: <T>(method: string) => Promise<T>;
  /** As a login in another process leaves it; `seconds` until it ends. */
  readonly signIn: (seconds: number) => Promise<void>;
  readonly me: () => Promise<string>;
};

const script = fileURLToPath(new URL('testing/mcp-server.ts', import.meta.url));

async function startMcp(t: TestContext): Promise<Setup> {
  const server = await startFakeServer();
  t.after(() => server.close());
  const cachePath = join(await temporaryHome(t), 'crm', 'tokens.json');
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', script, server.url, cachePath]);
  t.after(() => child.kill('SIGKILL'));
  const waiting = new Map<number, (result: unknown) => void>();
  let asked = 0;
  // A line that is no answer of the protocol breaks the client, as it would in life.
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result } = JSON.parse(line) as { readonly id: number; readonly result: unknown };
    waiting.get(id)?.(result);
  });
  const ask = <T>(method: string): Promise<T> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, (result) => resolve(result as T));
      child.once('close', () => reject(new Error(`The server ended at ${method}`)));
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: asked, method, params: { name: 'me' } })}\n`);
    });
  const me = async (): Promise<string> => {
    const { content, isError } = await ask<ToolAnswer>('tools/call');
    return `${isError ? 'error: ' : ''}${content[0]?.text ?? ''}`;
  };
  const signIn = async (seconds: number): Promise<void> => {
    const { access_token: accessToken, refresh_token: refreshToken } = server.issue();
    const now = Date.now();
    const times = { obtainedAt: now - 3_600_000, expiresAt: now + seconds * 1000 };
    const tokens = { accessToken, refreshToken, ...times, issuer: server.url };
    await fileStore(cachePath).write(tokens, { io: fakeIo() });
  };
  await ask('initialize');
  return { server, ask, signIn, me };
}

test('[cli 15] an MCP server on the kit: many calls at once renew once, and standard output is protocol only', async (t) => {
  const { server, ask, signIn, me } = await startMcp(t);
  await signIn(-1);
  const [tools, ...answers] = await Promise.all([
    ask<{ readonly tools: readonly unknown[] }>('tools/list'),
    ...Array.from({ length: 10 }, me),
  ]);
  assert.equal(tools.tools.length, 1);
  assert.equal(new Set(answers).size, 1);
  assert.match(answers[0] ?? '', /^\{.*"ari@demo\.test"/);
  assert.equal(server.count('/oauth/token'), 1);
});

test('[cli 15] an MCP server on the kit: an ended sign-in is an answer with the command, and a login elsewhere mends it', async (t) => {
  const { server, signIn, me } = await startMcp(t);
  assert.match(await me(), /^error: not signed in/);
  await signIn(3600);
  assert.match(await me(), /ari@demo\.test/, 'without a restart');
  server.fault('/oauth/token', { status: 400, body: '{"error":"invalid_grant"}' });
  server.live.clear();
  assert.match(await me(), /^error: .*this sign-in has ended.*Fix: crm login$/);
});

test('[cli 15] an MCP server on the kit: an outage is an answer, not an end', async (t) => {
  const { server, signIn, me } = await startMcp(t);
  await signIn(3600);
  server.fault('/v1.0/me', { reset: true });
  assert.match(await me(), /^error: cannot reach .*Fix: check the address/);
  server.fault('/v1.0/me', undefined);
  assert.match(await me(), /ari@demo\.test/);
});
