// What a person is called, and the zone in which their days begin (expiry of API keys).
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { code } from '../field-problem.ts';
import { plainLine } from '../plain-line.ts';
import { done, operation, refuseField } from '../operation.ts';
import { requiredText } from '../text-rules.ts';

const isZone = (given: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

export const updateProfile = operation({
  id: 'users.update-profile',
  summary: 'Change your name and time zone',
  http: ['POST', '/api/me'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    fullName: requiredText(120),
    timeZone: v.pipe(
      v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
      v.check((given) => /^[A-Za-z]/.test(given) && isZone(given), code('choice-missing')),
      v.description('IANA name, such as `Europe/Lisbon`.'),
    ),
  }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker, trace }, { fullName, timeZone }) {
    const name = plainLine(fullName);
    if (name === '') return refuseField('fullName', 'name-missing');
    await domain.stores.users.updateProfile(asker.user.id, { fullName: name, timeZone }, trace());
    return done(undefined);
  },
});
