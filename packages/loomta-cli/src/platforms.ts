// GET /public/v1/platforms: the documented way to check a key, and what `platforms:list` prints.
import type { AuthorizedFetch } from '@latchkey/auth-kit';
import { failed, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export type Platforms =
  | { readonly ok: true; readonly text: string; readonly count: number }
  | { readonly ok: false; readonly outcome: Outcome };

export async function fetchPlatforms(call: AuthorizedFetch): Promise<Platforms> {
  const answer = await call('/public/v1/platforms');
  if (!answer.ok) {
    // After a 401 the chain has nothing else to offer; the server's word is the one to pass on.
    if (answer.failure.status !== 401) return { ok: false, outcome: failed(answer.failure) };
    const next = answer.failure.next;
    return { ok: false, outcome: refused('invalid_api_key', 'The API key is invalid.', next) };
  }
  const { status } = answer.response;
  const text = await answer.response.text().catch(() => '');
  const body = parse(text);
  if (status === 200 && Array.isArray(body?.['platforms'])) {
    return { ok: true, text, count: body['platforms'].length };
  }
  const { code, message } = body ?? {};
  if (status >= 400 && typeof code === 'string' && typeof message === 'string') {
    return { ok: false, outcome: refused(code, message) };
  }
  const what = `The server answered HTTP ${status} without a list of platforms.`;
  return {
    ok: false,
    outcome: refused('server_error', what, 'check LOOMTA_API_URL and the proxy, then try again'),
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
