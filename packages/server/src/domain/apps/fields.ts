// The fields of an app that its vendor writes (document 003), one schema for registering, changing and proposing an edit.
import { redirectUriProblem } from '@latchkey/protocol';
import * as v from 'valibot';
import { code } from '../field-problem.ts';
import { isEmail, optionalText, requiredText } from '../text-rules.ts';

const MAX_REDIRECT_URIS = 10;

export const isWebsite = (given: string): boolean => {
  const url = URL.parse(given);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
};

/** Each address gets its own problem, at its own field. */
const redirectUri = v.pipe(
  v.string(),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? redirectUriProblem(dataset.value) : undefined;
    if (problem !== undefined) addIssue({ message: code(`redirect-uri-${problem}`) });
  }),
);

export const appFields = {
  name: requiredText(60),
  website: v.pipe(
    optionalText(300),
    v.check((given) => given === '' || isWebsite(given), code('website-not-a-url')),
  ),
  description: optionalText(1000),
  redirectUris: v.pipe(
    v.array(redirectUri),
    v.minLength(1, code('redirect-uri-missing')),
    v.maxLength(MAX_REDIRECT_URIS, code('too-many-redirect-uris')),
    v.transform((all) => [...new Set(all)]),
  ),
  contactName: optionalText(100),
  contactEmail: v.pipe(
    optionalText(320),
    v.check((given) => given === '' || isEmail(given), code('email-malformed')),
  ),
  contactPhone: v.pipe(
    optionalText(40),
    v.check((given) => given === '' || /^\+?[\d ().\-/]{5,40}$/.test(given), code('phone-malformed')),
  ),
  /** Of an uploaded picture; absent: the one it has stays. */
  logoHash: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, code('malformed')))),
};
