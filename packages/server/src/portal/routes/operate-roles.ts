// `/operate/people/:person/role`: who reviews and who operates.
import { operatePerson } from '../../domain/operate/people.ts';
import { setPersonRole } from '../../domain/operate/set-role.ts';
import { perform } from '../../domain/operation.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { peopleUrl } from '../operate/people.ts';
import { rolePage, type RoleView } from '../operate/role.ts';
import { operateWords } from '../words/operate.ts';
import { by } from './app-page.ts';
import { normal, operatorRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const { id } = setPersonRole;
const flow = (page: PersonPage): string => `${id} ${page.part('person')}`;

const show = async (
  page: PersonPage,
  problem?: RoleView['problem'],
  status = problem === undefined ? 200 : 400,
): Promise<PageAnswer> => {
  const result = await perform(page.domain, operatePerson, by(page), { person: page.part('person') });
  if (!result.ok) return refusal(page, 'operate.person', result, peopleUrl);
  if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page);
  const { user } = result.value;
  return normal(
    rolePage({
      frame: page.frame,
      form: page.target(page.path, flow(page)),
      personName: user.fullName,
      personUrl: `${peopleUrl}/${user.publicId}`,
      chosen: user.platformRole,
      ...(problem === undefined ? {} : { problem }),
    }),
    status,
  );
};

const setRole = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const input = { person: page.part('person'), role: form.get('role') ?? '' };
  const result = await perform(page.domain, setPersonRole, by(page), input);
  const url = `${peopleUrl}/${page.part('person')}`;
  if (result.ok) return seeOther(url, 'role-set');
  if ('problems' in result) return show(page, operateWords.people.roleMissing);
  if (result.reason !== 'unchanged') return refusal(page, id, result, url);
  return show(page, refusalText(id, result.reason), refusalStatus(id, result.reason));
};

export const operateRoleRoutes: readonly Route[] = [
  operatorRoute({
    path: `${peopleUrl}/:person/role`,
    get: (page) => show(page),
    post: { fields: ['role'], flow, handle: setRole },
  }),
];
