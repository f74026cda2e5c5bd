// `POST /auth/session`: e-mail and password for the short session bearer that document 004's approve wants; `DELETE` ends it.
import { traceOf, type Domain } from '../../domain/domain.ts';
import { BEARER_MS } from '../../domain/sessions/lifetimes.ts';
import { signInForBearer } from '../../domain/sessions/sign-in.ts';
import type { Handler } from '../../http/exchange.ts';
import { jsonAnswer, onlyMethods } from '../../http/answers.ts';
import { causedBy } from '../../http/caused.ts';
import { readJsonObject, textField } from './json-body.ts';
import { refuse } from './refuse.ts';
import { sessionOf } from './session-of.ts';

/** Without a stated wait, a throttled person is told to come back after a minute. */
const DEFAULT_WAIT_SECONDS = 60;

const signIn =
  (domain: Domain): Handler =>
  async (exchange) => {
    const body = await readJsonObject(exchange);
    const email = body && textField(body, 'email');
    const password = body && textField(body, 'password');
    if (email === undefined || password === undefined) return refuse(400, 'invalid_request');
    const code = textField(body ?? {}, 'code');
    const given = { email, password, ...(code === undefined ? {} : { code }) };
    const result = await signInForBearer(domain, given, causedBy(exchange));
    if (result.ok) {
      return jsonAnswer({
        session_token: result.value.secret,
        token_type: 'Bearer',
        expires_in: BEARER_MS / 1000,
      });
    }
    // Said only to whoever has the password: a code is asked for, or the one that came is wrong.
    if (result.reason === 'code-missing') return refuse(401, 'second_factor_required');
    if (result.reason === 'wrong-code') return refuse(401, 'invalid_second_factor');
    if (result.reason !== 'throttled') return refuse(401, 'invalid_credentials');
    return refuse(429, 'slow_down', result.detail?.['seconds'] ?? DEFAULT_WAIT_SECONDS);
  };

const signOut =
  (domain: Domain): Handler =>
  async (exchange) => {
    const session = await sessionOf(domain, exchange);
    if (session === undefined) return refuse(401, 'invalid_session');
    const caused = { ...causedBy(exchange), actor: { kind: 'user', id: session.userId } } as const;
    await domain.stores.sessions.end(session.id, traceOf('sessions.sign-out', caused, domain.now()));
    return jsonAnswer({ status: 'signed_out' });
  };

export const sessionEndpoint = (domain: Domain): Handler => {
  const start = signIn(domain);
  const end = signOut(domain);
  return onlyMethods(['POST', 'DELETE'], (exchange) => (exchange.method === 'POST' ? start : end)(exchange));
};
