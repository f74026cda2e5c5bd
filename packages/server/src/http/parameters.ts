// Reads the parameters of an OAuth endpoint: a form body, strictly; nothing from the query (security.md 29).
import { formProblemText, isForm, parseForm, type Form, type TokenError } from '@latchkey/protocol';
import type { Exchange } from './exchange.ts';

const MAX_BODY_BYTES = 16_384;
const FORM_TYPE = 'application/x-www-form-urlencoded';
const FORM = /^application\/x-www-form-urlencoded *(; *charset="?utf-8"? *)?$/i;

export const invalidRequest = (description: string): TokenError => ({
  error: 'invalid_request',
  description,
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as strict UTF-8 text, or what is wrong with it. */
export const readText = async (exchange: Exchange): Promise<string | TokenError> => {
  const body = await exchange.body(MAX_BODY_BYTES);
  if (body === 'too-large') return invalidRequest(`The body is larger than ${MAX_BODY_BYTES} bytes.`);
  if (body === 'aborted') return invalidRequest('The body did not arrive whole.');
  try {
    return utf8.decode(body);
  } catch {
    return invalidRequest('The body is not UTF-8.');
  }
};

export const isTokenError = (value: object | string): value is TokenError =>
  typeof value === 'object' && 'error' in value;

const isFormType = (type: string | undefined): boolean =>
  type !== undefined && (type === FORM_TYPE || FORM.test(type));

/** The form in the body. An empty body is an empty form, whatever its type. */
export const readFormBody = async (exchange: Exchange): Promise<Form | TokenError> => {
  const text = await readText(exchange);
  if (typeof text !== 'string') return text;
  if (text !== '' && !isFormType(exchange.header('content-type'))) {
    return invalidRequest('Send the parameters as application/x-www-form-urlencoded.');
  }
  const form = parseForm(text);
  return isForm(form) ? form : invalidRequest(formProblemText(form));
};

/** Parameters in the body only: in a URL they would end up in logs. */
export const readParameters = (exchange: Exchange): Form | TokenError | Promise<Form | TokenError> =>
  exchange.query === undefined || exchange.query === ''
    ? readFormBody(exchange)
    : invalidRequest('Send the parameters in the body, not in the query of the URL.');

const isAuthorization = (name: string | undefined): boolean =>
  name?.length === 13 && name.toLowerCase() === 'authorization';

/** The one Authorization header; two are refused. */
export const authorizationOf = (exchange: Exchange): string | undefined | TokenError => {
  const raw = exchange.incoming.rawHeaders;
  let count = 0;
  for (let i = 0; i < raw.length; i += 2) if (isAuthorization(raw[i])) count += 1;
  if (count > 1) return invalidRequest('The Authorization header was sent twice. Send it once.');
  return exchange.header('authorization');
};
