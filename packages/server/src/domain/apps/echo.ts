// The echo page's address: where the walk-through of an app in development may send a code, without registering it.
//
// It is no way to a code of somebody else's. An app in production can never use it, even if it registered it. The code
// goes to a page of ours, in the browser of whoever pressed Authorize, and the portal (portal/routes/echo.ts) asks for
// consent only when the state proves that this very session began the walk-through of this app, and shows the answer
// only to that session. What a foreign link with this address reaches is a page that refuses.
import { isFirstParty, modeOf, type App } from './app.ts';

export const ECHO_PATH = '/developer/echo';

type At = { readonly issuer: string };

export const echoUri = ({ issuer }: At): string => `${issuer}${ECHO_PATH}`;

/** Any address that ends there, whatever its query. */
export const leadsToEcho = (settings: At, uri: string): boolean => {
  const url = URL.parse(uri);
  return url !== null && `${url.origin}${url.pathname}` === echoUri(settings);
};

export const mayUseEcho = (app: App): boolean => !isFirstParty(app) && modeOf(app) === 'development';
