// Rows of the newer help pages: each requirement, and the test that proves it.
import { rowsOf } from './row.ts';

const CLOCK = 'clock.test.ts';
const LIFECYCLE = '001-lifecycle.test.ts';
const EDITS = '001-edits.test.ts';
const DEVELOPER = '003-developer.test.ts';
const REVIEW = '003-review.test.ts';
const SUSPENDED = 'refusals-suspended.test.ts';
const VENDOR_FLOW = '002-vendor-flow.test.ts';
const OAUTH = '001-oauth2.test.ts';
const KEYS = 'api-keys.test.ts';

export const helpPages = rowsOf(
  'help',
  KEYS,
)([
  [
    'Sign-up asks for full name, organization name, e-mail, phone and password',
    'is offered by a Sign Up link where people sign in',
    REVIEW,
  ],
  ['A code sent by e-mail must be entered to finish', 'is not made by a wrong code', REVIEW],
  ['… valid for 10 minutes', 'a sign-up code: 10 minutes, and another one can be had', CLOCK],
  [
    'After sign-up: into the Developer Platform',
    'is made by the form and the mailed code, leads to the authorizations dashboard, and signs in from then on',
    REVIEW,
  ],
  [
    'The Developer Platform’s address',
    'is found at the address of the documented Developer Platform',
    REVIEW,
  ],
  [
    'Development Mode: edits take effect at once',
    'registers with name, description and several redirect URIs, each of which may be used',
    LIFECYCLE,
  ],
  [
    'Declined: edited freely, with effect at once',
    'Declined: not open to others, edited freely with effect at once, and resubmitted at any time',
    LIFECYCLE,
  ],
  [
    'A breaking edit under review wears the amber badge “Update Submitted — Re-authorization Required”',
    'wears the amber words “Update Submitted — Re-authorization Required” while it is under review',
    EDITS,
  ],
  [
    '… and the developer gets a warning beforehand',
    'warns the vendor before submission, with how many must authorize again, and wants users to be notified first',
    EDITS,
  ],
  [
    'An edit acts once it is published',
    'waits, once approved, for the vendor to publish it where the vendor chose so',
    EDITS,
  ],
  [
    'A missing permission: grant it in the portal, then have users authorize again',
    'lets a missing permission be granted in the portal, and used after authorizing again',
    LIFECYCLE,
  ],
  [
    'Data visibility stays that of the user',
    'limits the token to the data of the key owner and to the permissions of the app',
    OAUTH,
  ],
  [
    'An application that may not use the API: 403 `VENDOR_HAS_NO_PERMISSION`',
    'gateway: 403 VENDOR_HAS_NO_PERMISSION with every access token [security 40]',
    SUSPENDED,
  ],
  [
    'The three `X-RateLimit` headers on every response',
    'sends the three rate headers with every answer to an app, also with refusals',
    LIFECYCLE,
  ],
  [
    'Over the limit: 429, the three headers, `{"message":"Too Many Requests"}`; the window resets every 60 seconds',
    'answers the 101st request of a development app in a minute with 429, and the next minute anew [security 63]',
    CLOCK,
  ],
  [
    '`+ Create API Key`: Name required; Description and Expiration Date optional',
    'asks for a Name, an optional Description and Expiration Date, and the acknowledgment, behind + Create API Key',
  ],
  ['Keys are not generated automatically', 'makes no key by itself: a new person has none'],
  [
    'The API usage acknowledgment is required',
    'makes no key without the acknowledgment that whoever holds it can act as its maker',
    DEVELOPER,
  ],
  [
    '… and recorded with IP, device and time, tied to the key',
    'records the acknowledgment with time, address and device, and shows it with the key',
  ],
  ['A key is a signed JWS with metadata', 'is a signed JWS with metadata, and no static string'],
  [
    'A key is bound to the user that made it',
    'acts as the person who made it: with their profile and their data alone',
  ],
  ['`Authorization: token <api_key>`', 'makes a key that works as token, shown whole on one page', DEVELOPER],
  ['A key sent as Bearer is rejected', 'refuses a key sent as Bearer, and says how to send it', DEVELOPER],
  ['A key can be revealed by its owner', 'can be shown again by its owner, the same as before'],
  [
    'Revealing and revoking are protected by the second factor',
    'a second factor, where one is set up: asked for before a key is shown or revoked',
    CLOCK,
  ],
  [
    'Statuses Active and Revoked; Revoked is permanent and kept as history',
    'shows Active and Revoked; a revoked key stays as history, and nothing brings it back',
  ],
  [
    'Status Expired, permanent and kept as history',
    'an API key with an expiration date: it works before that day and not after',
    CLOCK,
  ],
  [
    'Expiry takes effect at 12:01 AM on the chosen date',
    'an API key with an expiration date: ends at 12:01 AM of that day, where its maker lives',
    CLOCK,
  ],
  [
    'At most 10 active keys; Expired and Revoked do not count',
    'holds at most 10 active keys; a revoked one does not count',
  ],
  [
    'Migrated keys: label “Legacy Token”, Active, no expiration',
    'labels a key from before “Legacy Token”: Active, without expiration, and working as it was',
  ],
  ['Revocation is immediate', 'ends a revoked key at once [security 58]', DEVELOPER],
  [
    '… also for tokens that apps have through the key',
    'revoking is immediate for the tokens that apps have through the key',
  ],
  ['Loomta’s key page, `/dashboard/api-keys`', 'is reached at the address that Loomta’s pages name, too'],
  [
    'Manage My Authorizations lists every app that the user authorized',
    'lists every app that the person authorized, each with Disconnect',
  ],
  [
    'Disconnect revokes the app’s access at any time',
    'lets the person end it with Disconnect: access and refresh die at once [security 57]',
    VENDOR_FLOW,
  ],
  [
    'Only the user can start a connection',
    'gives a vendor nothing that the person did not start',
    VENDOR_FLOW,
  ],
]);
