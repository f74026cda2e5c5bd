// Lofty's vendor token endpoint (documents 002 and 003): the one place where parameters may stand in the query, and where
// GET is accepted, because that is what the documents print. Basic or body secrets; the query is never logged.
import {
  formProblemText,
  isForm,
  OPEN_API_SCOPE,
  parseForm,
  printable,
  type Form,
  type TokenError,
} from '@latchkey/protocol';
import type { Domain } from '../../domain/domain.ts';
import type { Exchange, Handler } from '../../http/exchange.ts';
import { errorAnswer, jsonAnswer, withCors } from '../../http/answers.ts';
import { causedBy } from '../../http/caused.ts';
import { authorizationOf, invalidRequest, isTokenError, readFormBody } from '../../http/parameters.ts';
import { runTokenRequest } from '../../oauth/token.ts';

const MAX_QUERY_LENGTH = 8192;

/** The only grants of documents 002 and 003. */
const GRANTS = new Set(['authorization_code', 'refresh_token']);

const queryOf = (exchange: Exchange): Form | TokenError => {
  const query = exchange.query ?? '';
  if (query.length > MAX_QUERY_LENGTH)
    return invalidRequest(`The query is longer than ${MAX_QUERY_LENGTH} characters.`);
  const form = parseForm(query);
  if (!isForm(form)) return invalidRequest(formProblemText(form));
  if (form.has('client_secret')) {
    return invalidRequest(
      'client_secret must never stand in a URL. Send it in the Authorization header, and roll it: it is in logs now.',
    );
  }
  return form;
};

const mergedParameters = async (exchange: Exchange): Promise<Form | TokenError> => {
  const query = queryOf(exchange);
  if (isTokenError(query)) return query;
  const body = await readFormBody(exchange);
  if (isTokenError(body)) return body;
  for (const name of query.keys()) {
    if (body.has(name)) {
      return invalidRequest(
        `The parameter ${printable(name)} stands in the query and in the body. Send it once.`,
      );
    }
  }
  return new Map([...query, ...body]);
};

export const loftyTokenEndpoint = (domain: Domain): Handler =>
  withCors(['POST', 'GET'], async (exchange) => {
    const authorization = authorizationOf(exchange);
    if (typeof authorization === 'object') return errorAnswer(authorization);
    if (exchange.method === 'GET' && authorization === undefined) {
      return errorAnswer({
        error: 'invalid_client',
        description: 'Send Authorization: Basic with the base64 of client_id:client_secret.',
      });
    }
    const form = await mergedParameters(exchange);
    if (isTokenError(form)) return errorAnswer(form);
    const type = form.get('grant_type');
    if (type !== undefined && !GRANTS.has(type)) {
      return errorAnswer({
        error: 'unsupported_grant_type',
        description: `${printable(type)} is not supported here. Use authorization_code or refresh_token, or ${domain.settings.issuer}/oauth/token.`,
      });
    }
    const result = await runTokenRequest(domain, form, authorization, causedBy(exchange));
    if (!result.ok) return errorAnswer(result.error);
    const { tokens } = result;
    return jsonAnswer({
      access_token: tokens.accessToken,
      expires_in: tokens.expiresInSeconds,
      refresh_token: tokens.refreshToken,
      token_type: 'Bearer',
      scope: OPEN_API_SCOPE,
    });
  });
