// Where people go to connect an app: the documented link where it says enough, else the standard one.
import type { App } from '../../domain/apps/app.ts';
import type { Domain } from '../../domain/domain.ts';

export const consentUrl = (domain: Pick<Domain, 'settings'>, app: App): string => {
  const { issuer } = domain.settings;
  const [first = '', second] = app.redirectUris;
  if (app.kind === 'confidential' && second === undefined)
    return `${issuer}/page/vendor-auth.html?clientId=${app.clientId}`;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: first,
    ...(app.kind === 'public' ? { code_challenge: 'CODE_CHALLENGE', code_challenge_method: 'S256' } : {}),
  });
  return `${issuer}/oauth/authorize?${query.toString()}`;
};

/** For a person who is asked again; an app without a secret must begin by itself, so its own site is the way. */
export const againUrl = (domain: Pick<Domain, 'settings'>, app: App): string | undefined => {
  if (app.kind === 'confidential') return consentUrl(domain, app);
  return app.website === '' ? undefined : app.website;
};
