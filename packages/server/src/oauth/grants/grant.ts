// What a grant fills in on the token pipeline.
import { parseScope, type Form, type ScopeRequest, type TokenError } from '@latchkey/protocol';
import type { App } from '../../domain/apps/app.ts';
import type { Caused, Domain } from '../../domain/domain.ts';
import type { IssuedTokens } from '../../domain/tokens/issue.ts';

export type GrantRequest = {
  readonly domain: Domain;
  /** Authenticated, not suspended. */
  readonly app: App;
  readonly form: Form;
  readonly caused: Caused;
};

export type GrantResult =
  { readonly ok: true; readonly tokens: IssuedTokens } | { readonly ok: false; readonly error: TokenError };

export type Grant = {
  /** The value of `grant_type`. */
  readonly type: string;
  /** Why an app of this kind may not use the grant, or undefined. */
  readonly notFor: (app: App) => string | undefined;
  readonly run: (request: GrantRequest) => Promise<GrantResult>;
};

export const missing = (parameter: string): GrantResult => ({
  ok: false,
  error: { error: 'invalid_request', description: `${parameter} is missing.` },
});

export const invalidGrant = (description: string): GrantResult => ({
  ok: false,
  error: { error: 'invalid_grant', description },
});

export const scopeTooWide: GrantResult = {
  ok: false,
  error: {
    error: 'invalid_scope',
    description: 'scope asks for more than was granted. Send openApi or leave it out.',
  },
};

export const scopeOf = (form: Form): ScopeRequest | undefined => parseScope(form.get('scope'));
