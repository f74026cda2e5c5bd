// Rows of document 001, OAuth 2.0 for developers: each requirement, and the test that proves it.
import { rowsOf } from './row.ts';

const CURL = 'curl.test.ts';
const CLOCK = 'clock.test.ts';
const LIFECYCLE = '001-lifecycle.test.ts';
const EDITS = '001-edits.test.ts';
const DEVELOPER = '003-developer.test.ts';
const REVIEW = '003-review.test.ts';
const EPOCH = 'refusals-epoch.test.ts';

export const document001 = rowsOf(
  '001',
  '001-oauth2.test.ts',
)([
  [
    'A registered app gets a Client ID and a Client Secret; new apps start in Development Mode',
    'gives a new app its Client ID and Client Secret at once, in Development Mode',
  ],
  [
    'In Development Mode the full flow works without review',
    'lets a new app run the whole flow without a review',
  ],
  [
    'Authorization code at `POST /oauth/token` with id and secret in the body',
    'exchanges a code with client id and secret in the body for an access and a refresh token',
  ],
  ['… the printed curl request', '001: exchanges a code with the client secret in the body', CURL],
  ['The access token in `Authorization: Bearer`', 'accepts the access token as a Bearer at the API'],
  ['… the printed curl request', '001: calls an endpoint with the access token', CURL],
  ['PKCE: code verifier instead of a secret', 'needs no client secret, only the verifier'],
  ['… the printed curl request', '001: exchanges a code with a PKCE verifier and no secret', CURL],
  [
    'The Lofty CLI uses this flow for browser login',
    'auth login-browser signs in by the browser, without a secret, and caches the tokens',
    '000-lofty-cli.test.ts',
  ],
  [
    'Client credentials with a `customer_key` that names the account',
    'gives a token for the account that the customer key names',
  ],
  ['… the printed curl request', '001: exchanges a customer key by client credentials', CURL],
  ['`customer_key` is required', 'requires the customer key'],
  [
    'That token has the user’s data and permissions',
    'limits the token to the data of the key owner and to the permissions of the app',
  ],
  [
    'A token is limited to the endpoints granted in the portal',
    'grants exactly the endpoints chosen in the portal, named in the scope of /oauth/token',
  ],
  [
    'Another endpoint: 403 with code 200100 and the documented message',
    'answers an endpoint outside the granted set with 403 and code 200100 [security 62]',
  ],
  ['Development: 100 requests a minute', 'counts a development app at 100 requests a minute'],
  [
    '… and the next one is refused',
    'answers the 101st request of a development app in a minute with 429, and the next minute anew [security 63]',
    CLOCK,
  ],
  ['Production: 500 requests a minute', 'counts a production app at 500 requests a minute'],
  ['Limits are per app, not per account', 'counts per app and not per account [security 63]'],
  [
    '… and can be set for one app',
    'holds an app to a limit of its own, where an operator set one',
    LIFECYCLE,
  ],
  [
    'A Developer Platform account is made by signing up',
    'is made by the form and the mailed code, leads to the authorizations dashboard, and signs in from then on',
    REVIEW,
  ],
  [
    'An app is registered with name, description and one or more redirect URIs',
    'registers with name, description and several redirect URIs, each of which may be used',
    LIFECYCLE,
  ],
  [
    'Development: the full flow without review, and nothing is sent for review by itself',
    'sends nothing for review by itself: a new app is in no queue',
    LIFECYCLE,
  ],
  [
    'Under Review: submitted for production access',
    'Under Review: waits for a reviewer, and works on in Development Mode at 100 requests a minute',
    LIFECYCLE,
  ],
  [
    'Production: approved, real users can authorize the app, 500 requests a minute',
    'Production: approved, real users can authorize it, at 500 requests a minute',
    LIFECYCLE,
  ],
  [
    'Declined: edit and resubmit at any time',
    'Declined: not open to others, edited freely with effect at once, and resubmitted at any time',
    LIFECYCLE,
  ],
  [
    'Edits of a production app are reviewed before they take effect; it goes on with the approved configuration',
    'keeps the approved configuration in force during review, and takes effect once approved [security 51]',
    EDITS,
  ],
  [
    'Non-breaking: name, description, redirect URIs, fewer permissions; existing connections are unaffected',
    'leave existing connections alive during review and after: name, description, redirect URIs, fewer permissions [security 52]',
    EDITS,
  ],
  [
    '… a removed permission ends for every token',
    'removing a permission: the endpoint is refused with 403 once published, to every token',
    EDITS,
  ],
  [
    'Breaking: adding a permission invalidates every existing token',
    'adding a permission: tokens live on during review, and every one is invalid once published [security 52]',
    EDITS,
  ],
  [
    '… answered with 401 at the gateway',
    'gateway: 401 BAD_CREDENTIALS with every access token of before [security 52]',
    EPOCH,
  ],
  [
    '… with `invalid_grant` at the token endpoints',
    'code and refresh token: 400 invalid_grant on both token paths [security 52]',
    EPOCH,
  ],
  [
    '… and as inactive by introspection',
    'introspection: inactive, for the API and for the app itself',
    EPOCH,
  ],
  [
    'Existing users must authorize the app again',
    'existing users must authorize again, and the new token has the new permission',
    EDITS,
  ],
  [
    '… and are asked to',
    'asks each connected person by mail to authorize again, in the words of the vendor',
    EDITS,
  ],
  [
    'Users are notified before permissions are added',
    'warns the vendor before submission, with how many must authorize again, and wants users to be notified first',
    EDITS,
  ],
  [
    'Edit controls are locked during review',
    'locks the edit controls during review, and an old form changes nothing',
    EDITS,
  ],
  [
    'The pending edit is cancelled for an urgent change',
    'opens the controls again when the pending edit is cancelled; the app stays as it is',
    EDITS,
  ],
  [
    'A declined edit: the app goes on, the reason comes by e-mail, it is adjusted and resubmitted',
    'declined: the app goes on as it is, the reason comes by mail, and the edit is adjusted and resubmitted',
    EDITS,
  ],
  [
    'The customer key is found at Settings → Integrations → API',
    'shows the API key page at Settings, Integrations, API',
    DEVELOPER,
  ],
]);
