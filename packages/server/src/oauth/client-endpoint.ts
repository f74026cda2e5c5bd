// How every endpoint of an app begins: its parameters, how it names itself and, where asked for, who it is.
import type { Form } from '@latchkey/protocol';
import type { App } from '../domain/apps/app.ts';
import type { Caused, Domain } from '../domain/domain.ts';
import { errorAnswer } from '../http/answers.ts';
import { causedBy } from '../http/caused.ts';
import type { Answer, Handler } from '../http/exchange.ts';
import { authorizationOf, isTokenError, readParameters } from '../http/parameters.ts';
import { authenticateApp } from './client-authentication.ts';

type ClientRequest = {
  readonly form: Form;
  readonly authorization: string | undefined;
  readonly caused: Caused;
};

/** What cannot be read is answered here. */
export const clientEndpoint =
  (answer: (request: ClientRequest) => Promise<Answer>): Handler =>
  async (exchange) => {
    const form = await readParameters(exchange);
    if (isTokenError(form)) return errorAnswer(form);
    const authorization = authorizationOf(exchange);
    if (typeof authorization === 'object') return errorAnswer(authorization);
    return answer({ form, authorization, caused: causedBy(exchange) });
  };

type AppRequest = { readonly app: App; readonly form: Form; readonly caused: Caused };

/** The same for endpoints that answer none but an authenticated app. */
export const appEndpoint = (domain: Domain, answer: (request: AppRequest) => Promise<Answer>): Handler =>
  clientEndpoint(async ({ form, authorization, caused }) => {
    const authenticated = await authenticateApp(domain, form, authorization, caused);
    if (!authenticated.ok) return errorAnswer(authenticated.error);
    return answer({ app: authenticated.app, form, caused });
  });
