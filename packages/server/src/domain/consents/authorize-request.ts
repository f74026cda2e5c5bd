// Reads an authorization request: who asks, where the answer goes, what is asked for (RFC 6749 4.1.1, RFC 7636 4.3).
// Until app and redirect URI are proven, nothing is ever redirected (RFC 9700 4.11; security.md 5).
import {
  checkChallenge,
  isForm,
  narrowScope,
  parseScope,
  printable,
  redirectUriMatches,
  redirectUriWith,
  type AuthorizeErrorCode,
  type Form,
  type FormProblem,
} from '@latchkey/protocol';
import type { App } from '../apps/app.ts';
import { echoUri, leadsToEcho, mayUseEcho } from '../apps/echo.ts';
import type { Domain } from '../domain.ts';

export type AuthorizeRequest = {
  readonly app: App;
  readonly redirectUri: string;
  readonly redirectUriStated: boolean;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  readonly permissions: readonly string[];
  readonly permissionSetId: number;
};

/** Shown on our own host; the parameter and value help the app's developer. */
export type AuthorizePageError = {
  readonly kind: 'page-error';
  readonly reason:
    'malformed' | 'unknown-app' | 'redirect-not-registered' | 'redirect-ambiguous' | 'app-suspended';
  readonly app?: App;
  readonly parameter?: string;
  readonly received?: string;
};

export type ReadAuthorizeRequest =
  | AuthorizePageError
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'ask'; readonly request: AuthorizeRequest };

/** `alias`: the documented consent link, which names only the app (documents 002, 003). */
export type AuthorizeDialect = 'standard' | 'alias';

const MAX_VALUE_LENGTH = 2048;

const appOf = async (
  domain: Domain,
  form: Form,
  dialect: AuthorizeDialect,
): Promise<App | AuthorizePageError> => {
  const names = dialect === 'alias' ? ['clientId', 'client_id'] : ['client_id'];
  const given = names.flatMap((name) => form.get(name) ?? []);
  const parameter = names[0] ?? 'client_id';
  const clientId = given[0];
  if (clientId === undefined) return { kind: 'page-error', reason: 'unknown-app', parameter };
  if (given.some((other) => other !== clientId)) {
    return { kind: 'page-error', reason: 'malformed', parameter, received: given.join(', ') };
  }
  const entry = await domain.memory.appByClientId(clientId);
  if (entry === undefined || entry.app.deletedAtMs !== undefined) {
    return { kind: 'page-error', reason: 'unknown-app', parameter, received: clientId };
  }
  return entry.app;
};

/** The echo page is open to every app in development as it stands, and closed to all others, registered or not. */
const isAllowed = ({ settings }: Domain, app: App, stated: string): boolean =>
  leadsToEcho(settings, stated)
    ? mayUseEcho(app) && stated === echoUri(settings)
    : app.redirectUris.some((registered) => redirectUriMatches(registered, stated));

const redirectOf = (domain: Domain, app: App, stated: string | undefined): string | AuthorizePageError => {
  if (stated !== undefined) {
    if (isAllowed(domain, app, stated)) return stated;
    return {
      kind: 'page-error',
      reason: 'redirect-not-registered',
      app,
      parameter: 'redirect_uri',
      received: stated,
    };
  }
  const [only, ...others] = app.redirectUris;
  if (only !== undefined && others.length === 0 && !leadsToEcho(domain.settings, only)) return only;
  return { kind: 'page-error', reason: 'redirect-ambiguous', app, parameter: 'redirect_uri' };
};

/** Where the browser goes with an answer; `iss` says who gave it (RFC 9207). */
export const answerUri = (
  domain: Pick<Domain, 'settings'>,
  request: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  answer: { readonly code: string } | { readonly error: AuthorizeErrorCode; readonly description?: string },
): string =>
  redirectUriWith(request.redirectUri, {
    ...('code' in answer
      ? { code: answer.code }
      : { error: answer.error, error_description: answer.description }),
    state: request.state,
    iss: domain.settings.issuer,
  });

export const readAuthorizeRequest = async (
  domain: Domain,
  parsed: Form | FormProblem,
  dialect: AuthorizeDialect,
): Promise<ReadAuthorizeRequest> => {
  if (!isForm(parsed)) {
    return {
      kind: 'page-error',
      reason: 'malformed',
      ...(parsed.kind === 'doubled' ? { parameter: parsed.parameter } : {}),
    };
  }
  for (const [parameter, value] of parsed) {
    if (value.length > MAX_VALUE_LENGTH) {
      return { kind: 'page-error', reason: 'malformed', parameter, received: value.slice(0, 40) };
    }
  }
  const app = await appOf(domain, parsed, dialect);
  if ('kind' in app && app.kind === 'page-error') return app;
  if (!('clientId' in app)) return app;
  const stated = parsed.get('redirect_uri');
  const redirectUri = redirectOf(domain, app, stated);
  if (typeof redirectUri !== 'string') return redirectUri;
  if (app.suspendedAtMs !== undefined) return { kind: 'page-error', reason: 'app-suspended', app };
  const state = parsed.get('state');
  const refuse = (error: AuthorizeErrorCode, description: string): ReadAuthorizeRequest => ({
    kind: 'redirect',
    to: answerUri(domain, { redirectUri, state }, { error, description }),
  });
  const responseType = parsed.get('response_type') ?? (dialect === 'alias' ? 'code' : undefined);
  if (responseType === undefined)
    return refuse('invalid_request', 'response_type is missing. Send response_type=code.');
  if (responseType !== 'code') {
    return refuse(
      'unsupported_response_type',
      `Only response_type=code is supported, not ${printable(responseType)}.`,
    );
  }
  if ((parsed.get('response_mode') ?? 'query') !== 'query') {
    return refuse('invalid_request', 'Only response_mode=query is supported.');
  }
  const check = checkChallenge(
    parsed.get('code_challenge'),
    parsed.get('code_challenge_method'),
    app.kind === 'public',
  );
  if (check.kind === 'refused') return refuse('invalid_request', CHALLENGE_WORDS[check.reason]);
  const scope = parseScope(parsed.get('scope'));
  const live = await domain.stores.permissionSets.find(app.permissionSetId);
  const permissions = scope && narrowScope(scope, live?.permissions ?? []);
  if (permissions === undefined) {
    return refuse(
      'invalid_scope',
      'scope names a permission that this app does not have. Send openApi, nothing, or its permission ids.',
    );
  }
  const permissionSetId = await domain.stores.permissionSets.intern(permissions);
  const challenge = check.kind === 'challenge' ? check.challenge : undefined;
  return {
    kind: 'ask',
    request: {
      app,
      redirectUri,
      redirectUriStated: stated !== undefined,
      state,
      challenge,
      permissions,
      permissionSetId,
    },
  };
};

const CHALLENGE_WORDS = {
  'challenge-missing': 'code_challenge is missing. This app must use PKCE with S256.',
  'method-not-s256': 'code_challenge_method must be S256.',
  'challenge-malformed': 'code_challenge must be the 43 characters of a base64url SHA-256.',
} as const;
