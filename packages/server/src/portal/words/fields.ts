// What is wrong with a field, in words: for the management API, and for pages that say it no better themselves.
import type { FieldCode } from '../../domain/field-problem.ts';

const fieldWords = {
  'name-missing': 'Enter a name.',
  'too-long': 'Shorten this; it is longer than it may be.',
  'no-control-characters': 'Remove the invisible control characters.',
  'kind-missing': 'Say where it runs: “confidential” or “public”.',
  'redirect-uri-missing': 'Give at least one address.',
  'too-many-redirect-uris': 'Use at most 10 addresses.',
  'redirect-uri-not-a-url': 'Enter a whole address such as https://example.com/callback.',
  'redirect-uri-not-https': 'Use https. Plain http works only for localhost.',
  'redirect-uri-fragment': 'Remove everything from # on.',
  'redirect-uri-wildcard': 'Wildcards are not allowed; add each address.',
  'redirect-uri-response-parameter':
    '“code”, “state”, “error”, “iss” are ours; remove them from the address.',
  'redirect-uri-userinfo': 'Remove name and password.',
  'redirect-uri-too-long': 'Use at most 2,000 characters.',
  'redirect-uri-bad-scheme': 'Use https, or your own scheme with a dot, such as com.example.app:/callback.',
  'website-not-a-url': 'Enter a whole address that starts with https://.',
  'email-malformed': 'Enter an e-mail address such as name@example.com.',
  'phone-malformed': 'Enter a phone number in digits, such as +1 555 010 0123.',
  'date-malformed': 'Enter a day such as 2030-05-31.',
  'date-not-in-future': 'Choose a day after today.',
  'workspace-missing': 'Name a workspace that you are a member of.',
  'not-acknowledged': 'Send “yes” to say that you know what the key can do.',
  'unknown-permission': 'The API has no permission of this id.',
  'unknown-operation': 'No management key can be good for one of these operations.',
  'name-differs': 'Type the name exactly as it is.',
  'choice-missing': 'Choose one of what is offered.',
  'answer-missing': 'Answer this; reviewers need it.',
  'reason-missing': 'Give a reason.',
  'organization-missing': 'Enter the name of your organization.',
  'email-missing': 'Enter an e-mail address.',
  'phone-missing': 'Enter a phone number.',
  'password-missing': 'Enter a password.',
  'password-too-short': 'Use at least 10 characters.',
  'password-too-long': 'Use at most 200 characters.',
  'password-guessable':
    'This is easily guessed: it is common, repeats itself, or is made of your name. Choose another one.',
  'code-malformed': 'Enter the six digits of the code.',
  'logo-type': 'Use a PNG, JPEG or WebP picture.',
  'logo-too-large': 'Use a picture of at most 1 MB.',
  'logo-dimensions': 'Use a picture of 16 to 4,096 pixels on each side.',
  'logo-unreadable': 'This picture cannot be read. Save it again and retry.',
  malformed: 'This has not the form that it should have.',
} as const satisfies Readonly<Record<FieldCode, string>>;

export const fieldText = (code: FieldCode): string => fieldWords[code];
