// What a website answered, as the management API says it.
import * as v from 'valibot';
import { instant, instantOf } from '../answers.ts';
import { isFault, type WebsiteLook } from './website.ts';

export const websiteAnswer = v.pipe(
  v.object({
    host: v.string(),
    answer: v.picklist([
      'answers',
      'error-status',
      'no-such-host',
      'not-public',
      'certificate',
      'redirects',
      'other-port',
      'unreachable',
      'waiting',
      'not-asked',
    ]),
    status: v.nullable(v.pipe(v.number(), v.integer())),
    holdsUp: v.pipe(v.boolean(), v.description("Surely the website's own fault, so it holds the review up.")),
    at: instant,
  }),
  v.description('What the website answered; null where the app names none by https.'),
);

export const answerOfLook = (look: WebsiteLook): v.InferOutput<typeof websiteAnswer> => ({
  host: look.host,
  answer: look.answer.kind,
  status: 'status' in look.answer ? look.answer.status : null,
  holdsUp: isFault(look),
  at: instantOf(look.atMs),
});
