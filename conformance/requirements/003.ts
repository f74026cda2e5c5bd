// Rows of document 003, the older vendor article: each requirement, and the test that proves it.
import { rowsOf } from './row.ts';

const CURL = 'curl.test.ts';
const CLOCK = 'clock.test.ts';
const LIFECYCLE = '001-lifecycle.test.ts';
const REVIEW = '003-review.test.ts';
const VENDOR_FLOW = '002-vendor-flow.test.ts';

export const document003 = rowsOf(
  '003',
  '003-developer.test.ts',
)([
  [
    'The API key is found at Settings > Integrations > API',
    'shows the API key page at Settings, Integrations, API',
  ],
  ['An API key gives access to the API', 'makes a key that works as token, shown whole on one page'],
  [
    '`+ Add More Authorizations` starts an application',
    'offers + Add More Authorizations, which leads to the registration form',
  ],
  [
    'The registration form has the documented fields and `Submit`',
    'asks for the documented fields and ends with Submit',
  ],
  [
    'Submitted applications stand on the dashboard',
    'registers an app with every field and lists it on the dashboard',
  ],
  ['Several applications can be registered', 'registers several applications for one developer'],
  ['The dashboard has the documented columns', 'shows the documented columns'],
  [
    'client_id and client_secret are given to the developer',
    'shows the client secret whole once and masked on the dashboard',
  ],
  [
    '`client_id` names the client in the consent link (parameter table)',
    'takes client_id as well as clientId in the consent link',
  ],
  [
    'The “Authorized” or “Denied” status returns in the redirect URL',
    'returns the denied status in the redirect URL',
  ],
  [
    'Code for tokens by the printed HTTP request: Basic, form body, empty `client_id=`',
    'exchanges a code by the printed form body, with its empty client_id beside Basic',
  ],
  [
    '… the printed curl request, which sends GET',
    '003: exchanges a code by the printed request, which sends GET',
    CURL,
  ],
  ['Refresh by the printed HTTP request', 'refreshes by the printed form body'],
  [
    'The user must be signed in, and clicks Authorize',
    'asks a person who is not signed in to sign in first, then for consent',
    VENDOR_FLOW,
  ],
  ['The code is short-term', 'an authorization code: good at 59 seconds, dead at 60 [security 21]', CLOCK],
  [
    'Agents may not rotate the bearer token; they disconnect the integration',
    'lets an agent disconnect an app, and offers nothing to rotate its token',
  ],
  [
    'The key alone in `Authorization`',
    'takes the key alone in Authorization, as the printed /v1.0/me samples send it',
  ],
  [
    '… the printed curl request FROM, which sends POST',
    '003: reads the profile by the printed request of the old host, which sends POST',
    CURL,
  ],
  [
    '… the printed curl request TO, which sends POST',
    '003: reads the profile by the printed request of the new host, which sends POST',
    CURL,
  ],
  [
    'Endpoints are open to whoever has credentials, and to nobody else',
    'no credential, a bad one, or one of the wrong kind: 401 BAD_CREDENTIALS with a challenge',
    'refusals-gateway.test.ts',
  ],
  ['A Sign Up link makes a developer account', 'is offered by a Sign Up link where people sign in', REVIEW],
  [
    '… all required information is asked for',
    'wants every field, each with its own message, and mails nothing before',
    REVIEW,
  ],
  [
    '… and the authorizations dashboard comes after it',
    'is made by the form and the mailed code, leads to the authorizations dashboard, and signs in from then on',
    REVIEW,
  ],
  ['App Logo', 'takes an App Logo, and shows it on the dashboard and to people who are asked', REVIEW],
  [
    'Status at the far right, with All, Under Review, Approved, Rejected',
    'has the Status in the last column, and filters it by All, Under Review, Approved and Rejected',
    REVIEW,
  ],
  ['… the filter by its words', 'reaches each filter by its words', REVIEW],
  [
    'Application details can be changed',
    'Declined: not open to others, edited freely with effect at once, and resubmitted at any time',
    LIFECYCLE,
  ],
  [
    'Under Review: around three business days; after that, Support is written to',
    'says that a review takes about three business days, on the page and by mail, and whom to write to',
    REVIEW,
  ],
  [
    'Rejected: the primary contact gets an e-mail with the reason',
    'mails the reason of a rejection to the primary contact, as the reviewer wrote it',
    REVIEW,
  ],
  [
    'Rejected: Resubmit, edit the information, submit again',
    'has a Resubmit button on a rejected app, which leads to the reason, to editing and to submitting again',
    REVIEW,
  ],
  [
    'Approved: client_id and client_secret are in the account',
    'approved: tells the primary contact, and has client_id and client_secret in the account',
    REVIEW,
  ],
  [
    'Approved: users of the platform use the app by its link',
    'approved: every user of the platform can be sent to the consent link',
    REVIEW,
  ],
  [
    'The user signs in, is asked, and Lofty answers with the code in the redirect URL',
    'redirects to the registered address with a code after Authorize',
    VENDOR_FLOW,
  ],
  [
    '… or with `error=access_denied`',
    'redirects with error=access_denied and no code after Cancel [security 5]',
    VENDOR_FLOW,
  ],
  [
    '`redirect_uri` is one of those that are listed for the app',
    'refuses a redirect address other than the one the code was sent to [security 18]',
    VENDOR_FLOW,
  ],
  [
    'The answer’s fields: access_token, expires_in, refresh_token, token_type Bearer, scope openApi',
    'answers exactly the five documented fields to parameters in the body',
    VENDOR_FLOW,
  ],
  [
    'A refresh token is valid for 180 days',
    'a refresh token: good on day 179 and dead after 180, however often it was used [security 27]',
    CLOCK,
  ],
  [
    '… or until the user revokes access',
    'lets the person end it with Disconnect: access and refresh die at once [security 57]',
    VENDOR_FLOW,
  ],
  [
    'The code goes to the vendor’s callback URL and not to the user',
    'gives the code to the vendor and never shows it to the person',
    VENDOR_FLOW,
  ],
  [
    'Sign-in cookies and the app’s id are checked before a code is made',
    'an unknown app: a page, no redirect [security 5]',
    'refusals-authorize.test.ts',
  ],
  [
    'Vendors cannot pull data of users who did not start the integration',
    'gives a vendor nothing that the person did not start',
    VENDOR_FLOW,
  ],
]);
