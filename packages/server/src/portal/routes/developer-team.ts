// `/developer/profile` and `/developer/team`: who a vendor is and who works on its apps.
import { perform } from '../../domain/operation.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import { changeVendorProfile } from '../../domain/vendors/change-profile.ts';
import {
  inviteTeamMember,
  listTeam,
  removeTeamMember,
  withdrawTeamInvitation,
} from '../../domain/vendors/team.ts';
import type { PageForm } from '../../http/forms.ts';
import { problemsByField } from '../parts/field-problems.ts';
import { PROFILE_URL, vendorProfilePage, type ProfileView } from '../team/profile.ts';
import { removeMemberPage, TEAM_URL, teamPage, type TeamView } from '../team/team.ts';
import { fieldText } from '../words/fields.ts';
import { by } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { notFound } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';

const PROFILE_FIELDS = ['name', 'contactName', 'contactEmail', 'contactPhone'] as const;

const showProfile = (
  page: PersonPage,
  values: ProfileView['values'],
  problems?: readonly FieldProblem[],
): PageAnswer =>
  normal(
    vendorProfilePage({
      frame: page.frame,
      form: page.target(PROFILE_URL, changeVendorProfile.id),
      values,
      ...(problems === undefined ? {} : { problems: problemsByField(problems) }),
    }),
    problems === undefined ? 200 : 400,
  );

const profile = async (page: PersonPage): Promise<PageAnswer> => {
  const vendor = await page.domain.stores.vendors.ofUser(page.signedIn.user.id);
  return vendor === undefined ? notFound(page) : showProfile(page, vendor);
};

const saveProfile = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const values = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, form.get(field) ?? '']));
  const result = await perform(page.domain, changeVendorProfile, by(page), values);
  if (result.ok) return seeOther(PROFILE_URL, 'profile-saved');
  if ('problems' in result) return showProfile(page, values, result.problems);
  return refusal(page, changeVendorProfile.id, result, PROFILE_URL);
};

const showTeam = async (
  page: PersonPage,
  given: Pick<TeamView, 'email' | 'problem'> = {},
  status = 200,
): Promise<PageAnswer> => {
  const result = await perform(page.domain, listTeam, by(page), {});
  if (!result.ok) return refusal(page, listTeam.id, result, TEAM_URL);
  const { members, invitations } = result.value;
  return normal(
    teamPage({
      frame: page.frame,
      members: members.map(({ user, joinedAtMs }) => ({
        name: user.fullName,
        email: user.email,
        joinedAtMs,
        isSelf: user.id === page.signedIn.user.id,
        ...(members.length === 1 ? {} : { removeUrl: `${TEAM_URL}/${user.publicId}/remove` }),
      })),
      waiting: invitations.map(({ email, expiresAtMs }) => ({
        email,
        expiresAtMs,
        withdraw: page.target(`${TEAM_URL}/withdraw`, withdrawTeamInvitation.id, { email }),
      })),
      invite: page.target(TEAM_URL, inviteTeamMember.id),
      ...given,
    }),
    status,
  );
};

const invite = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const email = form.get('email') ?? '';
  const result = await perform(page.domain, inviteTeamMember, by(page), { email });
  if (result.ok) return seeOther(TEAM_URL, 'invitation-sent');
  if ('problems' in result) {
    const text = fieldText(result.problems[0]?.code ?? 'email-malformed');
    return showTeam(page, { email, problem: { text, atField: true } }, 400);
  }
  const text = refusalText(inviteTeamMember.id, result.reason);
  if (text === undefined) return refusal(page, inviteTeamMember.id, result, TEAM_URL);
  const status = refusalStatus(inviteTeamMember.id, result.reason);
  return showTeam(page, { email, problem: { text, atField: result.reason === 'on-the-team' } }, status);
};

const withdraw = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const given = { email: form.get('email') ?? '' };
  const result = await perform(page.domain, withdrawTeamInvitation, by(page), given);
  return result.ok
    ? seeOther(TEAM_URL, 'invitation-withdrawn')
    : refusal(page, withdrawTeamInvitation.id, result, TEAM_URL);
};

const removeFlow = (page: PersonPage): string => `${removeTeamMember.id} ${page.part('user')}`;

const showRemove = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, listTeam, by(page), {});
  const found = result.ok
    ? result.value.members.find(({ user }) => user.publicId === page.part('user'))
    : undefined;
  if (found === undefined) return notFound(page);
  return normal(
    removeMemberPage({
      frame: page.frame,
      form: page.target(`${TEAM_URL}/${found.user.publicId}/remove`, removeFlow(page)),
      name: found.user.fullName,
      isSelf: found.user.id === page.signedIn.user.id,
    }),
  );
};

const remove = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, removeTeamMember, by(page), { user: page.part('user') });
  if (!result.ok) return refusal(page, removeTeamMember.id, result, TEAM_URL);
  // Who left is no vendor any more: the team's pages are closed to them.
  return result.value.self ? seeOther('/', 'team-left') : seeOther(TEAM_URL, 'member-removed');
};

export const teamRoutes: readonly Route[] = [
  vendorRoute({
    path: PROFILE_URL,
    get: profile,
    post: { fields: PROFILE_FIELDS, flow: () => changeVendorProfile.id, handle: saveProfile },
  }),
  vendorRoute({
    path: TEAM_URL,
    get: (page) => showTeam(page),
    post: { fields: ['email'], flow: () => inviteTeamMember.id, handle: invite },
  }),
  vendorRoute({
    path: `${TEAM_URL}/withdraw`,
    get: () => seeOther(TEAM_URL),
    post: { fields: ['email'], flow: () => withdrawTeamInvitation.id, handle: withdraw },
  }),
  vendorRoute({
    path: `${TEAM_URL}/:user/remove`,
    get: showRemove,
    post: { fields: [], flow: removeFlow, handle: remove },
  }),
];
