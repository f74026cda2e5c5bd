// RFC 6749 section 6: new tokens for a refresh token.
import { refreshTokens } from '../../domain/connections/refresh.ts';
import { invalidGrant, missing, scopeOf, scopeTooWide, type Grant } from './grant.ts';

export const refreshToken: Grant = {
  type: 'refresh_token',
  notFor: () => undefined,
  async run({ domain, app, form, caused }) {
    const token = form.get('refresh_token');
    if (token === undefined) return missing('refresh_token');
    const scope = scopeOf(form);
    if (scope === undefined) return scopeTooWide;
    const result = await refreshTokens(domain, { app, refreshToken: token, scope }, caused);
    if (result.ok) return result;
    if (result.reason === 'scope-too-wide') return scopeTooWide;
    return invalidGrant(
      'The refresh token is not valid any more: disconnected, expired after 180 days, replaced, or the app asks for new permissions. Ask the person to authorize again.',
    );
  },
};
