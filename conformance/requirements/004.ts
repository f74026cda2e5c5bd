// Rows of document 004, the CLI device flow: each requirement, and the test that proves it.
import { rowsOf } from './row.ts';

const CURL = 'curl.test.ts';
const CLOCK = 'clock.test.ts';
const REFUSALS = 'refusals-device.test.ts';

export const document004 = rowsOf(
  '004',
  '004-device-flow.test.ts',
)([
  [
    '`POST /auth/device/start` answers the six fields; interval 5, 600 seconds; code `LMT-XXXX-XXXX`',
    'answers the documented fields, with 5 seconds and 600 seconds',
  ],
  ['… the printed curl request', '004: starts a device login', CURL],
  [
    'The complete address pre-fills the code',
    'pre-fills the code of the complete address, still asks, and a GET approves nothing [security 44]',
  ],
  [
    'The user signs in, picks a workspace and authorizes; a `loomta_sk_` key is minted',
    'asks for sign-in first, then for the workspace, then mints a loomta_sk_ key for it',
  ],
  [
    '`POST /auth/device/approve` with session, `x-organization-id` and `userCode`',
    'takes session, x-organization-id and userCode, and answers approved with the workspace',
  ],
  ['The key belongs to the chosen workspace', 'scopes the key to the chosen workspace'],
  [
    '`authorization_pending`: 400, not approved yet',
    'answers authorization_pending with 400 while nobody approved',
  ],
  ['… the printed curl request', '004: polls a device login', CURL],
  ['`slow_down`: polled too fast', 'answers slow_down to a poll within the interval [security 43]'],
  [
    '… adds 5 seconds to the interval',
    'polling pace: each early poll adds 5 seconds, which are remembered [security 43]',
    CLOCK,
  ],
  [
    '`expired_token`: the 10-minute window elapsed',
    'a device code: expired_token after 600 seconds, on both families of endpoints [security 48]',
    CLOCK,
  ],
  ['`access_denied`: denied', 'gives the terminal access_denied after I did not start this'],
  ['`access_denied`: invalid', 'answers access_denied to an unknown device code [security 48]'],
  [
    '200 with `status` and `api_key` exactly once; then `access_denied`: already claimed',
    'hands the key out exactly once, then answers access_denied [security 47]',
  ],
  [
    '… also when polls arrive at once',
    '20 parallel polls of an approved device request: one key, the others access_denied [security 47]',
    'races.test.ts',
  ],
  [
    'Every refusal of approve',
    'approve without, or with a foreign workspace, or a role too low: 403 workspace_forbidden, and the request stays pending [security 48b]',
    REFUSALS,
  ],
  [
    '`loomta auth:login` opens the browser, polls, saves the key',
    'auth:login opens the browser at the complete address, polls, and saves the key [security 47]',
  ],
  [
    '`loomta auth:login --no-browser` prints URL and code instead',
    'auth:login --no-browser prints the address and the code and opens nothing',
  ],
]);
