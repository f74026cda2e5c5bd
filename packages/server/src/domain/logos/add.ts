// Adds a picture that a registration or a change then names by its hash.
import * as v from 'valibot';
import { onAVendorTeam } from '../apps/rules.ts';
import { code } from '../field-problem.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';

/** 1 MB as base64. */
const MAX_TEXT = 1_398_104;

export const addLogo = operation({
  id: 'apps.add-logo',
  summary: 'Add a picture for an app; register or change the app with its hash',
  http: ['POST', '/api/logos'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({
    picture: v.pipe(
      v.string(),
      v.maxLength(MAX_TEXT, code('logo-too-large')),
      v.base64(code('malformed')),
      v.description('PNG, JPEG or WebP of at most 1 MB, in base64.'),
    ),
  }),
  output: v.object({ logoHash: v.string() }),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: { busy: 503, throttled: 429 },
  async run({ domain, asker, caused, nowMs }, { picture }) {
    const source = { about: `user ${asker.user.id}`, address: caused.address };
    const seconds = domain.guesses.blockedForSeconds('logo', source);
    if (seconds !== undefined) return refuse('throttled', { seconds });
    domain.guesses.failed('logo', source);
    const made = await domain.makeLogo(Buffer.from(picture, 'base64'));
    if (!made.ok) return made.problem === 'busy' ? refuse('busy') : refuseField('picture', made.problem);
    await domain.stores.logos.put(made.hash, made.png, nowMs);
    return done({ logoHash: made.hash });
  },
});
