// The request of docs/token-url.md: one session id, in a JSON or form body, never in the address.
import type { IncomingMessage } from 'node:http';
import { readBody } from '../read-body.ts';

export type SessionRequest =
  { readonly ok: true; readonly sessionId: string } | { readonly ok: false; readonly problem: string };

const BODY_MAX_BYTES = 16 * 1024;
const SESSION_ID_MAX = 4096;

const problem = (text: string): SessionRequest => ({ ok: false, problem: text });

const checkSessionId = (value: unknown): SessionRequest => {
  if (typeof value !== 'string' || value === '') return problem('session_id is missing.');
  return value.length <= SESSION_ID_MAX
    ? { ok: true, sessionId: value }
    : problem(`session_id is longer than ${SESSION_ID_MAX} characters.`);
};

const fromJson = (text: string): SessionRequest => {
  try {
    const body: unknown = JSON.parse(text);
    const fields =
      typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
    return checkSessionId(fields['session_id']);
  } catch {
    return problem('The body is not JSON.');
  }
};

const fromForm = (text: string): SessionRequest => {
  const values = new URLSearchParams(text).getAll('session_id');
  return values.length > 1 ? problem('session_id is given twice.') : checkSessionId(values[0]);
};

export const readSessionRequest = async (incoming: IncomingMessage): Promise<SessionRequest> => {
  // Addresses end up in logs and histories; a session id there is refused even beside a good body.
  const query = new URLSearchParams((incoming.url ?? '').split('?').slice(1).join('?'));
  if (query.has('session_id')) return problem('Send session_id in the body, not in the address.');
  const type = (incoming.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/x-www-form-urlencoded') {
    return problem('Send application/json or application/x-www-form-urlencoded.');
  }
  const bytes = await readBody(incoming, BODY_MAX_BYTES);
  if (bytes === undefined) return problem(`The body is longer than ${BODY_MAX_BYTES} bytes.`);
  return type === 'application/json' ? fromJson(bytes.toString()) : fromForm(bytes.toString());
};
