// What a vendor tells a reviewer and people, as it is typed.
import * as v from 'valibot';
import { code } from '../field-problem.ts';
import { optionalText } from '../text-rules.ts';

export const MAX_NOTE = 280;
export const MAX_ANSWER = 4000;

const answer = v.pipe(optionalText(MAX_ANSWER), v.minLength(1, code('answer-missing')));

const isLink = (given: string): boolean => {
  const url = URL.parse(given);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
};

export const answerFields = {
  purpose: answer,
  permissionReasons: answer,
  howToTry: answer,
  recording: v.pipe(
    optionalText(500),
    v.check((given) => given === '' || isLink(given), code('website-not-a-url')),
  ),
};

export const reasonText = v.pipe(optionalText(MAX_ANSWER), v.minLength(1, code('reason-missing')));

/** The number that the page showed. */
export const shownVersion = v.pipe(v.number(), v.safeInteger());
