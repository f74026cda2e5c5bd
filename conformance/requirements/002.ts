// Rows of document 002, OAuth 2.0 for vendors: each requirement, and the test that proves it.
import { rowsOf } from './row.ts';

const CURL = 'curl.test.ts';
const CLOCK = 'clock.test.ts';

export const document002 = rowsOf(
  '002',
  '002-vendor-flow.test.ts',
)([
  [
    'The authorization page `/page/vendor-auth.html?clientId=`: the user signs in and chooses',
    'asks a person who is not signed in to sign in first, then for consent',
  ],
  ['The user chooses whether to authorize', 'names the app, its permissions in words, and both choices'],
  [
    'Granted: redirect to the registered URL with `code`',
    'redirects to the registered address with a code after Authorize',
  ],
  [
    'Denied: redirect with `error=access_denied`',
    'redirects with error=access_denied and no code after Cancel [security 5]',
  ],
  [
    'The code goes to the callback URL, not to the user',
    'gives the code to the vendor and never shows it to the person',
  ],
  [
    '`POST /api/user-web/oauth/token` with Basic; `code`, `client_id`, `redirect_uri`, `grant_type`; five answer fields; `token_type` Bearer, `scope` openApi',
    'answers exactly the five documented fields to parameters in the body',
  ],
  ['Parameters in the query, as the samples have them', 'takes the same parameters in the query, by POST'],
  [
    '… the printed curl request, which sends GET',
    '002: exchanges a code by the printed request, which sends GET',
    CURL,
  ],
  [
    '`redirect_uri` is the Authorized Redirect URL',
    'refuses a redirect address other than the one the code was sent to [security 18]',
  ],
  [
    '`expires_in` is the remaining lifetime in seconds',
    'an access token: at the moment that expires_in names',
    CLOCK,
  ],
  ['API calls with the token on behalf of the user', 'accepts the token at the API on behalf of the person'],
  [
    'Refresh without prompting the user; same answer fields',
    'refreshes with the same fields, without asking the person, and keeps the refresh token',
  ],
  [
    '… the printed curl request, which sends GET',
    '002: refreshes by the printed request, which sends GET',
    CURL,
  ],
  [
    'A refresh token is valid until 180 days',
    'a refresh token: good on day 179 and dead after 180, however often it was used [security 27]',
    CLOCK,
  ],
  [
    '… or until the user revokes access; users can disconnect at any time',
    'lets the person end it with Disconnect: access and refresh die at once [security 57]',
  ],
  [
    'Vendors cannot pull data unless the user initiates it',
    'gives a vendor nothing that the person did not start',
  ],
]);
