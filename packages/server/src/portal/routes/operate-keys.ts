// `/operate/people/:person/import-key`: a key from before, taken over in the name of a member.
import { importLegacyKeyByOperator } from '../../domain/keys/import-legacy.ts';
import { operatePerson } from '../../domain/operate/people.ts';
import { perform } from '../../domain/operation.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { importKeyPage, type ImportKeyView } from '../operate/import-key.ts';
import { peopleUrl } from '../operate/people.ts';
import { words } from '../words/common.ts';
import { fieldText } from '../words/fields.ts';
import { by } from './app-page.ts';
import { normal, operatorRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const { id } = importLegacyKeyByOperator;
const flow = (page: PersonPage): string => `${id} ${page.part('person')}`;

type Typed = Pick<ImportKeyView, 'chosen' | 'name' | 'problems'>;

const show = async (page: PersonPage, typed: Typed = {}, status = 200): Promise<PageAnswer> => {
  const result = await perform(page.domain, operatePerson, by(page), { person: page.part('person') });
  if (!result.ok) return refusal(page, 'operate.person', result, peopleUrl);
  if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page);
  const { user, memberships } = result.value;
  return normal(
    importKeyPage({
      ...typed,
      frame: page.frame,
      form: page.target(page.path, flow(page)),
      personName: user.fullName,
      personUrl: `${peopleUrl}/${user.publicId}`,
      workspaces: memberships.map(({ workspace }) => ({ id: workspace.publicId, name: workspace.name })),
    }),
    status,
  );
};

/** Beside the field that has to change. */
const fieldOf = { 'no-member': 'workspace', exists: 'key', 'not-a-key': 'key' } as const;

const importKey = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const found = await perform(page.domain, operatePerson, by(page), { person: page.part('person') });
  if (!found.ok) return refusal(page, 'operate.person', found, peopleUrl);
  const chosen = form.get('workspace') ?? '';
  const name = (form.get('name') ?? '').trim();
  const typed = { chosen, name };
  if (chosen === '') return show(page, { ...typed, problems: { workspace: words.chooseWorkspace } }, 400);
  const input = {
    email: found.value.user.email,
    workspace: chosen,
    key: (form.get('key') ?? '').trim(),
    ...(name === '' ? {} : { name }),
  };
  const result = await perform(page.domain, importLegacyKeyByOperator, by(page), input);
  if (result.ok) return seeOther(`${peopleUrl}/${found.value.user.publicId}`, 'key-imported');
  if ('problems' in result) {
    const problems = Object.fromEntries(result.problems.map(({ field, code }) => [field, fieldText(code)]));
    return show(page, { ...typed, problems }, 400);
  }
  if (!(result.reason in fieldOf)) return refusal(page, id, result, peopleUrl);
  const reason = result.reason as keyof typeof fieldOf;
  const text = refusalText(id, reason) ?? '';
  return show(page, { ...typed, problems: { [fieldOf[reason]]: text } }, refusalStatus(id, reason));
};

export const operateKeyRoutes: readonly Route[] = [
  operatorRoute({
    path: `${peopleUrl}/:person/import-key`,
    get: (page) => show(page),
    post: { fields: ['workspace', 'key', 'name'], flow, handle: importKey },
  }),
];
