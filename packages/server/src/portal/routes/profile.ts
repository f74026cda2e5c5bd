// `/settings/profile`: what a person is called and the zone of their days. The e-mail address has a page of its own.
import { perform } from '../../domain/operation.ts';
import { updateProfile } from '../../domain/users/update-profile.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import type { PageForm } from '../../http/forms.ts';
import { profilePage, profileUrl as PROFILE, type ProfileView } from '../profile/profile.ts';
import { normal, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal } from './refusal.ts';

const ZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

/** What the person has is always there, also under a name that this runtime has given up. */
const zonesWith = (zone: string): readonly string[] => (ZONES.includes(zone) ? ZONES : [zone, ...ZONES]);

const show = (
  page: PersonPage,
  given: Partial<Pick<ProfileView, 'fullName' | 'timeZone' | 'problems'>> = {},
  status = 200,
): PageAnswer => {
  const { user } = page.signedIn;
  return normal(
    profilePage({
      frame: page.frame,
      form: page.target(PROFILE, 'users.update-profile'),
      fullName: user.fullName,
      timeZone: user.timeZone,
      ...given,
      email: user.email,
      changeEmailUrl: `${PROFILE}/email`,
      zones: zonesWith(user.timeZone),
    }),
    status,
  );
};

const problemsOf = (all: readonly FieldProblem[]): ProfileView['problems'] | string => {
  let problems: NonNullable<ProfileView['problems']> = {};
  for (const { field, code } of all) {
    if (field === 'timeZone') problems = { ...problems, timeZone: 'zone-missing' };
    else if (
      field === 'fullName' &&
      (code === 'name-missing' || code === 'too-long' || code === 'no-control-characters')
    )
      problems = { ...problems, fullName: code };
    else return field;
  }
  return problems;
};

const post = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const given = { fullName: form.get('fullName') ?? '', timeZone: form.get('timeZone') ?? '' };
  const asker = { asker: page.signedIn, caused: page.caused };
  const result = await perform(page.domain, updateProfile, asker, given);
  if (result.ok) return seeOther(PROFILE, 'profile-saved');
  if (!('problems' in result)) return refusal(page, updateProfile.id, result, PROFILE);
  const problems = problemsOf(result.problems);
  return typeof problems === 'string'
    ? badValue(page, problems)
    : show(page, { fullName: given.fullName, ...(problems === undefined ? {} : { problems }) }, 400);
};

export const profileRoutes: readonly Route[] = [
  personRoute({
    path: PROFILE,
    get: (page) => show(page),
    post: { fields: ['fullName', 'timeZone'], flow: () => 'users.update-profile', handle: post },
  }),
];
