// One step of an operator on a page of its own: what it does, what it needs, and a way back.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { field, textArea } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { operateWords } from '../words/operate.ts';

export type StepView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly current: string;
  readonly subjectName: string;
  readonly title: (name: string) => string;
  readonly text: string;
  readonly action: string;
  readonly dangerous: boolean;
  readonly backUrl: string;
  readonly asks?: {
    readonly what: 'reason' | 'limit';
    readonly value: string;
    readonly hint?: string;
    readonly error?: string;
  };
};

const asked = ({ what, value, hint, error }: NonNullable<StepView['asks']>): Html =>
  what === 'reason'
    ? textArea({
        id: 'reason',
        name: 'reason',
        label: operateWords.apps.reason,
        hint: operateWords.apps.reasonHint,
        required: true,
        value,
        error,
      })
    : field({ id: 'limit', name: 'limit', label: operateWords.apps.limitLabel, hint, value, error });

export const operateStepPage = (view: StepView): Html => {
  const { asks } = view;
  const title = view.title(isolatedName(view.subjectName));
  const errors = asks?.error === undefined ? [] : [{ fieldId: asks.what, text: asks.error }];
  return sectionPage(
    { frame: view.frame, title, section: 'operate', current: view.current, failed: errors.length > 0 },
    html`<div class="narrow stack">
      <div class="stack-tight">
        ${breadcrumb([{ label: name(view.subjectName), url: view.backUrl }, { label: view.action }])}
        <h1>${title}</h1>
        <p>${view.text}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${form(
        { target: view.form },
        html`${asks === undefined ? '' : asked(asks)}
          <div class="actions">
            ${button({ label: view.action, look: view.dangerous ? 'danger-filled' : 'primary' })}
            ${linkButton({ label: words.cancel, url: view.backUrl })}
          </div>`,
      )}
    </div>`,
  );
};
