// Changing what a person may decide about others: reviewer, operator, or neither.
import type { PlatformRole } from '../../domain/users/user.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { operateWords } from '../words/operate.ts';
import { peopleUrl } from './people.ts';

const texts = operateWords.people;

export type RoleView = {
  readonly frame: Frame;
  /** Posts `role`. */
  readonly form: FormTarget;
  readonly personName: string;
  readonly personUrl: string;
  readonly chosen: PlatformRole;
  readonly problem?: string;
};

export const rolePage = (view: RoleView): Html => {
  const errors = view.problem === undefined ? [] : [{ fieldId: 'role', text: view.problem }];
  const title = texts.roleTitle(isolatedName(view.personName));
  return sectionPage(
    { frame: view.frame, title, section: 'operate', current: peopleUrl, failed: errors.length > 0 },
    html`<div class="narrow stack">
      <div class="stack-tight">
        ${breadcrumb([
          { label: texts.title, url: peopleUrl },
          { label: name(view.personName), url: view.personUrl },
          { label: texts.role },
        ])}
        <h1>${title}</h1>
        <p class="second">${texts.roleText}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${form({ target: view.form }, [
        radioGroup({
          id: 'role',
          name: 'role',
          legend: texts.roleLegend,
          boxed: true,
          chosen: view.chosen,
          error: view.problem,
          options: (Object.keys(texts.roles) as PlatformRole[]).map((value) => ({
            value,
            label: texts.roles[value],
            detail: texts.roleMeans[value],
          })),
        }),
        html`<div class="actions">
          ${button({ label: texts.role, look: 'primary' })}
          ${linkButton({ label: words.cancel, url: view.personUrl })}
        </div>`,
      ])}
    </div>`,
  );
};
